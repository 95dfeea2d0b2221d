"""Words that a recogniser or a dodger wrote with other characters of the same sound: 稳转不陪, 审茶, 维一家.

Only what is no word as written can be a word misheard. A stretch between word boundaries is read as a lexicon
word of its sound when it is not in the dictionary, shares a character with the word or is long, and what
differs is neither part of a dictionary word nor one of the little words (是, 我, 的) that are never misheard.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from daachorse import CharwiseDoubleArrayAhoCorasick

from service.lexicon.reading import Reading
from service.text.edit import Edit
from service.text.pinyin import CODES, fuzzy, syllables

MIN_WORD = 2
"""One syllable has dozens of characters."""
FUZZY_WORD = 3
"""Words from this length on are also heard with confusable syllables (民生/名生), half of them unchanged."""
CLEAR_WORD = 4
"""Words from this length on need no shared character: four syllables in a row are no accident."""
LITTLE_WORDS = frozenset(
    "的了是我你他她它们这那不就在有也都要给和跟把被让说看来去上下个一二三两几吗呢吧啊么什还很再又到没"
)
"""Characters so common in talk that a recogniser writes them for nothing else."""

_FIRST, _LAST = min(CODES.values()), max(CODES.values())


class Hearer:
    """Lexicon words by their sound. Read-only once built."""

    def __init__(self, words: Iterable[str]) -> None:
        exact: dict[str, list[str]] = defaultdict(list)
        loose: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            sound = syllables(word)
            if len(word) < MIN_WORD or not all(_FIRST <= sign <= _LAST for sign in sound):
                continue
            exact[sound].append(word)
            if len(word) >= FUZZY_WORD:
                loose[fuzzy(sound)].append(word)
        self._exact, self._loose = _Sounds(exact), _Sounds(loose)

    def edits(self, reading: Reading) -> list[Edit]:
        """Replacements by words of the same sound, the longest and most alike first; lengths stay."""
        chosen: dict[int, Edit] = {}
        for guess in sorted(self._guesses(reading), key=_likeliest_first):
            places = range(guess.start, guess.start + len(guess.word))
            if not any(at in chosen for at in places) and guess.is_misheard(reading):
                chosen.update((at, (places.start, places.stop, guess.word)) for at in places)
        return sorted(set(chosen.values()))

    def _guesses(self, reading: Reading) -> Iterator["_Guess"]:
        folded, spoken = reading.folded, reading.spoken
        for start, word in self._exact.find(spoken):
            guess = _Guess(start, word, _changed(folded, start, word))
            if guess.changed and (guess.shared or len(word) >= CLEAR_WORD):
                yield guess
        for start, word in self._loose.find(fuzzy(spoken)):
            guess = _Guess(start, word, _changed(folded, start, word))
            if guess.changed and guess.shared >= len(word) // 2:
                yield guess


@dataclass(frozen=True, slots=True)
class _Guess:
    """`word` sounds like what is written from `start` on; `changed` are the folded offsets that differ."""

    start: int
    word: str
    changed: tuple[int, ...]

    @property
    def shared(self) -> int:
        return len(self.word) - len(self.changed)

    def is_misheard(self, reading: Reading) -> bool:
        written = {reading.folded[at] for at in self.changed}
        end = self.start + len(self.word)
        return LITTLE_WORDS.isdisjoint(written) and reading.is_no_word(self.start, end, self.changed)


def _likeliest_first(guess: _Guess) -> tuple[int, int, int, str]:
    return (-len(guess.word), -guess.shared, guess.start, guess.word)


def _changed(folded: str, start: int, word: str) -> tuple[int, ...]:
    return tuple(start + at for at, sign in enumerate(word) if folded[start + at] != sign)


class _Sounds:
    """Syllable strings → the words that sound so."""

    def __init__(self, words: dict[str, list[str]]) -> None:
        sounds = sorted(words)
        self._words = [words[sound] for sound in sounds]
        self._automaton = CharwiseDoubleArrayAhoCorasick(sounds) if sounds else None

    def find(self, spoken: str) -> Iterator[tuple[int, str]]:
        """(start, word) for every word that sounds like a stretch of `spoken`."""
        if self._automaton is None:
            return
        for start, _, index in self._automaton.find_overlapping(spoken):
            for word in self._words[index]:
                yield start, word
