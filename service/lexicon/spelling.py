"""Words hidden in Latin letters: zui好, jia微xin, guoqi. Only words that the lexicon asks for are read."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from daachorse import CharwiseDoubleArrayAhoCorasick

from service.domain.finding import Span
from service.text.edit import Edit
from service.text.pinyin import CODES, spell, syllables

MIN_WORD = 2
"""Syllables of a word that is known by them; one alone has too many readings."""
LONE_LETTERS = "vq"
"""Letters that stand for WeChat and QQ (handbook Appendix A)."""
MIN_ALONE = 3
"""Letters of a syllable that is read alone beside a character: jia微信. Shorter ones (he, me) are English."""

_LETTERS = re.compile(r"[a-z]{2,24}")
_FIRST, _LAST = min(CODES.values()), max(CODES.values())


class Speller:
    """Finds lexicon words of which at least one character is spelled in pinyin. Read-only once built."""

    def __init__(self, words: Iterable[str]) -> None:
        known = sorted(set(words))
        by_sound: dict[str, list[str]] = defaultdict(list)
        for word in known:
            sound = syllables(word)
            if len(word) >= MIN_WORD and all(map(_spells, sound)):
                by_sound[sound].append(word)
        self._sounds = sorted(by_sound)
        self._words = [by_sound[sound] for sound in self._sounds]
        self._automaton = CharwiseDoubleArrayAhoCorasick(self._sounds) if self._sounds else None
        self._alone = _commonest(known)

    def edits(self, folded: str) -> list[Edit]:
        """Replacements of Latin syllables by the characters of the word found, longest words first."""
        if self._automaton is None or _LETTERS.search(folded) is None:
            return []
        signs, places = _spoken(folded)
        if len(signs) == len(folded):
            return []
        chosen = self._words_in(signs, places)
        for at, (start, end) in enumerate(places):
            if at not in chosen and end - start >= MIN_ALONE and _readable_alone(signs, at):
                chosen[at] = (start, end, self._alone.get(signs[at], folded[start:end]))
        return [chosen[at] for at in sorted(chosen)]

    def _words_in(self, signs: str, places: list[Span]) -> dict[int, Edit]:
        if self._automaton is None:
            return {}
        found = self._automaton.find_overlapping(syllables(signs))
        chosen: dict[int, Edit] = {}
        for start, end, index in sorted(found, key=lambda hit: (hit[0] - hit[1], hit[0])):
            word = self._agreeing(signs[start:end], self._words[index])
            if word is None or any(at in chosen for at in range(start, end)):
                continue
            for at in range(start, end):
                if _spells(signs[at]):
                    chosen[at] = (*places[at], word[at - start])
        return chosen

    @staticmethod
    def _agreeing(signs: str, words: list[str]) -> str | None:
        """First word with the same characters where the text has characters; None without any letters."""
        if not any(map(_spells, signs)):
            return None
        for word in words:
            if all(_spells(sign) or sign == own for sign, own in zip(signs, word, strict=True)):
                return word
        return None


def _syllables_of(letters: str) -> tuple[str, ...]:
    """Syllables of a run of letters that is all pinyin, or pinyin and a letter for WeChat or QQ (jiav)."""
    names = spell(letters)
    if names is None and letters[-1] in LONE_LETTERS:
        names = spell(letters[:-1])
    return names or ()


def _readable_alone(signs: str, at: int) -> bool:
    """True for one syllable beside a Chinese character or a lone v or q, at most one space away."""
    left, right = signs[max(0, at - 2) : at], signs[at + 1 : at + 4]
    if _spells(left[-1:]) or _spells(right[:1]) or (left[-1:].isascii() and left[-1:].isalnum()):
        return False
    after = right.lstrip(" ")
    if after[:1].isascii() and after[:1].isalnum():
        return after[0] in LONE_LETTERS and not (after[1:2].isascii() and after[1:2].isalnum())
    return any(sign.isalpha() and not sign.isascii() for sign in (left.rstrip(" ")[-1:], after[:1]))


def _spells(sign: str) -> bool:
    return _FIRST <= sign <= _LAST


def _commonest(words: Iterable[str]) -> dict[str, str]:
    """Syllable → the character of it that the lexicon's words use most."""
    used = Counter(sign for word in words for sign in word)
    chosen: dict[str, str] = {}
    for sign, _ in used.most_common():
        chosen.setdefault(syllables(sign), sign)
    return chosen


def _spoken(folded: str) -> tuple[str, list[Span]]:
    """The text with each Latin syllable as one code point, and the folded span of each sign."""
    signs: list[str] = []
    places: list[Span] = []
    at = 0
    for run in (*_LETTERS.finditer(folded), None):
        stop = run.start() if run else len(folded)
        signs += folded[at:stop]
        places += [(index, index + 1) for index in range(at, stop)]
        if run is None:
            break
        at = stop
        for name in _syllables_of(run.group()):
            signs.append(CODES[name])
            places.append((at, at + len(name)))
            at += len(name)
    return "".join(signs), places
