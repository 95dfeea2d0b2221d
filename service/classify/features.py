"""Folded text → the integer features of the classifier, the same in training and in service.

Each character is seen as itself, as its toneless syllable, and as the beginning of n-grams of characters,
syllables and words. Syllables take the sound-alike characters of recognition errors and evasions together,
and are read over letters and digits only, so that a separator between two characters hides nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from service.text.segment import Segmenter

Ids = npt.NDArray[np.int32]

PAD, UNKNOWN = 0, 1
CHARACTER_GRAMS = (1, 2, 3, 4)
SYLLABLE_GRAMS = (2, 3)
WORD_GRAMS = 3
WIDTH = 2 + len(CHARACTER_GRAMS) + len(SYLLABLE_GRAMS) + WORD_GRAMS
"""Columns of a feature row: character, syllable, then the n-grams that begin with it."""
_FIRST_SYLLABLE = 0xE000
_WORD = "\t"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the model knows by number. `characters[i]` has id i + 2; `syllables[i]` (all characters of one
    sound) has id i + 1; n-grams of characters and of syllables share one numbering from 1."""

    characters: str
    syllables: tuple[str, ...]
    ngrams: tuple[str, ...]
    character_ids: Mapping[str, int]
    syllable_ids: Mapping[str, int]
    ngram_ids: Mapping[str, int]
    spoken: Mapping[int, str]

    @classmethod
    def build(cls, characters: str, syllables: Sequence[str], ngrams: Sequence[str]) -> Self:
        """Number the parts in the given order."""
        syllable_ids = {char: index for index, group in enumerate(syllables, 1) for char in group}
        return cls(
            characters=characters,
            syllables=tuple(syllables),
            ngrams=tuple(ngrams),
            character_ids={char: index for index, char in enumerate(characters, UNKNOWN + 1)},
            syllable_ids=syllable_ids,
            ngram_ids={gram: index for index, gram in enumerate(ngrams, 1)},
            spoken={ord(char): chr(_FIRST_SYLLABLE + index) for char, index in syllable_ids.items()},
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file written by `dump`."""
        content = json.loads(path.read_text("utf-8"))
        return cls.build(content["characters"], content["syllables"], content["ngrams"])

    def dump(self, path: Path) -> None:
        """Write characters, sound groups and n-grams as JSON."""
        content = {"characters": self.characters, "syllables": self.syllables, "ngrams": self.ngrams}
        path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")

    def encode(self, folded: str) -> Ids:
        """Feature rows of a folded text, shape (characters, WIDTH)."""
        rows = np.zeros((len(folded), WIDTH), np.int32)
        if not folded:
            return rows
        rows[:, 0] = [self.character_ids.get(char, UNKNOWN) for char in folded]
        rows[:, 1] = [self.syllable_ids.get(char, 0) for char in folded]
        places, letters = squeezed(folded)
        rows[:, 2:6] = self._grams([character_grams(folded, length) for length in CHARACTER_GRAMS])
        sounds = letters.translate(self.spoken)
        rows[places, 6:8] = self._grams([character_grams(sounds, length) for length in SYLLABLE_GRAMS])
        starts, words = cut(folded)
        rows[starts, 8:] = self._grams(word_grams(words))
        return rows

    def _grams(self, grams: Sequence[Sequence[str]]) -> Ids:
        get = self.ngram_ids.get
        return np.array([[get(gram, 0) for gram in row] for row in grams], np.int32).T


def squeezed(folded: str) -> tuple[list[int], str]:
    """Letters and digits of a text, and where they stand."""
    places = [index for index, char in enumerate(folded) if char.isalnum()]
    return places, "".join([folded[index] for index in places])


def character_grams(text: str, length: int) -> list[str]:
    """The n-gram that begins at each character; empty where the text ends before it."""
    whole = [text[at : at + length] for at in range(len(text) - length + 1)]
    return whole + [""] * (len(text) - len(whole))


def cut(folded: str) -> tuple[list[int], list[str]]:
    """Words that begin with a letter or digit, and where they begin."""
    starts: list[int] = []
    words: list[str] = []
    at = 0
    for word in _segmenter().cut(folded):
        if word[0].isalnum():
            starts.append(at)
            words.append(word)
        at += len(word)
    return starts, words


def word_grams(words: Sequence[str]) -> list[list[str]]:
    """Of each word: itself, with the next one, with the one after that. Marked, so that they are not taken
    for n-grams of characters."""
    padded = [*words, "", ""]
    return [
        [f"{_WORD}{word}" for word in words],
        [f"{_WORD}{word}{_WORD}{padded[at + 1]}" for at, word in enumerate(words)],
        [f"{_WORD}{word}{_WORD * 2}{padded[at + 2]}" for at, word in enumerate(words)],
    ]


@lru_cache(maxsize=1)
def _segmenter() -> Segmenter:
    """The plain dictionary: a model must not change with the lexicons' words."""
    return Segmenter()
