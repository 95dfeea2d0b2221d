"""Characters → milliseconds, the one place where seconds are made from characters (architecture §2).

A token's span is split evenly over its spoken characters; punctuation takes the edge of the character
before it (engines let a comma swallow the pause that follows, which is nobody's speech). The text is
walked token by token, never paired by index with another tokenisation.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.spoken import is_spoken
from service.domain.transcript import Token, Transcript
from service.domain.vocabulary import TimePrecision

_WORST_FIRST = (TimePrecision.NONE, TimePrecision.SENTENCE, TimePrecision.WORD)


@dataclass(frozen=True, slots=True)
class CharTimes:
    """`starts[i]`, `ends[i]`: milliseconds in the segment of raw character i, both non-decreasing."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    precisions: tuple[TimePrecision, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, start: int, end: int) -> tuple[int | None, int | None, TimePrecision]:
        """First start, last end and worst precision of raw characters [start, end) (handbook §3.1).

        A span without characters, or with one that has no time, has none.
        """
        inside = self.precisions[start:end]
        worst = next((p for p in _WORST_FIRST if p in inside), TimePrecision.NONE)
        if worst is TimePrecision.NONE:
            return None, None, worst
        return self.starts[start], self.ends[end - 1], worst


def char_times(transcript: Transcript) -> CharTimes:
    """Times of every character of `transcript.text`. Raises ValueError when the tokens do not spell it."""
    spelled = "".join(token.text for token in transcript.tokens)
    if spelled != transcript.text:
        raise ValueError(f"tokens spell {spelled!r}, the transcript says {transcript.text!r}")
    spans = [(*span, token.time_precision) for token in transcript.tokens for span in _split(token)]
    return CharTimes(
        tuple(start for start, _, _ in spans),
        tuple(end for _, end, _ in spans),
        tuple(precision for _, _, precision in spans),
    )


def _split(token: Token) -> Iterator[tuple[int, int]]:
    """One [start, end) per character: equal shares for the spoken ones, no time for the rest."""
    shares = sum(map(is_spoken, token.text))
    length = token.end_ms - token.start_ms
    said = 0
    for char in token.text:
        start = token.start_ms + (length * said // shares if shares else 0)
        said += is_spoken(char)
        yield start, token.start_ms + (length * said // shares if shares else 0)
