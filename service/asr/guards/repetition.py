"""A decoder that has fallen into a loop: the same few characters again and again.

The first time is kept, so nothing that was said is lost, only its echoes. Salespeople do repeat themselves:
in 5,000 spoken lines of this trade the most repeats in a row were eight of one numeral, five of another
character and three of anything longer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.asr.guards.guard import Cut
from service.asr.passage import Passage
from service.domain.spoken import is_spoken

LONGEST_UNIT = 20
"""Characters; a loop of whole sentences is left to the compression guard."""

NUMERALS = frozenset("0123456789零〇一二三四五六七八九十百千万亿两幺洞拐勾")
LONGEST_NUMBER = 11
"""Digits of a mobile number, the longest number that is read out: 13888888888 is no loop."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """Cuts the second and later copies of a unit of 1–20 characters that stands `repeats` times in a row, or
    half as often when the copies come faster than `max_chars_per_second`; all of them when they come so fast
    and the passage holds nothing else."""

    repeats: int
    max_chars_per_second: float
    name: str = "repetition"

    def cuts(self, passages: Sequence[Passage]) -> Iterator[Cut]:
        for number, passage in enumerate(passages):
            text = passage.text
            spoken = [i for i, char in enumerate(text) if is_spoken(char)]
            plain = "".join(text[i] for i in spoken)
            for start, length, count in loops(plain, self.repeats // 2):
                unit = plain[start : start + length]
                last = spoken[start + length * count - 1] + 1
                rushed = self._rushed(passage, spoken[start], last, length * count)
                allowed = (
                    LONGEST_NUMBER + 1 if set(unit) <= NUMERALS else self.repeats // (2 if rushed else 1)
                )
                if count >= allowed:
                    nothing_else = rushed and length * count == len(plain)
                    first = 0 if nothing_else else spoken[start + length - 1] + 1
                    yield Cut(number, first, last, f"{unit} {count} times in a row")

    def _rushed(self, passage: Passage, start: int, end: int, chars: int) -> bool:
        """Whether the characters [start, end) were heard in less time than a mouth needs."""
        words = [word for word, at in passage.placed() if at < end and at + len(word.text) > start]
        seconds = (max(word.end_ms for word in words) - min(word.start_ms for word in words)) / 1000
        return passage.timed and chars > seconds * self.max_chars_per_second


def loops(text: str, least: int) -> Iterator[tuple[int, int, int]]:
    """(start, unit length, copies) of every stretch of at least `least` copies in a row, left to right,
    shortest unit first; stretches do not overlap."""
    at = 0
    while at < len(text):
        counted = ((unit, _copies(text, at, unit)) for unit in range(1, LONGEST_UNIT + 1))
        unit, copies = next((found for found in counted if found[1] >= least), (1, 1))
        if copies > 1:
            yield at, unit, copies
        at += unit * copies


def _copies(text: str, at: int, unit: int) -> int:
    count = 1
    while text[at : at + unit] == text[at + count * unit : at + (count + 1) * unit]:
        count += 1
    return count if at + unit <= len(text) else 0
