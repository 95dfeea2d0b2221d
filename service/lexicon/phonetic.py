"""Terms written with other characters of the same sound: 全网嘴低价, 加卫星. A guess, to be confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from daachorse import CharwiseDoubleArrayAhoCorasick

from service.domain.finding import Span
from service.lexicon.entries import MIN_PHONETIC
from service.lexicon.reading import Reading
from service.lexicon.schema import Entry, Phonetic
from service.text.pinyin import fuzzy, syllables

PHONETIC_CONTEXT_REACH = 12
"""Characters on either side of a hit by sound in which its context must occur."""


@dataclass(frozen=True, slots=True)
class SoundHit:
    """Entry `entry` at folded `span`, written otherwise than its `term`."""

    entry: int
    span: Span
    term: str


class SoundIndex:
    """Automata over the syllables of the terms that may be matched by sound. Read-only once built."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        exact: dict[str, list[tuple[int, str]]] = defaultdict(list)
        loose: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._entries = tuple(entries)
        for index, entry in enumerate(self._entries):
            for term in entry.terms if entry.phonetic is not Phonetic.OFF else ():
                if len(term) < MIN_PHONETIC and entry.phonetic_context is None:
                    continue
                sound = syllables(term)
                if entry.phonetic is Phonetic.FUZZY:
                    loose[fuzzy(sound)].append((index, term))
                else:
                    exact[sound].append((index, term))
        self._exact, self._loose = _Automaton(exact), _Automaton(loose)

    def find(self, reading: Reading) -> Iterator[SoundHit]:
        """Hits that are not the term itself, with their context and, for short ones, on word boundaries."""
        yield from self._confirmed(self._exact.find(reading.spoken), reading)
        yield from self._confirmed(self._loose.find(fuzzy(reading.spoken)), reading)

    def _confirmed(self, found: Iterable[SoundHit], reading: Reading) -> Iterator[SoundHit]:
        for hit in found:
            start, end = hit.span
            written = reading.folded[start:end]
            if written == hit.term or not in_context(self._entries[hit.entry], reading.folded, hit.span):
                continue
            shared = any(own == sign for own, sign in zip(hit.term, written, strict=True))
            clear = len(hit.term) > MIN_PHONETIC or (len(hit.term) == MIN_PHONETIC and shared)
            if clear or {start, end} <= reading.boundaries:
                yield hit


def in_context(entry: Entry, folded: str, span: Span) -> bool:
    """True when the entry asks for no context or it stands within reach, outside of the hit itself."""
    context = entry.phonetic_context
    if context is None:
        return True
    start, end = span
    before = context.search(folded, max(0, start - PHONETIC_CONTEXT_REACH), start)
    return (before or context.search(folded, end, end + PHONETIC_CONTEXT_REACH)) is not None


class _Automaton:
    """Syllable strings → the terms that sound so."""

    def __init__(self, uses: dict[str, list[tuple[int, str]]]) -> None:
        sounds = sorted(uses)
        self._uses = [uses[sound] for sound in sounds]
        self._automaton = CharwiseDoubleArrayAhoCorasick(sounds) if sounds else None

    def find(self, spoken: str) -> Iterator[SoundHit]:
        """Every term that sounds like a stretch of `spoken`."""
        if self._automaton is None:
            return
        for start, end, index in self._automaton.find_overlapping(spoken):
            for entry, term in self._uses[index]:
                yield SoundHit(entry, (start, end), term)
