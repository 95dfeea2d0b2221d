"""The container's clock inside a segment, and the lead-in of encoders that it does not mention."""

import numpy as np
import pytest
from clips import MARKS, Form, encode, found_marks, marked, remux
from hypothesis import given
from hypothesis import strategies as st

from service.audio.decoder import Decoder
from service.audio.mpeg_headers import adts_frame_length
from service.audio.timeline import GAP_SECONDS, Timeline

AAC = Form("mpegts", "aac", 44_100)


@pytest.mark.parametrize("container", ["mpegts", "flv", "matroska", "mp4"])
@pytest.mark.parametrize("lost", [range(50, 51), range(45, 60)], ids=["one-packet", "fifteen-packets"])
def test_lost_packets_leave_silence_and_later_words_stay_in_place(
    container: str, lost: range, decoder: Decoder
) -> None:
    kept = [number for number in range(1_000) if number not in lost]
    waveform = decoder.decode(remux(encode(marked(44_100), AAC), container, keep=kept))
    after = [mark for mark in MARKS if mark > 1.45]
    assert found_marks(waveform.samples, near=after) == pytest.approx(after, abs=0.003)
    hole = slice(
        round((lost.start + 1) * 1024 / 44_100 * 16_000), round((lost.stop - 2) * 1024 / 44_100 * 16_000)
    )
    assert not waveform.samples[hole].any()


def test_a_cut_of_a_running_encode_is_not_taken_for_a_fresh_start(decoder: Decoder) -> None:
    # a steady tone under the marks: the first frame of the cut is half rebuilt but loud, as no lead-in is
    rate = 44_100
    time = np.arange(round(2.6 * rate)) / rate
    sound = (marked(rate) + 0.05 * np.sin(2 * np.pi * 440 * time)).astype(np.float32)
    first = 26  # frames before the cut; frame n is stamped n × 1024 samples minus the lead-in of one frame
    start = (first - 1) * 1024 / rate
    for container in ("mpegts", "flv"):
        cut = remux(encode(sound, AAC), container, keep=range(first, 1_000))
        expected = [mark - start for mark in MARKS if mark > start + 0.1]
        found = found_marks(decoder.decode(cut).samples, near=expected)
        assert found == pytest.approx(expected, abs=0.003)


def test_silence_at_the_start_counts_as_lead_in(decoder: Decoder) -> None:
    sound = np.zeros(44_100, np.float32)
    sound[22_050:] = marked(44_100, seconds=0.5, marks=[0.1])
    waveform = decoder.decode(encode(sound, AAC))
    assert found_marks(waveform.samples, near=[0.6]) == pytest.approx([0.6], abs=0.002)


def test_a_single_frame_is_sound_and_no_lead_in(decoder: Decoder) -> None:
    clip = encode(np.zeros(44_100, np.float32), Form("adts", "aac", 44_100))
    length = adts_frame_length(clip, 0)
    assert length is not None
    assert decoder.decode(clip[:length]).decoded_ms == 23  # 1024 samples at 44.1 kHz


FRAME = 1024 / 44_100


@given(
    start=st.floats(-1e5, 1e5),
    rounding=st.lists(st.floats(-0.0005, 0.0005), min_size=2, max_size=50),
)
def test_rounded_stamps_ask_for_no_silence(start: float, rounding: list[float]) -> None:
    timeline = Timeline(120.0)
    gaps = [timeline.gap_before(start + n * FRAME + r, FRAME) for n, r in enumerate(rounding)]
    assert not any(gaps)


@given(jumps=st.lists(st.floats(-200, 200), max_size=40))
def test_frames_never_move_back_nor_beyond_the_limit(jumps: list[float]) -> None:
    """Whatever the clock does, each frame begins where the last ended or later, and no silence passes the
    limit."""
    timeline = Timeline(120.0)
    stamp, end = 0.0, 0.0
    for jump in jumps:
        gap = timeline.gap_before(stamp, FRAME)
        assert gap == 0 or gap > GAP_SECONDS
        assert gap == 0 or end + gap <= 120
        end += gap + FRAME
        stamp += FRAME + jump


def test_a_clock_set_back_or_far_ahead_goes_on_without_a_hole() -> None:
    timeline = Timeline(120.0)
    stamps = [0.0, FRAME, -500.0, -500 + FRAME, 95_443.0, 95_443 + FRAME, None]
    assert [timeline.gap_before(stamp, FRAME) for stamp in stamps] == [0] * len(stamps)
    assert timeline.gap_before(95_443 + 3 * FRAME + 0.5, FRAME) == pytest.approx(0.5)
