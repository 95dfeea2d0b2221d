"""The part of Whisper's multilingual vocabulary that the model can say, and text ↔ token work.

Training uses only these rows (local ids); export puts them back at their place among all 51,865 (global ids).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from whisper.tokenizer import Tokenizer, get_tokenizer

FULL_SIZE = 51_865
LANGUAGE = "zh"
TIMESTAMP_STEP_S = 0.02
TIMESTAMPS = 1501
"""0.00 … 30.00 s."""

COMMA = ","
"""The one mark of the transcripts, one token long (the full-width comma takes three): a pause."""


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """openai-whisper's tokenizer for Mandarin transcription."""
    return get_tokenizer(True, num_languages=99, language=LANGUAGE, task="transcribe")


@dataclass(frozen=True, slots=True)
class Piece:
    """A token (global id) and the characters [start, end) it belongs to."""

    token: int
    start: int
    end: int


def pieces(text: str) -> list[Piece]:
    """Tokens with their characters. Tokens of one split character all belong to that character."""
    found: list[Piece] = []
    group: list[int] = []
    at = 0
    for token in tokenizer().encode(text):
        group.append(token)
        word = tokenizer().decode(group)
        if "\ufffd" in word:
            continue
        found.extend(Piece(member, at, at + len(word)) for member in group)
        at += len(word)
        group = []
    if at != len(text) or group:
        raise ValueError(f"tokens do not cover {text!r}")
    return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`rows` are the global ids in local order: text tokens, specials, timestamps."""

    rows: tuple[int, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Every token of the texts and of each of their characters alone, with what Whisper itself needs."""
        used: set[int] = set(tokenizer().encode(COMMA))
        characters: set[str] = set()
        for text in texts:
            characters.update(text)
            used.update(tokenizer().encode(text))
        for character in characters:
            used.update(tokenizer().encode(character))
        marks = tokenizer()
        specials = (marks.sot, marks.to_language_token(LANGUAGE), marks.transcribe, marks.no_timestamps)
        stamps = range(marks.timestamp_begin, marks.timestamp_begin + TIMESTAMPS)
        return cls((*sorted(used), *specials, marks.no_speech, marks.eot, *stamps))

    def local(self) -> dict[int, int]:
        """Global id → local id."""
        return {row: index for index, row in enumerate(self.rows)}
