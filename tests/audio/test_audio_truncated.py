"""What was cut short is decoded as far as it goes, and says so."""

import pytest

from service.audio import problems
from service.audio.decoder import Decoder
from service.errors import BozhengError
from tests.audio.clips import SECONDS, Form, encode, found_marks, marked
from tests.audio.test_decode import DELAYED_MOOV, FRAGMENTED

FORMS = [
    Form("mpegts", "aac", 44_100),
    Form("flv", "aac", 44_100),
    Form("mp4", "aac", 44_100, {"movflags": "faststart"}),
    Form("mp4", "aac", 44_100, FRAGMENTED),
    Form("mp4", "aac", 44_100, DELAYED_MOOV),
    Form("adts", "aac", 44_100),
    Form("mp3", "libmp3lame", 44_100),
    Form("ogg", "libopus", 48_000),
    Form("webm", "libopus", 48_000),
    Form("flac", "flac", 44_100),
    Form("wav", "pcm_s16le", 44_100),
]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_readable_part_is_kept_and_the_loss_is_told(form: Form, decoder: Decoder) -> None:
    clip = encode(marked(form.rate), form)
    waveform = decoder.decode(clip[: len(clip) * 6 // 10 + 13])
    assert waveform.truncated
    assert 0.3 * SECONDS * 1000 < waveform.decoded_ms < 0.9 * SECONDS * 1000
    assert found_marks(waveform.samples, near=[0.05, 0.4]) == pytest.approx([0.05, 0.4], abs=0.003)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_head_alone_is_undecodable(form: Form, decoder: Decoder) -> None:
    clip = encode(marked(form.rate), form)
    with pytest.raises(BozhengError) as refusal:
        decoder.decode(clip[:40])
    assert refusal.value.problem in (
        problems.UNDECODABLE,
        problems.UNSUPPORTED_CONTAINER,
        problems.EMPTY,
    )
