"""Cutting characters out of a passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.asr.passage import Passage, place
from service.asr.protocol import Heard, Word
from service.asr.windows import Window
from service.domain.transcript import SpeechRegion

WINDOW = Window(1000, 9000, (SpeechRegion(1000, 9000),))
words = st.lists(st.text("大家好，", min_size=1, max_size=4), max_size=6).map(
    lambda texts: tuple(Word(text, 100.0 * i, 100.0 * i + 90, 0.5) for i, text in enumerate(texts))
)


@given(words, st.integers(0, 30), st.integers(0, 30))
def test_exactly_the_named_characters_go(said: tuple[Word, ...], start: int, length: int) -> None:
    passage = Passage(WINDOW, said, -0.1, 0.0, True)
    text = passage.text
    left = passage.without(start, start + length)
    assert left.text == text[:start] + text[start + length :]
    assert all(word.text and word.start_ms <= word.end_ms for word in left.words)


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (0, 1, [("家好", 200, 400)]),
        (1, 2, [("大", 100, 200), ("好", 300, 400)]),
        (2, 3, [("大家", 100, 300)]),
        (0, 3, []),
        (1, 1, [("大家好", 100, 400)]),
    ],
)
def test_a_cut_word_keeps_its_share_of_its_time(
    start: int, end: int, left: list[tuple[str, float, float]]
) -> None:
    passage = Passage(WINDOW, (Word("大家好", 100, 400, 0.5),), -0.1, 0.0, True)
    assert [(w.text, w.start_ms, w.end_ms) for w in passage.without(start, end).words] == left


def test_a_window_s_words_are_placed_in_the_segment() -> None:
    heard = Heard((Word("好", 50, 90, 0.5), Word("", 90, 90, 0.1)), -0.1, 0.2)
    assert place(WINDOW, heard).words == (Word("好", 1050, 1090, 0.5),)
