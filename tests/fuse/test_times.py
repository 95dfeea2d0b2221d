"""Characters → milliseconds."""

import pytest

from service.domain.spoken import is_spoken
from service.domain.transcript import Token, Transcript
from service.domain.vocabulary import TimePrecision
from service.fuse.times import CharTimes, char_times

WORD, SENTENCE, NONE = TimePrecision.WORD, TimePrecision.SENTENCE, TimePrecision.NONE


def times(*tokens: tuple[str, int, int, TimePrecision]) -> CharTimes:
    made = tuple(Token(text, start, end, 1.0, precision) for text, start, end, precision in tokens)
    return char_times(Transcript("".join(t.text for t in made), made, "zh", "e", "m", ""))


@pytest.mark.parametrize(
    ("token", "spans"),
    [
        ("大家好", [(100, 200), (200, 300), (300, 400)]),
        ("好，", [(100, 400), (400, 400)]),
        ("“好", [(100, 100), (100, 400)]),
        ("，", [(100, 100)]),
        ("50%", [(100, 200), (200, 300), (300, 400)]),
        ("最 好", [(100, 250), (250, 250), (250, 400)]),
    ],
)
def test_a_token_is_split_evenly_over_what_is_spoken(token: str, spans: list[tuple[int, int]]) -> None:
    made = times((token, 100, 400, WORD))
    assert list(zip(made.starts, made.ends, strict=True)) == spans


def test_a_span_has_the_first_start_the_last_end_and_the_worst_precision() -> None:
    made = times(("全网", 0, 400, WORD), ("最低", 500, 900, SENTENCE), ("价", 900, 1000, WORD))
    assert made.span(0, 2) == (0, 400, WORD)
    assert made.span(1, 4) == (200, 900, SENTENCE)
    assert made.span(4, 5) == (900, 1000, WORD)


def test_a_character_without_time_leaves_the_span_without_time() -> None:
    made = times(("全网", 0, 400, WORD), ("最低", 0, 0, NONE))
    assert made.span(1, 3) == (None, None, NONE)
    assert made.span(1, 1) == (None, None, NONE)


def test_tokens_that_do_not_spell_the_text_are_refused() -> None:
    token = Token("全往", 0, 400, 1.0, WORD)
    with pytest.raises(ValueError, match="全往"):
        char_times(Transcript("全网", (token,), "zh", "e", "m", ""))


def test_an_empty_transcript_has_no_times() -> None:
    assert len(char_times(Transcript("", (), "zh", "e", "m", ""))) == 0


@pytest.mark.parametrize(
    ("char", "spoken"),
    [
        ("好", True),
        ("A", True),
        ("7", True),
        ("%", True),
        ("🔥", True),
        ("，", False),
        ("。", False),
        (" ", False),
        ("\u200b", False),
    ],
)
def test_what_takes_time_to_say(char: str, spoken: bool) -> None:
    assert is_spoken(char) is spoken
