"""All cue files of `lexicons/cues/`, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from service.errors import BozhengError
from service.judge.cue import CueBook
from service.judge.cue_file import CUES_INVALID, read_cues, read_words

WORDS_FILE = "words.yaml"


@dataclass(frozen=True, slots=True)
class CueLibrary:
    """Cue books by file name."""

    books: Mapping[str, CueBook]
    version: str

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read every file of `folder`. Raises BozhengError for a broken or a missing one."""
        if not (folder / WORDS_FILE).is_file():
            raise BozhengError(CUES_INVALID, f"{WORDS_FILE} is missing from the cues")
        shared = read_words(folder / WORDS_FILE)
        paths = sorted(p for p in folder.glob("*.yaml") if p.name != WORDS_FILE)
        books = {path.stem: read_cues(path, shared) for path in paths}
        digest = sha256("".join(f"{n}:{b.version}" for n, b in books.items()).encode())
        return cls(books, digest.hexdigest()[:12])

    def __getitem__(self, name: str) -> CueBook:
        if name not in self.books:
            raise BozhengError(CUES_INVALID, f"{name}.yaml is missing from the cues")
        return self.books[name]
