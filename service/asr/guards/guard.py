"""What a guard is, and how its cuts are carried out and reported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from service.asr.passage import Passage
from service.asr.tokens import tokens_of
from service.domain.spoken import is_spoken
from service.domain.transcript import GuardReport


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters [start, end) of the text of passage number `passage` that were not said, and why."""

    passage: int
    start: int
    end: int
    detail: str


class Guard(Protocol):
    """One way in which an engine invents text. Cuts of one passage do not overlap."""

    @property
    def name(self) -> str: ...

    def cuts(self, passages: Sequence[Passage]) -> Iterable[Cut]: ...


def whole(number: int, passage: Passage, detail: str) -> Cut:
    """The cut that leaves nothing of a passage."""
    return Cut(number, 0, len(passage.text), detail)


def guarded(
    passages: Sequence[Passage], guards: Sequence[Guard]
) -> tuple[list[Passage], tuple[GuardReport, ...]]:
    """Run the guards one after another, each on what the ones before it left; reports in order of time.
    A passage of marks alone says nothing and is left out."""
    kept = list(passages)
    reports: list[GuardReport] = []
    for guard in guards:
        kept = [passage for passage in kept if passage.words]
        for cut in sorted(guard.cuts(kept), key=lambda c: (c.passage, -c.start)):  # later characters first
            passage = kept[cut.passage]
            reports.append(_report(guard.name, passage, cut))
            kept[cut.passage] = passage.without(cut.start, cut.end)
    reports.sort(key=lambda report: (report.start_ms, report.end_ms))
    return [passage for passage in kept if any(map(is_spoken, passage.text))], tuple(reports)


def _report(name: str, passage: Passage, cut: Cut) -> GuardReport:
    """Times of the cut characters, repaired like those of kept ones."""
    before = passage.without(cut.start, len(passage.text)).text
    removed = passage.without(cut.end, len(passage.text)).without(0, len(before))
    tokens = tokens_of([removed])
    window = passage.window
    start_ms, end_ms = (tokens[0].start_ms, tokens[-1].end_ms) if tokens else (window.start_ms, window.end_ms)
    return GuardReport(name, removed.text, start_ms, end_ms, cut.detail)
