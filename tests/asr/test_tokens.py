"""Engine words → tokens: they cover the text, in order, inside the segment, whatever an engine says."""

from collections import Counter
from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.asr.guards.chain import guard_chain
from service.asr.guards.guard import guarded
from service.asr.passage import Passage
from service.asr.protocol import Word
from service.asr.repair import Timing, repaired
from service.asr.settings import AsrSettings
from service.asr.tokens import tokens_of
from service.asr.windows import Window
from service.domain.spoken import is_spoken
from service.domain.transcript import SpeechRegion, Token, Transcript
from service.domain.vocabulary import TimePrecision
from service.fuse.times import char_times
from service.settings import Settings
from tests.asr.passages import passage

WORD, SENTENCE = TimePrecision.WORD, TimePrecision.SENTENCE
GUARDS = guard_chain(AsrSettings.of(Settings()))

any_time = st.one_of(st.floats(-5_000, 40_000), st.sampled_from([nan, inf, -inf, 0.0, 1e300]))
any_text = st.text(st.sampled_from("大家好这款只要九十元，。！？ a1\ufffd\u200b\U0001f525"), max_size=4)
any_word = st.builds(Word, any_text, any_time, any_time, st.one_of(st.floats(-1, 2), st.just(nan)))


@st.composite
def any_passages(draw: st.DrawFn) -> list[Passage]:
    edges = sorted(draw(st.lists(st.integers(0, 30_000), min_size=2, max_size=8, unique=True)))
    passages = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        middle = draw(st.integers(start, end))
        regions = (SpeechRegion(start, middle), SpeechRegion(middle, end))
        words = tuple(w for w in draw(st.lists(any_word, max_size=12)) if w.text)
        passages.append(Passage(Window(start, end, regions), words, -0.1, 0.0, draw(st.booleans())))
    return passages


@given(any_passages())
def test_tokens_cover_the_text_in_order_and_inside_for_any_engine_output(passages: list[Passage]) -> None:
    tokens = tokens_of(passages)
    said = "".join(p.text.strip() for p in passages)
    text = "".join(token.text for token in tokens)
    assert text.replace(" ", "") == said.replace(" ", "")
    assert all(token.text for token in tokens)
    windows = [p.window for p in passages if p.text.strip()]
    if tokens:
        assert windows[0].start_ms <= tokens[0].start_ms and tokens[-1].end_ms <= windows[-1].end_ms
    assert all(t.start_ms <= t.end_ms and 0 <= t.confidence <= 1 for t in tokens)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(tokens))


@given(any_passages())
def test_character_times_of_any_engine_output_are_monotone(passages: list[Passage]) -> None:
    tokens = tokens_of(passages)
    text = "".join(token.text for token in tokens)
    times = char_times(Transcript(text, tokens, "zh", "e", "m", ""))
    assert len(times) == len(text)
    assert all(s <= e for s, e in zip(times.starts, times.ends, strict=True))
    assert all(a <= b for a, b in pairwise(times.starts)) and all(a <= b for a, b in pairwise(times.ends))


ordered_times = st.lists(st.integers(1, 400), min_size=1, max_size=30).map(
    lambda steps: [(sum(steps[:i]), sum(steps[: i + 1])) for i in range(len(steps))]
)


