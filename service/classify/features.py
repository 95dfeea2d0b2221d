"""Folded text → the integer features of the classifier, the same in training and in service.

Each character is seen four ways: itself, its toneless syllable, and the n-grams of characters and of
syllables that begin with it. Syllables take the sound-alike characters of recognition errors and evasions
together; n-grams are read over letters and digits only, so that a separator between two characters hides
nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int32]

PAD, UNKNOWN = 0, 1
CHARACTER_GRAMS = (1, 2, 3, 4)
SYLLABLE_GRAMS = (2, 3)
"""Lengths of the n-grams that begin at a letter."""
WIDTH = 2 + len(CHARACTER_GRAMS) + len(SYLLABLE_GRAMS)
"""Columns of a feature row: character, syllable, n-grams of characters, n-grams of syllables."""
_FIRST_SYLLABLE = 0xE000


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
        places = [index for index, char in enumerate(folded) if char.isalnum()]
        letters = "".join([folded[index] for index in places])
        sounds = letters.translate(self.spoken)
        grams = [self._ngrams(letters, length) for length in CHARACTER_GRAMS]
        grams += [self._ngrams(sounds, length) for length in SYLLABLE_GRAMS]
        rows[places, 2:] = np.array(grams, np.int32).T
        return rows

    def _ngrams(self, text: str, length: int) -> list[int]:
        get = self.ngram_ids.get
        return [get(text[at : at + length], 0) for at in range(len(text))]
