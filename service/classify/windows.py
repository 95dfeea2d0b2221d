"""Long texts are read in overlapping windows; each character is taken from where it has most context."""

from dataclasses import dataclass
from itertools import pairwise

WINDOW = 64
"""Characters that the model reads at once. It weighs a claim against its window: of claims buried in 250
characters of other talk 56 % were found with windows of 128, 66 % with 64 and 71 % with 48, while 91, 85 and
79 % of lawful texts of that length passed (development lines between clean training lines)."""
OVERLAP = 32
"""Characters that neighbouring windows share: half of it is the least context at an inner edge. The longest
labelled span has 41 characters."""
BUCKET = 16
"""Inputs are padded to multiples of this, so that the engine meets four shapes only."""


@dataclass(frozen=True, slots=True)
class Window:
    """Characters [start, end) go into the model; [keep_from, keep_to) of its answer is used."""

    start: int
    end: int
    keep_from: int
    keep_to: int


def windows(length: int) -> list[Window]:
    """Windows over a text of `length` characters; what is kept covers the text once, in order."""
    if length <= WINDOW:
        return [Window(0, length, 0, length)] if length else []
    starts = [*range(0, length - WINDOW, WINDOW - OVERLAP), length - WINDOW]
    inner = [(left + WINDOW + right) // 2 for left, right in pairwise(starts)]
    cuts = [0, *inner, length]
    return [Window(start, start + WINDOW, cuts[i], cuts[i + 1]) for i, start in enumerate(starts)]


def padded(length: int) -> int:
    """Smallest bucket that holds `length` characters."""
    return -(-length // BUCKET) * BUCKET
