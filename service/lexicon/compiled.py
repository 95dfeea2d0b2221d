"""The lexicon as the matcher wants it: one automaton over every literal, and who asked for each literal."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from daachorse import CharwiseDoubleArrayAhoCorasick

from service.lexicon.pattern import BoundedPattern, bound
from service.lexicon.schema import Allowance, Entry


@dataclass(frozen=True, slots=True)
class Use:
    """Who asked for a literal: exactly one of the four is meant by `kind`."""

    kind: int
    entry: int = -1
    slot: int = -1
    allowance: int = -1


TERM, ANCHOR, SLOT, COVER = range(4)


class LiteralIndex:
    """Literal → uses, and the automaton over all literals. Frozen after construction."""

    def __init__(self, uses: dict[str, list[Use]]) -> None:
        self.words = sorted(uses)
        self.uses = [tuple(uses[word]) for word in self.words]
        self._automaton = CharwiseDoubleArrayAhoCorasick(self.words) if self.words else None

    def find(self, folded: str) -> list[tuple[int, int, int]]:
        """All overlapping (start, end, literal index) in `folded`, in order of their ends."""
        return self._automaton.find_overlapping(folded) if self._automaton else []


@dataclass(frozen=True, slots=True)
class Compiled:
    """Entries in force, their patterns by entry index, and the literals of everything."""

    entries: tuple[Entry, ...]
    allowances: tuple[Allowance, ...]
    patterns: dict[int, BoundedPattern]
    literals: LiteralIndex


def compile_entries(entries: Iterable[Entry], allowances: Iterable[Allowance]) -> Compiled:
    """Collect the literals of terms, pattern anchors, combo slots and covering phrases into one automaton."""
    listed, allowed = tuple(entries), tuple(allowances)
    uses: dict[str, list[Use]] = defaultdict(list)
    patterns: dict[int, BoundedPattern] = {}
    for index, entry in enumerate(listed):
        for term in entry.terms:
            uses[term].append(Use(TERM, index))
        for phrase in entry.not_in:
            uses[phrase].append(Use(COVER, index))
        if entry.pattern is not None:
            patterns[index] = bound(entry.pattern)
            for anchor in patterns[index].anchors:
                uses[anchor].append(Use(ANCHOR, index))
        if entry.near is not None:
            for slot, words in enumerate(entry.near.slots):
                for word in words:
                    uses[word].append(Use(SLOT, index, slot))
    for number, allowance in enumerate(allowed):
        for phrase in allowance.phrases:
            uses[phrase].append(Use(COVER, allowance=number))
    return Compiled(listed, allowed, patterns, LiteralIndex(uses))
