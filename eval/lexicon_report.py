"""The lexicon by itself, entry by entry: `python -m eval.lexicon_report [--split dev] [--item c]`.

Tiers are set by these figures (strong ≥ 0.9, medium ≥ 0.7, weak ≥ 0.4 on train). A hit is *right* where it
overlaps a violating mark of its item, *lawful* where it overlaps a lawful one (the judge's task, so it counts
neither way) and *wrong* elsewhere; precision = right / (right + wrong). Recall is of violating marks.
`--ordinary FILE` (one text a line, the last tab-separated field is taken) counts false alarms instead.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from eval.matching import overlap
from eval.run import read_ordinary
from service.domain.context import AnalysisContext
from service.domain.finding import Candidate, Span
from service.domain.vocabulary import Channel, Verdict
from service.lexicon.load import load_lexicon
from service.lexicon.match import Lexicon
from service.lexicon.schema import Tier
from service.text.fold import fold
from training.data import Line, load
from training.marks import Mark

LEXICONS = Path(__file__).parents[1] / "lexicons"
FLOOR = {Tier.STRONG: 0.9, Tier.MEDIUM: 0.7, Tier.WEAK: 0.4}
"""Precision on train that an entry of the tier must show; too few hits (< 4) say nothing."""
FEW = 4


@dataclass(slots=True)
class EntryFigures:
    """Hits of one entry, by what they overlap."""

    right: int = 0
    lawful: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """right / (right + wrong); None without either."""
        judged = self.right + len(self.wrong)
        return self.right / judged if judged else None


@dataclass(slots=True)
class Recall:
    """Violating marks of a subtype or kind: found by a hit of the item, of the subtype, with IoU ≥ 0.5."""

    marks: int = 0
    item: int = 0
    subtype: int = 0
    overlap: int = 0

    def row(self, name: str) -> str:
        """`name marks item subtype overlap`, shares of marks."""
        shares = (f"{value / max(1, self.marks):6.2f}" for value in (self.item, self.subtype, self.overlap))
        return f"  {name:28}{self.marks:5d}{''.join(shares)}"


@dataclass(slots=True)
class Report:
    """All figures of one split."""

    entries: dict[str, EntryFigures] = field(default_factory=lambda: defaultdict(EntryFigures))
    subtypes: dict[str, Recall] = field(default_factory=lambda: defaultdict(Recall))
    kinds: dict[str, Recall] = field(default_factory=lambda: defaultdict(Recall))
    lawful_lines: int = 0
    accused_lines: int = 0


def measure(lexicon: Lexicon, lines: Iterable[Line], item: str) -> Report:
    """Figures of the entries and subtypes of `item` (empty = all) on `lines`."""
    report = Report()
    for line in lines:
        found = lexicon.match(fold(line.text), AnalysisContext(line.channel))
        found = [each for each in found if each.item == item or not item]
        for candidate in found:
            _count_hit(report, candidate, line)
        violating = [mark for mark in line.marks if mark.verdict is not Verdict.EXEMPT and mark.code is None]
        if line.lawful:
            report.lawful_lines += 1
            report.accused_lines += any(_wrong(each, line) for each in found if each.score > _WEAK)
        for mark in violating:
            if not item or mark.item == item:
                for name, table in ((mark.subtype, report.subtypes), (line.kind.value, report.kinds)):
                    _count_mark(table[name], mark, found)
    return report


def _count_hit(report: Report, candidate: Candidate, line: Line) -> None:
    of_item = [mark for mark in line.marks if mark.item == candidate.item]
    touched = [mark for mark in of_item if _meet(mark.span, candidate.span)]
    for reason in candidate.reasons:
        figures = report.entries[reason.id]
        if any(mark.code is None and mark.verdict is not Verdict.EXEMPT for mark in touched):
            figures.right += 1
        elif touched:
            figures.lawful += 1
        else:
            start, end = candidate.span
            figures.wrong.append(
                f"{line.text[max(0, start - 8) : start]}[{line.text[start:end]}]{line.text[end : end + 8]}"
            )


def _count_mark(recall: Recall, mark: Mark, found: list[Candidate]) -> None:
    near = [each for each in found if each.item == mark.item and _meet(each.span, mark.span)]
    recall.marks += 1
    recall.item += bool(near)
    recall.subtype += any(each.subtype == mark.subtype for each in near)
    recall.overlap += any(overlap(each.span, mark.span) >= 0.5 for each in near)


_WEAK = 0.5
"""Prior of the weak tier: such a hit alone accuses nobody (lexicons/classes.yaml, `tiers`)."""


def _wrong(candidate: Candidate, line: Line) -> bool:
    return not any(_meet(mark.span, candidate.span) for mark in line.marks)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def render(report: Report, lexicon: Lexicon, examples: int) -> Iterator[str]:
    """Entries below the floor of their tier with what they wrongly hit, then recall."""
    for entry in lexicon.entries:
        figures = report.entries.get(entry.id)
        if figures is None or figures.precision is None:
            continue
        low = figures.precision < FLOOR[entry.tier] and figures.right + len(figures.wrong) >= FEW
        counts = f"right {figures.right:4d} lawful {figures.lawful:4d} wrong {len(figures.wrong):4d}"
        yield f"{entry.id:45} {entry.tier:7} {counts} p {figures.precision:.2f}{'  LOW' if low else ''}"
        yield from (f"      {text}" for text in figures.wrong[: examples if low else 0])
    yield "recall: marks, by item, by subtype, IoU ≥ 0.5"
    yield from (recall.row(name) for name, recall in sorted(report.subtypes.items()))
    yield from (recall.row(name) for name, recall in sorted(report.kinds.items()))
    if report.lawful_lines:
        share = report.accused_lines / report.lawful_lines
        yield f"lawful lines hit above the weak tier on unmarked words: {report.accused_lines} ({share:.2%})"


def false_alarms(lexicon: Lexicon, texts: Iterable[str]) -> Iterator[str]:
    """Lines per thousand with a hit above the weak tier, and the entries that fire most."""
    lines = fired = 0
    by_entry: Counter[str] = Counter()
    shown: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        found = [
            each for each in lexicon.match(fold(text), AnalysisContext(Channel.COMMENT)) if each.score > _WEAK
        ]
        lines += 1
        fired += bool(found)
        for candidate in found:
            start, end = candidate.span
            for reason in candidate.reasons:
                by_entry[reason.id] += 1
                shown[reason.id].append(
                    f"{text[max(0, start - 5) : start]}[{text[start:end]}]{text[end : end + 5]}"
                )
    yield f"{fired} of {lines} lines: {1000 * fired / max(1, lines):.2f} per 1,000"
    for name, count in by_entry.most_common():
        yield f"{count:5d} {name:45} {' | '.join(shown[name][:4])}"


def main() -> int:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="python -m eval.lexicon_report", description=__doc__)
    parser.add_argument("--split", choices=("train", "dev"), default="train")
    parser.add_argument("--item", default="", help="one clause letter a–p")
    parser.add_argument("--examples", type=int, default=8, help="wrong hits shown per entry below its floor")
    parser.add_argument("--ordinary", type=Path, help="count false alarms on a file of ordinary lines")
    options = parser.parse_args()
    lexicon = load_lexicon(LEXICONS)
    if options.ordinary is not None:
        texts = read_ordinary(options.ordinary, None)
        sys.stdout.writelines(f"{row}\n" for row in false_alarms(lexicon, texts))
        return 0
    report = measure(lexicon, load(options.split), options.item)
    sys.stdout.writelines(f"{row}\n" for row in render(report, lexicon, options.examples))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