@given(ordered_times)
def test_good_times_are_left_alone(spans: list[tuple[int, int]]) -> None:
    timings = [Timing(start, end, 1) for start, end in spans]
    assert repaired(timings, 0, spans[-1][1]) == timings


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            [("这", 0, 200), ("款", 9000, 9100), ("面", 400, 600)],
            [("这", 0, 200, WORD), ("款", 200, 400, SENTENCE), ("面", 400, 600, WORD)],
            id="one outlier is spread between its neighbours, and says so",
        ),
        pytest.param(
            [("只", 0, 300), ("要", 200, 500)],
            [("只", 0, 200, WORD), ("要", 200, 500, WORD)],
            id="overlap: the later start is believed",
        ),
        pytest.param(
            [("九", 0, 200), ("十", 200, 200), ("元", 200, 400)],
            [("九", 0, 200, WORD), ("十", 200, 300, WORD), ("元", 300, 400, WORD)],
            id="an empty word shares with the word that starts where it stands",
        ),
        pytest.param(
            [("好", 0, 100), ("吃", 100, 100), ("吗", 900, 1000)],
            [("好", 0, 100, WORD), ("吃", 100, 280, WORD), ("吗", 900, 1000, WORD)],
            id="an empty word before a pause gets a syllable",
        ),
        pytest.param(
            [("上", 600, 800), ("链", 1000, 1000), ("接", 1000, 1000)],
            [("上", 600, 800, WORD), ("链", 800, 900, WORD), ("接", 900, 1000, WORD)],
            id="empty words at the very end take the room before them",
        ),
        pytest.param(
            [("好", -300, 200), ("的", 200, 5000)],
            [("好", 0, 200, WORD), ("的", 200, 1000, WORD)],
            id="outside is clamped",
        ),
        pytest.param(
            [("大家好", 100, 700), ("，", 700, 950), ("欢迎", 950, 1000)],
            [("大家好", 100, 700, WORD), ("，", 700, 700, WORD), ("欢迎", 950, 1000, WORD)],
            id="a comma takes the edge, not the pause",
        ),
        pytest.param(
            [("“", 0, 50), ("好", 50, 300), ("”", 300, 400)],
            [("“", 50, 50, WORD), ("好", 50, 300, WORD), ("”", 300, 300, WORD)],
            id="an opening mark takes the edge of what follows",
        ),
        pytest.param(
            [("好", nan, nan), ("的", inf, 3)],
            [("好", 0, 500, SENTENCE), ("的", 500, 1000, SENTENCE)],
            id="no usable time at all: the window, evenly",
        ),
        pytest.param(
            [(" ", 0, 0), ("好", 0, 200), (" ", 200, 300)],
            [("好", 0, 200, WORD)],
            id="white space at the ends is dropped",
        ),
    ],
)
def test_repairs(
    words: list[tuple[str, float, float]], expected: list[tuple[str, int, int, TimePrecision]]
) -> None:
    window = Window(0, 1000, (SpeechRegion(0, 1000),))
    heard = Passage(window, tuple(Word(*word, 0.9) for word in words), -0.1, 0.0, True)
    assert [(t.text, t.start_ms, t.end_ms, t.time_precision) for t in tokens_of([heard])] == expected


def test_a_word_that_swallows_silence_is_tightened_to_its_speech_region() -> None:
    window = Window(1000, 6000, (SpeechRegion(1000, 2000), SpeechRegion(5000, 6000)))
    words = (Word("好", 1000, 1900, 0.9), Word("来", 1950, 5300, 0.9), Word("买", 5300, 5600, 0.9))
    tokens = tokens_of([Passage(window, words, -0.1, 0.0, True)])
    assert [(t.start_ms, t.end_ms) for t in tokens] == [(1000, 1900), (5000, 5300), (5300, 5600)]


def test_without_word_times_a_passage_is_one_sentence_token_over_its_window() -> None:
    window = Window(1000, 6000, (SpeechRegion(1000, 2000), SpeechRegion(5000, 6000)))
    heard = Passage(window, (Word("今天不卖", 1000, 6000, 0.5),), -0.1, 0.0, False)
    assert tokens_of([heard]) == (Token("今天不卖", 1000, 6000, 0.5, SENTENCE),)


def test_a_pause_between_passages_is_a_space_unless_a_mark_stands_there() -> None:
    said = [passage("今天", 0), passage("买一送一。", 5000), passage("来", 9000)]
    assert "".join(t.text for t in tokens_of(said)) == "今天 买一送一。来"
    assert tokens_of(said)[2] == Token(" ", 400, 400, 0.9, WORD)


def test_confidence_is_the_engine_s_probability_to_four_digits() -> None:
    window = Window(0, 400, (SpeechRegion(0, 400),))
    heard = Passage(window, (Word("好", 0, 200, 0.123456), Word("的", 200, 400, 1.0000002)), -0.1, 0.0, True)
    assert [t.confidence for t in tokens_of([heard])] == [0.1235, 1.0]


@given(any_passages())
def test_guards_lose_nothing_silently(passages: list[Passage]) -> None:
    kept, reports = guarded(passages, GUARDS)
    after = "".join(p.text for p in kept) + "".join(r.text for r in reports)
    before = "".join(p.text for p in passages)
    assert Counter(filter(is_spoken, after)) == Counter(filter(is_spoken, before))
    for report in reports:
        assert report.start_ms <= report.end_ms
