"""Whatever is sent, the answer is a waveform or a refusal."""

import random
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.audio.containers import Container, identify
from service.audio.decoder import Decoder
from service.audio.limits import DecodeLimits
from service.audio.problems import BY_CODE
from service.audio.records import ProbeResult, Waveform
from service.errors import BozhengError
from tests.audio.clips import Form, encode, marked
from tests.audio.test_decode import FRAGMENTED

FORMS = [
    Form("mpegts", "aac", 44_100),
    Form("flv", "aac", 44_100),
    Form("mp4", "aac", 44_100),
    Form("mp4", "aac", 44_100, FRAGMENTED),
    Form("mp4", "alac", 44_100),
    Form("adts", "aac", 44_100),
    Form("mp3", "libmp3lame", 44_100),
    Form("ogg", "libopus", 48_000),
    Form("webm", "libopus", 48_000),
    Form("flac", "flac", 44_100),
    Form("wav", "pcm_f32le", 44_100),
]
CLIPS = [encode(marked(form.rate, seconds=0.6, marks=[0.1, 0.4]), form) for form in FORMS]
MAGIC = [
    b"",
    b"RIFF\0\0\0\0WAVE",
    b"fLaC",
    b"OggS",
    b"\x1a\x45\xdf\xa3webm",
    b"FLV\x01",
    b"\0\0\0\x14ftyp",
    b"ID3",
]


Answer = TypeVar("Answer", ProbeResult, Waveform)


def attempt(operation: Callable[[bytes], Answer], data: bytes) -> Answer | str:
    """The answer, or the code of the refusal."""
    try:
        return operation(data)
    except BozhengError as refusal:
        assert refusal.problem.code in BY_CODE
        return refusal.problem.code


def answer(decoder: Decoder, data: bytes) -> None:
    """Decode and probe; anything but a sound waveform or a documented refusal fails, and so does a probe that
    refuses what can be decoded."""
    probed, waveform = attempt(decoder.probe, data), attempt(decoder.decode, data)
    assert isinstance(probed, str) <= isinstance(waveform, str), probed
    if isinstance(waveform, str):
        return
    limits = DecodeLimits()
    assert 0 < len(waveform.samples) <= (limits.max_seconds + 1) * waveform.sample_rate
    assert np.isfinite(waveform.samples).all()
    assert np.abs(waveform.samples).max() <= 1.0


@pytest.mark.parametrize("clip", CLIPS, ids=map(str, FORMS))
def test_damaged_files(clip: bytes, decoder: Decoder) -> None:
    dice = random.Random(len(clip))
    for _ in range(12):
        damaged = bytearray(clip)
        for _ in range(dice.choice((1, 4, 40))):
            damaged[dice.randrange(len(damaged) if dice.random() < 0.5 else 200)] = dice.randrange(256)
        if dice.random() < 0.3:
            cut = dice.randrange(len(damaged))
            del damaged[cut : cut + dice.randrange(500)]
        answer(decoder, bytes(damaged))


SLOW_IS_FINE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SLOW_IS_FINE
@given(magic=st.sampled_from(MAGIC), rest=st.binary(max_size=600))
def test_random_bytes_behind_any_magic(magic: bytes, rest: bytes, decoder: Decoder) -> None:
    answer(decoder, magic + rest)


@SLOW_IS_FINE
@given(head=st.sampled_from(CLIPS), tail=st.sampled_from(CLIPS), share=st.floats(0, 1))
def test_halves_of_different_files(head: bytes, tail: bytes, share: float, decoder: Decoder) -> None:
    answer(decoder, head[: int(share * len(head))] + tail[int(share * len(tail)) :])


@pytest.mark.parametrize(("form", "clip"), list(zip(FORMS, CLIPS, strict=True)), ids=map(str, FORMS))
def test_containers_are_known_by_content(form: Form, clip: bytes) -> None:
    named = {
        "mpegts": Container.MPEG_TS,
        "mp4": Container.MP4,
        "adts": Container.ADTS,
        "webm": Container.MATROSKA,
    }
    assert identify(clip) == named.get(form.container, form.container)


@pytest.mark.parametrize("start", [1, 100, 187])
def test_a_transport_stream_may_be_cut_anywhere(start: int, decoder: Decoder) -> None:
    clip = CLIPS[0][start:]
    assert identify(clip) is Container.MPEG_TS
    assert decoder.decode(clip).decoded_ms > 400


@pytest.mark.parametrize("container", [Container.ADTS, Container.MP3])
def test_raw_streams_may_start_inside_a_frame_or_behind_a_tag(container: Container, decoder: Decoder) -> None:
    clip = CLIPS[5] if container is Container.ADTS else CLIPS[6]
    tag = b"ID3\x04\0\0\0\0\x01\x00" + bytes(128)  # 128 as four times seven bits
    for variant in (clip[300:], tag + clip[0 if container is Container.ADTS else 45 :]):
        assert identify(variant) is container
        assert decoder.decode(variant).decoded_ms > 400


@given(st.binary(max_size=3_000))
def test_noise_is_hardly_ever_a_container(noise: bytes) -> None:
    assert identify(b"\0\0\0\0noise" + noise) is None


NOT_SOUND = [
    b"ffconcat version 1.0\n",
    b"#EXTM3U\n",
    b"<?xml",
    b"v=0\r\n",
    b"%PDF-1.7",
    b"PK\3\4",
    b"GIF89a",
    b"\xff" * 9_000,
]


@pytest.mark.parametrize("head", NOT_SOUND)
def test_what_is_no_container_is_none(head: bytes) -> None:
    assert identify(head) is None
    assert identify(head + bytes(10_000)) is None
