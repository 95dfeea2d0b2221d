"""Which words are read together (architecture §3c), and the way back to a segment's own characters."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.context import AnalysisContext
from service.domain.finding import Reason, Subject
from service.domain.kept import KeptSegment, SegmentFacts
from service.domain.segment import SegmentKey
from service.domain.transcript import Token, Transcript
from service.domain.vocabulary import Channel, ReasonSource, SubjectKind, TimePrecision
from service.fuse.times import char_times
from service.streams.localise import localise
from service.streams.windows import (
    BREAK,
    LOOK_AHEAD_MS,
    LOOK_BACK_MS,
    PAUSE_MS,
    Window,
    touched,
    window,
)
from tests.streams.findings_for_tests import finding

FACTS = SegmentFacts(
    AnalysisContext(Channel.SPEECH), Subject(SubjectKind.ANCHOR, "li", "only_speaker"), None, None, {"a": "1"}
)


def spoken(seq: int, words: str, start_ms: int | None = None, length_ms: int = 10_000) -> KeptSegment:
    """A segment whose characters are spread evenly over its length; `_` is silence."""
    step = length_ms // max(1, len(words))
    tokens = tuple(
        Token(char, i * step, (i + 1) * step, 1.0, TimePrecision.WORD)
        for i, char in enumerate(words)
        if char != "_"
    )
    text = "".join(t.text for t in tokens)
    start = seq * 10_000 if start_ms is None else start_ms
    transcript = Transcript(text, tokens, "zh", "test", "test", "0" * 64)
    key = SegmentKey("t", "s", Channel.SPEECH, str(seq))
    return KeptSegment(f"seg{seq}", key, "speech", start, start + length_ms, text, transcript, FACTS, start)


def test_neighbours_join_without_a_seam_and_breaks_stand_at_pauses() -> None:
    lane = [spoken(0, "一二三四五六七八九十"), spoken(1, "甲乙丙丁"), spoken(3, "戊己")]
    seen = window(lane, lane[1])
    assert (
        seen.text == f"一二三四五六七八九十甲乙丙丁{BREAK}戊"
    )  # 己 begins at 35 s, when the look-ahead ends
    assert seen.transcript is not None
    assert "".join(t.text for t in seen.transcript.tokens) == seen.text
    times = char_times(seen.transcript)
    assert times.starts[10] == 10_000 and list(times.starts) == sorted(times.starts)


def test_a_pause_inside_a_segment_is_a_break_too() -> None:
    at_limit = spoken(0, "一" + "_" * 3 + "二" + "_" * 5)
    beyond = spoken(0, "一" + "_" * 4 + "二" + "_" * 4)
    assert window([], at_limit).text == "一。二" and PAUSE_MS == 3_000
    assert window([], beyond).text == f"一{BREAK}二"


@pytest.mark.parametrize(
    ("pause_ms", "before", "mark"),
    [
        (0, "一", ""),
        (350, "一", ""),
        (351, "一", "，"),
        (801, "一", "。"),
        (351, "一，", ""),
        (801, "一，", "。"),
        (801, "一？", ""),
        (3_001, "一，", BREAK),
    ],
)
def test_a_silence_is_a_mark_where_none_was_written(pause_ms: int, before: str, mark: str) -> None:
    lane = [spoken(0, before), spoken(1, "二")]
    said = lane[0].transcript
    assert said is not None
    end = 10_000 - pause_ms
    first = [Token(t.text, 0, end, t.confidence, t.time_precision) for t in said.tokens]
    lane[0] = replace(lane[0], transcript=replace(said, tokens=tuple(first)))
    assert window(lane, lane[0]).text == f"{before}{mark}二"


def test_the_window_is_cut_by_time_at_characters() -> None:
    lane = [spoken(i, "零一二三四五六七八九") for i in range(12)]
    seen = window(lane, lane[7])
    assert seen.transcript is not None
    first, last = seen.transcript.tokens[0], seen.transcript.tokens[-1]
    assert first.start_ms == 70_000 - LOOK_BACK_MS
    assert last.start_ms == 80_000 + LOOK_AHEAD_MS - 1_000
    assert len(seen.text) == (60 + 10 + 15)


def test_windows_do_not_depend_on_the_order_of_the_lane() -> None:
    lane = [spoken(i, "零一二三四五六七八九") for i in range(12)]
    assert window(lane[::-1], lane[5]) == window(lane, lane[5])


def test_touched_are_those_that_read_the_new_words() -> None:
    lane = [spoken(i, "好") for i in range(20)]
    reached = {k.segment_id for k in touched(lane, lane[5])}
    by_window = {
        k.segment_id
        for k in lane
        if k is not lane[5] and any(p.segment_id == "seg5" for p in window(lane, k).pieces)
    }
    assert by_window <= reached and "seg5" not in reached
    assert touched(lane, spoken(5, "_")) == []


def test_other_versions_are_left_alone() -> None:
    old = replace(spoken(0, "好"), facts=replace(FACTS, versions={"a": "0"}))
    assert touched([old], spoken(1, "好")) == []


def test_numbers_of_segments_count_as_numbers() -> None:
    lane = [spoken(i, str(i % 10), start_ms=0) for i in (9, 10)]
    assert window(lane, lane[1]).text == "90"


def _found(seen: Window, words: str) -> list[tuple[int, int]]:
    start = seen.text.find(words)
    return [(start, start + len(words))] if start >= 0 else []


def test_a_cut_phrase_goes_home_with_its_cue_and_times() -> None:
    lane = [spoken(0, "说一二三四五六七全网"), spoken(1, "最低价三四五六七八九")]
    for owner in lane:
        seen = window(lane, owner)
        assert seen.transcript is not None
        ((start, end),) = _found(seen, "全网最低价")
        begin, stop, precision = char_times(seen.transcript).span(start, end)
        cue = Reason(ReasonSource.JUDGE, "quote", "1", cue=(0, 1))
        raw = replace(
            finding(span=(start, end), text="全网最低价"),
            start_ms=begin, end_ms=stop, time_precision=precision, reasons=(cue,), parts=((8, 10), (10, 13)),
        )  # fmt: skip
        own = localise(seen, [raw])
        assert len(own) == (owner is lane[0])
        for one in own:
            assert (one.span, one.parts) == ((8, 13), ((8, 10), (10, 13)))
            assert (one.start_ms, one.end_ms) == (8_000, 13_000)
            assert one.subject == FACTS.subject and one.reasons[0].cue == (0, 1)


def test_a_cue_of_an_earlier_segment_keeps_its_words_only() -> None:
    lane = [spoken(0, "他说"), spoken(1, "最好")]
    seen = window(lane, lane[1])
    start = seen.text.index("最")
    cue = Reason(ReasonSource.JUDGE, "quote", "1", detail="他说", cue=(0, 2))
    raw = replace(finding(span=(start, start + 2)), start_ms=10_000, end_ms=20_000, reasons=(cue,))
    (own,) = localise(seen, [raw])
    assert (own.span, own.reasons[0].cue, own.reasons[0].detail) == ((0, 2), None, "他说")


def test_words_without_times_stand_for_their_segment() -> None:
    lane = [spoken(2, "最好")]
    raw = replace(finding(at_s=None), start_ms=None, end_ms=None, time_precision=TimePrecision.NONE)
    (own,) = localise(window(lane, lane[0]), [raw])
    assert (own.start_ms, own.stream_start_ms, own.stream_end_ms) == (None, 20_000, 30_000)


_words = st.text(alphabet="甲乙丙_", min_size=1, max_size=12)


@given(st.lists(_words, min_size=1, max_size=8), st.data())
def test_every_character_of_a_window_goes_home_exactly_once(words: list[str], data: st.DataObject) -> None:
    lane = [spoken(i, w) for i, w in enumerate(words)]
    owner = data.draw(st.sampled_from(lane))
    seen = window(lane, owner)
    by_id = {k.segment_id: k for k in lane}
    for at, char in enumerate(seen.text):
        piece = seen.owner_of(at)
        assert (piece is None) == (char not in "甲乙丙")
        if piece is not None:
            assert by_id[piece.segment_id].text[piece.offset + at - piece.start] == char
    whole = [p for p in seen.pieces if p.segment_id == owner.segment_id]
    assert sum(p.end - p.start for p in whole) == len(owner.text)


def test_the_mark_of_a_pause_is_no_word_of_a_finding() -> None:
    lane = [spoken(0, "说全网_最低价好好好好")]
    seen = window(lane, lane[0])
    assert seen.text == "说全网。最低价好好好好"
    raw = replace(finding(), span=(1, 7), text=seen.text[1:7])
    (own,) = localise(seen, [raw])
    assert (own.span, own.text) == ((1, 6), "全网最低价")
    assert lane[0].text[slice(*own.span)] == own.text
