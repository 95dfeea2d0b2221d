"""A labelled line beside what was said about it: the input of every metric."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.finding import Finding, Span
from service.domain.vocabulary import Verdict
from training.data import Line
from training.marks import CORRECTED, Mark


@dataclass(frozen=True, slots=True)
class Said:
    """One finding reduced to what is measured; `verdict` is None below the threshold."""

    item: str
    subtype: str
    verdict: Verdict | None
    span: Span
    confidence: float

    @property
    def accuses(self) -> bool:
        """True for every verdict that puts the line before a person: all but `exempt` and none."""
        return self.verdict is not None and self.verdict is not Verdict.EXEMPT


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line and what was said about it."""

    line: Line
    said: tuple[Said, ...]

    @property
    def wanted(self) -> tuple[Mark, ...]:
        """Marks that must be found: those of a violating line that carry no code."""
        return () if self.line.lawful else tuple(mark for mark in self.line.marks if mark.code is None)

    @property
    def counted(self) -> tuple[Said, ...]:
        """Accusations that count. Two kinds are neither right nor wrong: `needs_evidence` on a lawful line
        (the handbook asks for proof there), and words that the speaker took back."""
        return tuple(
            said
            for said in self.said
            if said.accuses
            and not (self.line.lawful and said.verdict is Verdict.NEEDS_EVIDENCE)
            and not any(m.code == CORRECTED and _touch(m.span, said.span) for m in self.line.marks)
        )


def said(findings: Iterable[Finding]) -> tuple[Said, ...]:
    """What the findings say; secondary labels are left out, as they do not count (handbook §1.7)."""
    return tuple(Said(f.item, f.subtype, f.verdict, f.span, f.confidence) for f in findings)


def _touch(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]
