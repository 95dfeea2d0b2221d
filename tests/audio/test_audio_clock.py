"""The container's clock inside a segment, and the lead-in of encoders that it does not mention."""

import io

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.audio.decoder import Decoder
from service.audio.mpeg_headers import adts_frame_length
from service.audio.timeline import GAP_SECONDS, Timeline
from tests.audio.clips import MARKS, Form, encode, found_marks, frames, marked, remux

AAC = Form("mpegts", "aac", 44_100)
PES_OF_AUDIO = b"\0\0\1\xc0"


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
def test_no_silence_passes_the_limit_and_only_silence_is_taken_back(jumps: list[float]) -> None:
    timeline = Timeline(120.0)
    stamp, end, last = 0.0, 0.0, 0.0
    for jump in jumps:
        gap = timeline.gap_before(stamp, FRAME)
        assert gap == 0 or gap > GAP_SECONDS or gap == -last
        assert gap <= 0 or end + gap <= 120
        last = gap if gap else last
        end += gap + FRAME
        stamp += FRAME + jump


@given(
    start=st.floats(-1e4, 1e4),
    error=st.floats(0.1, 100).flatmap(lambda size: st.sampled_from([size, -size, 1000 * size])),
    at=st.integers(1, 20),
    wrong=st.integers(1, 8),
)
def test_damaged_stamps_move_nothing_behind_them(start: float, error: float, at: int, wrong: int) -> None:
    timeline = Timeline(120.0)
    gaps = [
        timeline.gap_before(start + n * FRAME + (error if at <= n < at + wrong else 0.0), FRAME)
        for n in range(40)
    ]
    assert sum(gaps) == pytest.approx(0)


@pytest.mark.parametrize("bit", [0x40, 0x02], ids=["hour-ahead", "minute-ahead"])
def test_a_damaged_stamp_in_a_transport_stream_moves_no_word(bit: int, decoder: Decoder) -> None:
    clip = bytearray(encode(marked(44_100), AAC))
    packet = clip.index(PES_OF_AUDIO, len(clip) // 3)
    assert clip[packet + 7] & 0x80  # it is stamped
    clip[packet + 10] ^= bit  # bits 29 to 22 of the stamp, 90 kHz (ISO/IEC 13818-1 §2.4.3.6)
    found = found_marks(decoder.decode(bytes(clip)).samples)
    assert found == pytest.approx(MARKS, abs=0.003)


def test_tracks_that_turn_up_late_do_no_harm(decoder: Decoder) -> None:
    """Behind the last packet PyAV trips over tracks that the header did not name."""
    late = io.BytesIO()
    with av.open(late, "w", format="mpegts") as container:
        tracks = [container.add_stream("aac", rate=44_100, layout="mono") for _ in range(3)]
        for track in tracks:
            for frame in frames(marked(44_100), 44_100):
                container.mux(track.encode(frame))
            container.mux(track.encode(None))
    waveform = decoder.decode(encode(marked(44_100), AAC) + late.getvalue())
    assert found_marks(waveform.samples) == pytest.approx(MARKS, abs=0.003)


def test_a_clock_set_back_or_far_ahead_goes_on_without_a_hole() -> None:
    timeline = Timeline(120.0)
    stamps = [0.0, FRAME, -500.0, -500 + FRAME, 95_443.0, 95_443 + FRAME, None]
    assert [timeline.gap_before(stamp, FRAME) for stamp in stamps] == [0] * len(stamps)
    assert timeline.gap_before(95_443 + 3 * FRAME + 0.5, FRAME) == pytest.approx(0.5)
