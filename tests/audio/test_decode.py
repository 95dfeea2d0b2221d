"""Every container and codec comes out at the right time, in the right form."""

import io

import av
import numpy as np
import pytest

from service.audio.decoder import Decoder
from tests.audio.clips import MARKS, SECONDS, Form, encode, found_marks, frames, marked, remux

FRAGMENTED = {"movflags": "frag_keyframe+empty_moov+default_base_moof", "frag_duration": "500000"}
DELAYED_MOOV = {"movflags": "frag_keyframe+delay_moov", "frag_duration": "500000"}

FORMS = [
    Form("mpegts", "aac", 44_100),
    Form("mpegts", "aac", 48_000, layout="stereo"),
    Form("mpegts", "libmp3lame", 44_100),
    Form("mpegts", "mp2", 48_000),
    Form("mpegts", "libopus", 48_000),
    Form("flv", "aac", 44_100, layout="stereo"),
    Form("flv", "libmp3lame", 44_100),
    Form("mp4", "aac", 44_100),
    Form("mp4", "aac", 44_100, FRAGMENTED),
    Form("mp4", "aac", 48_000, DELAYED_MOOV),
    Form("mp4", "libopus", 48_000),
    Form("mp4", "alac", 44_100),
    Form("adts", "aac", 22_050),
    Form("adts", "aac", 44_100, layout="stereo"),
    Form("mp3", "libmp3lame", 44_100, layout="stereo"),
    Form("mp3", "libmp3lame", 16_000),
    Form("mp3", "libmp3lame", 44_100, {"write_xing": "0", "id3v2_version": "0"}),
    Form("ogg", "libopus", 48_000),
    Form("ogg", "libopus", 16_000, encoder={"frame_duration": "10"}),
    Form("ogg", "flac", 44_100),
    Form("webm", "libopus", 48_000, layout="stereo"),
    Form("webm", "libopus", 48_000, {"live": "1"}),
    Form("matroska", "aac", 44_100),
    Form("flac", "flac", 48_000, layout="stereo"),
    Form("wav", "pcm_u8", 8_000),
    Form("wav", "pcm_s16le", 16_000),
    Form("wav", "pcm_s16le", 44_100, layout="7.1"),
    Form("wav", "pcm_s24le", 48_000),
    Form("wav", "pcm_s32le", 96_000),
    Form("wav", "pcm_f32le", 192_000),
    Form("wav", "pcm_f64le", 24_000),
    Form("wav", "pcm_alaw", 8_000),
]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_marks_come_out_on_time_in_every_container(form: Form, decoder: Decoder) -> None:
    waveform = decoder.decode(encode(marked(form.rate), form))
    assert waveform.samples.dtype == np.float32
    assert waveform.sample_rate == 16_000
    assert not waveform.truncated
    assert abs(waveform.decoded_ms - SECONDS * 1000) <= 80  # encoders fill the last frame
    assert found_marks(waveform.samples) == pytest.approx(MARKS, abs=0.002)


def test_first_sound_is_at_zero_whatever_the_clock_says(decoder: Decoder) -> None:
    clip = encode(marked(44_100), Form("mpegts", "aac", 44_100))
    for container in ("mpegts", "flv"):
        waveform = decoder.decode(remux(clip, container, shift=5_000.0))
        assert found_marks(waveform.samples) == pytest.approx(MARKS, abs=0.002)


def test_a_header_with_a_wrong_duration_is_decoded_whole(decoder: Decoder) -> None:
    clip = encode(marked(44_100), Form("mp4", "aac", 44_100, FRAGMENTED))
    for box in (b"mvhd", b"mdhd", b"tkhd"):
        at = clip.index(box) + 4
        field = at + (16 if box != b"tkhd" else 20)  # version-0 layout of ISO/IEC 14496-12 §8
        for duration in (1, 3 * 3600 * 44_100):
            broken = clip[:field] + duration.to_bytes(4, "big") + clip[field + 4 :]
            waveform = decoder.decode(broken)
            assert found_marks(waveform.samples) == pytest.approx(MARKS, abs=0.002)
            assert not waveform.truncated


def test_equal_channels_mix_to_their_own_level(decoder: Decoder) -> None:
    rate = 16_000
    mono = decoder.decode(encode(marked(rate), Form("wav", "pcm_f32le", rate)))
    wide = decoder.decode(encode(0.5 * marked(rate), Form("wav", "pcm_f32le", rate, layout="stereo")))
    # the encoder's mono → stereo step keeps power, not level; so compare with what the file itself holds
    with av.open(
        io.BytesIO(encode(0.5 * marked(rate), Form("wav", "pcm_f32le", rate, layout="stereo")))
    ) as file:
        held = np.concatenate([frame.to_ndarray().reshape(-1, 2) for frame in file.decode(audio=0)])
    np.testing.assert_allclose(wide.samples, held.mean(axis=1), atol=1e-6)
    np.testing.assert_allclose(mono.samples, marked(rate), atol=1e-6)


def test_floats_that_are_no_sound_become_sound(decoder: Decoder) -> None:
    rate = 16_000
    wild = marked(rate)
    wild[100], wild[200], wild[300], wild[400] = np.nan, np.inf, -np.inf, 1e30
    samples = decoder.decode(encode(wild, Form("wav", "pcm_f32le", rate))).samples
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= 1.0
    assert samples[[100, 200, 300, 400]].tolist() == [0.0, 1.0, -1.0, 1.0]


def test_pictures_subtitles_and_video_are_skipped(decoder: Decoder) -> None:
    file = io.BytesIO()
    rate = 44_100
    with av.open(file, "w", format="mpegts") as container:
        video = container.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        sound = container.add_stream("aac", rate=rate, layout="mono")
        for number in range(round(SECONDS * 25)):
            picture = av.VideoFrame.from_ndarray(
                np.full((48, 64, 3), number * 3 % 255, np.uint8), format="rgb24"
            )
            container.mux(video.encode(picture))
        container.mux(video.encode(None))
        for frame in frames(marked(rate), rate):
            container.mux(sound.encode(frame))
        container.mux(sound.encode(None))
    waveform = decoder.decode(file.getvalue())
    assert (waveform.container, waveform.codec) == ("mpegts", "aac")
    assert found_marks(waveform.samples) == pytest.approx(MARKS, abs=0.002)
