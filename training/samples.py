"""What the model learns from: a text, its channel, and what each marked span is to teach."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.domain.finding import Span
from service.domain.vocabulary import Channel, Verdict
from training.data import Line
from training.marks import CORRECTED, Mark


class Role(StrEnum):
    """What a span teaches: it accuses, its words are lawful here, or nothing (left out of the loss)."""

    ACCUSES = "accuses"
    LAWFUL = "lawful"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Target:
    """One span of a sample's raw text."""

    subtype: str
    role: Role
    span: Span


@dataclass(frozen=True, slots=True)
class Sample:
    """A raw text with its targets; `pair` keeps the two lines of a contrast pair in one batch."""

    text: str
    channel: Channel
    targets: tuple[Target, ...]
    pair: str | None = None

    def rewritten(self, pieces: Sequence[str]) -> "Sample":
        """The sample with each character replaced by a piece of any length; spans follow their characters."""
        starts = [0]
        for piece in pieces:
            starts.append(starts[-1] + len(piece))
        targets = tuple(
            Target(target.subtype, target.role, (starts[target.span[0]], starts[target.span[1]]))
            for target in self.targets
            if starts[target.span[0]] < starts[target.span[1]]
        )
        return Sample("".join(pieces), self.channel, targets, self.pair)

    def cut(self, start: int, end: int) -> "Sample":
        """The part [start, end); targets that it does not hold whole are silent in what is left of them."""
        targets = []
        for target in self.targets:
            left, right = max(start, target.span[0]), min(end, target.span[1])
            if left < right:
                role = target.role if (left, right) == target.span else Role.SILENT
                targets.append(Target(target.subtype, role, (left - start, right - start)))
        return Sample(self.text[start:end], self.channel, tuple(targets), self.pair)

    def followed_by(self, other: "Sample", gap: str) -> "Sample":
        """Both texts in one breath."""
        shift = len(self.text) + len(gap)
        moved = tuple(
            Target(target.subtype, target.role, (target.span[0] + shift, target.span[1] + shift))
            for target in other.targets
        )
        return Sample(self.text + gap + other.text, self.channel, self.targets + moved, self.pair)


def sample(line: Line) -> Sample:
    """The sample of a labelled line."""
    targets = tuple(Target(mark.subtype, role(mark, line.lawful), mark.span) for mark in line.marks)
    return Sample(line.text, line.channel, targets, line.pair)


def role(mark: Mark, lawful_line: bool) -> Role:
    """Marks without a code accuse. A self-correction, and a promise that is lawful only by facts outside the
    words (`~` in a lawful line), would teach the model to guess: they are left out."""
    if mark.code == CORRECTED:
        return Role.SILENT
    if mark.code is not None:
        return Role.LAWFUL
    if lawful_line and mark.verdict is Verdict.NEEDS_EVIDENCE:
        return Role.SILENT
    return Role.ACCUSES
