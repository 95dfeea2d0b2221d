"""The lexicon as the matcher wants it: one automaton over every literal, and who asked for each literal."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from daachorse import CharwiseDoubleArrayAhoCorasick

from service.lexicon.schema import Allowance, Entry


class LiteralIndex:
    """Literals and one automaton over them. Read-only after construction."""

    def __init__(self, literals: Iterable[str]) -> None:
        self.words = sorted(set(literals))
        self._automaton = CharwiseDoubleArrayAhoCorasick(self.words) if self.words else None

    def find(self, folded: str) -> list[tuple[int, int, int]]:
        """All overlapping (start, end, literal index) in `folded`, in order of their ends."""
        return self._automaton.find_overlapping(folded) if self._automaton else []


@dataclass(frozen=True, slots=True)
class Compiled:
    """Entries in force and, by literal index: whose term, anchor or guard it is, which allowances' anchor."""

    entries: tuple[Entry, ...]
    allowances: tuple[Allowance, ...]
    literals: LiteralIndex
    terms: tuple[tuple[int, ...], ...]
    anchors: tuple[tuple[int, ...], ...]
    guards: tuple[tuple[int, ...], ...]
    covers: tuple[tuple[int, ...], ...]


def compile_entries(entries: Iterable[Entry], allowances: Iterable[Allowance]) -> Compiled:
    """Collect the literals of terms, pattern anchors and allow phrases into one automaton."""
    listed, allowed = tuple(entries), tuple(allowances)
    terms: dict[str, list[int]] = defaultdict(list)
    anchors: dict[str, list[int]] = defaultdict(list)
    guards: dict[str, list[int]] = defaultdict(list)
    covers: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(listed):
        for term in entry.terms:
            terms[term].append(index)
        for anchor in entry.pattern.anchors if entry.pattern else ():
            anchors[anchor].append(index)
        for guard in entry.pattern.guards if entry.pattern else ():
            guards[guard].append(index)
    for index, allowance in enumerate(allowed):
        for anchor in allowance.pattern.anchors:
            covers[anchor].append(index)
    literals = LiteralIndex([*terms, *anchors, *guards, *covers])

    def by_literal(uses: dict[str, list[int]]) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(uses.get(word, ())) for word in literals.words)

    return Compiled(
        entries=listed,
        allowances=allowed,
        literals=literals,
        terms=by_literal(terms),
        anchors=by_literal(anchors),
        guards=by_literal(guards),
        covers=by_literal(covers),
    )
