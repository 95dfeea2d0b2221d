"""Speech regions → windows."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.asr.windows import SHORTEST_MS, plan_windows
from service.domain.transcript import SpeechRegion

DURATION_MS = 90_000
SOUND = np.random.default_rng(0).normal(0, 0.1, DURATION_MS * 16).astype(np.float32)


def plan(*regions: tuple[int, int], join_gap_ms: int = 2000) -> list[tuple[int, int]]:
    spans = [SpeechRegion(*region) for region in regions]
    return [(w.start_ms, w.end_ms) for w in plan_windows(SOUND, spans, 28_000, join_gap_ms)]


@pytest.mark.parametrize(
    ("regions", "windows"),
    [
        pytest.param([], [], id="no speech, no window"),
        pytest.param([(500, 4000)], [(500, 4000)], id="one region"),
        pytest.param([(0, 4000), (5000, 9000)], [(0, 9000)], id="near: together with the pause"),
        pytest.param([(0, 4000), (7000, 9000)], [(0, 4000), (7000, 9000)], id="far: apart"),
        pytest.param(
            [(0, 20_000), (21_000, 30_000)], [(0, 20_000), (21_000, 30_000)], id="too long together"
        ),
        pytest.param([(5000, 9000), (0, 4000)], [(0, 9000)], id="any order"),
        pytest.param([(-50, 4000), (89_000, 95_000)], [(0, 4000), (89_000, 90_000)], id="inside the segment"),
        pytest.param([(4000, 4000), (5000, 5099)], [], id="shorter than a syllable"),
    ],
)
def test_windows(regions: list[tuple[int, int]], windows: list[tuple[int, int]]) -> None:
    assert plan(*regions) == windows


def test_without_joining_every_region_is_a_window() -> None:
    assert plan((0, 4000), (4100, 9000), join_gap_ms=-1) == [(0, 4000), (4100, 9000)]


def test_a_long_region_is_cut_where_it_is_quietest() -> None:
    sound = SOUND.copy()
    sound[22_000 * 16 : 22_100 * 16] *= 0.01
    first, *rest = plan_windows(sound, [SpeechRegion(0, 60_000)], 28_000, -1)
    assert 22_000 <= first.end_ms <= 22_100
    assert rest[0].start_ms == first.end_ms and rest[-1].end_ms == 60_000


@given(st.lists(st.tuples(st.integers(0, 90_000), st.integers(0, 60_000)), max_size=8), st.integers(-1, 3000))
def test_windows_are_short_ordered_and_hold_the_regions(
    regions: list[tuple[int, int]], join_gap_ms: int
) -> None:
    apart, at = [], 0
    for gap, length in regions:
        apart.append(SpeechRegion(at + gap % 3000, at + gap % 3000 + length))
        at = apart[-1].end_ms
    windows = plan_windows(SOUND, apart, 28_000, join_gap_ms)
    assert all(0 <= w.start_ms < w.end_ms <= DURATION_MS and w.end_ms - w.start_ms <= 28_000 for w in windows)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(windows))
    lengths = [min(r.end_ms, DURATION_MS) - min(r.start_ms, DURATION_MS) for r in apart]
    inside = sum(length for length in lengths if length >= SHORTEST_MS)
    assert sum(r.end_ms - r.start_ms for w in windows for r in w.regions) == inside
    assert all(len(w.cut(SOUND)) == (w.end_ms - w.start_ms) * 16 for w in windows)
