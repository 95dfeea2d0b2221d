"""Words hidden in Latin letters: zui好, jia微xin, guoqi. Only words that the lexicon asks for are read."""

import re
from collections import defaultdict
from collections.abc import Iterable

from daachorse import CharwiseDoubleArrayAhoCorasick

from service.text.edit import Edit
from service.text.pinyin import CODES, spell, syllables

MIN_WORD = 2
"""A single syllable in letters (he, die, can) is too often English; a character beside it makes it a word."""

_LETTERS = re.compile(r"[a-z]{2,24}")
_FIRST, _LAST = min(CODES.values()), max(CODES.values())


class Speller:
    """Finds lexicon words of which at least one character is spelled in pinyin. Read-only once built."""

    def __init__(self, words: Iterable[str]) -> None:
        by_sound: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            sound = syllables(word)
            if len(word) >= MIN_WORD and all(_FIRST <= sign <= _LAST for sign in sound):
                by_sound[sound].append(word)
        self._sounds = sorted(by_sound)
        self._words = [by_sound[sound] for sound in self._sounds]
        self._automaton = CharwiseDoubleArrayAhoCorasick(self._sounds) if self._sounds else None

    def edits(self, folded: str) -> list[Edit]:
        """Replacements of Latin syllables by the characters of the word found, longest words first."""
        if self._automaton is None or _LETTERS.search(folded) is None:
            return []
        signs, places = _spoken(folded)
        if len(signs) == len(folded):
            return []
        found = self._automaton.find_overlapping(syllables(signs))
        chosen: dict[int, Edit] = {}
        for start, end, index in sorted(found, key=lambda hit: (hit[0] - hit[1], hit[0])):
            word = self._agreeing(signs[start:end], self._words[index])
            if word is None or any(at in chosen for at in range(start, end)):
                continue
            for at in range(start, end):
                if _FIRST <= signs[at] <= _LAST:
                    chosen[at] = (*places[at], word[at - start])
        return [chosen[at] for at in sorted(chosen)]

    @staticmethod
    def _agreeing(signs: str, words: list[str]) -> str | None:
        """First word with the same characters where the text has characters; None without any letters."""
        if not any(_FIRST <= sign <= _LAST for sign in signs):
            return None
        for word in words:
            if all(_FIRST <= sign <= _LAST or sign == own for sign, own in zip(signs, word, strict=True)):
                return word
        return None


def _spoken(folded: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with each Latin syllable as one code point, and the folded span of each sign."""
    signs: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for run in (*_LETTERS.finditer(folded), None):
        stop = run.start() if run else len(folded)
        signs += folded[at:stop]
        places += [(index, index + 1) for index in range(at, stop)]
        if run is None:
            break
        at = stop
        names = spell(run.group())
        for name in names or ():
            signs.append(CODES[name])
            places.append((at, at + len(name)))
            at += len(name)
    return "".join(signs), places
