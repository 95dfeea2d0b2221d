"""Lines from the ends of videos that Whisper invents over silence, music and applause (handbook §1.9).

Compared after folding, so traditional characters and full-width forms are the same line. The lines live in
`lexicons/asr_outros.yaml`, which says what separates its two kinds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from service.asr.guards.guard import Cut, whole
from service.asr.passage import Passage
from service.asr.problems import OUTROS_BROKEN
from service.domain.spoken import is_spoken
from service.errors import BozhengError
from service.text.fold import fold

UNSURE = 0.5
"""A line that is known to be invented needs half the evidence of any other (`NoSpeech`'s thresholds)."""

SLOWEST_CHARS_PER_SECOND = 1.5
"""A third of slow reading (about 4.5 characters a second): speech regions carry pads, but not that long."""


@dataclass(frozen=True, slots=True)
class Outros:
    """Compiled lines, for folded text with only letters and digits left."""

    fingerprints: re.Pattern[str]
    closings: re.Pattern[str]


def load_outros(path: Path) -> Outros:
    """Read the list. Raises `asr.outros_broken` with the file and the entry."""
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        return Outros(_alternation(data["fingerprints"]), _alternation(data["closings"]))
    except (OSError, yaml.YAMLError, re.error, KeyError, TypeError) as error:
        raise BozhengError(OUTROS_BROKEN, f"{path.name}: {error}") from error


def _alternation(lines: list[str]) -> re.Pattern[str]:
    for line in lines:
        try:
            empty = re.fullmatch(line, "")
        except re.error as error:
            raise re.error(f"{line!r}: {error}") from error
        if empty:
            raise re.error(f"{line!r} matches the empty text")
    return re.compile(f"(?:{'|'.join(f'(?:{line})' for line in lines)})+")


@dataclass(frozen=True, slots=True)
class KnownOutro:
    """Cuts fingerprints that no speech embraces, and closing lines that stand alone in doubtful sound."""

    outros: Outros
    no_speech_prob: float
    avg_logprob: float
    max_chars_per_second: float
    alone_ms: int
    name: str = "known_outro"

    def cuts(self, passages: Sequence[Passage]) -> Iterator[Cut]:
        for number, passage in enumerate(passages):
            plain, places = _plain(passage.text)
            if plain and self.outros.closings.fullmatch(plain):
                doubt = self._doubt(passage, plain)
                if doubt and not any(self._near(passages, number, 0, len(passage.text))):
                    yield whole(number, passage, f"closing line, {doubt}")
                continue
            for match in self.outros.fingerprints.finditer(plain):
                start, end = places[match.start()], places[match.end() - 1] + 1
                if not all(self._near(passages, number, start, end)):
                    yield Cut(number, start, end, f"fingerprint {match.group()}")

    def _near(self, passages: Sequence[Passage], number: int, start: int, end: int) -> tuple[bool, bool]:
        """Whether words stand within `alone_ms` before and after characters [start, end) of a passage; the
        rest of a word that begins or ends inside is near."""
        words = [
            (word, (i, at), (i, at + len(word.text)))
            for i, passage in enumerate(passages)
            for word, at in passage.placed()
            if any(map(is_spoken, word.text))
        ]
        inside = [placed for placed in words if placed[2] > (number, start) and placed[1] < (number, end)]
        before = [word for word, _, stop in words if stop <= (number, start)]
        after = [word for word, at, _ in words if at >= (number, end)]
        first, last = inside[0], inside[-1]
        return (
            first[1] < (number, start)
            or (bool(before) and first[0].start_ms - before[-1].end_ms < self.alone_ms),
            last[2] > (number, end) or (bool(after) and after[0].start_ms - last[0].end_ms < self.alone_ms),
        )

    def _doubt(self, passage: Passage, plain: str) -> str | None:
        """Why the sound may not carry the line, or None."""
        rate = 1000 * len(plain) / passage.speech_ms if passage.speech_ms else float("inf")
        if passage.no_speech_prob > UNSURE * self.no_speech_prob:
            return f"no-speech probability {passage.no_speech_prob:.2f}"
        if passage.avg_logprob < UNSURE * self.avg_logprob:
            return f"log-probability {passage.avg_logprob:.2f}"
        if not SLOWEST_CHARS_PER_SECOND <= rate <= self.max_chars_per_second:
            return f"{rate:.1f} characters a second"
        return None


def _plain(text: str) -> tuple[str, list[int]]:
    """Letters and digits of the folded text, each with the raw place it came from."""
    normal = fold(text)
    kept = [i for i, char in enumerate(normal.folded) if char.isalnum()]
    return "".join(normal.folded[i] for i in kept), [normal.offsets.starts[i] for i in kept]
