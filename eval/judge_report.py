"""How well the judge tells lawful words from claims, given the labelled spans as candidates.

`python -m eval.judge_report --split dev` prints, for every code, how many of its spans are let off (exempt,
or the milder verdict that the code leaves) and how often the code itself was named; and for every item, how
many violating spans were wrongly let go. `--errors` lists the mistakes. Only train and dev are read here.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from service.domain.context import AnalysisContext
from service.domain.finding import Candidate, Judged, Reason
from service.domain.vocabulary import ReasonSource
from service.entities.find import find_entities
from service.judge.judge import Judge
from service.lexicon.clauses import load_clauses
from service.text.fold import fold
from training.data import Line, load
from training.marks import Mark

LEXICONS = Path(__file__).resolve().parents[1] / "lexicons"
ACCUSING_CODE = "ART7_BURDEN"
"""Leaves `suspected`; the labels write it as a plain `?` (training/data)."""
GIVEN = Reason(ReasonSource.LEXICON, "labelled", "1")


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled span and what the judge said of it."""

    line: Line
    mark: Mark
    judged: Judged

    @property
    def lenient(self) -> bool:
        """True where the judge accuses less than the words alone would."""
        return self.judged.exemption_code not in (None, ACCUSING_CODE)

    @property
    def right(self) -> bool:
        """Coded spans want leniency, all others none."""
        return self.lenient == (self.mark.code is not None)


def cases(lines: Iterable[Line], judge: Judge) -> Iterator[Case]:
    """Judge every labelled span of `lines` as if the lexicon had found exactly it."""
    for line in lines:
        text = fold(line.text)
        given = [Candidate(m.subtype, m.span, 1.0, (GIVEN,)) for m in line.marks]
        context = AnalysisContext(channel=line.channel)
        for mark, judged in zip(
            line.marks, judge.judge(given, text, find_entities(text), None, context), strict=True
        ):
            yield Case(line, mark, judged)


def coded_table(found: Iterable[Case]) -> str:
    """Per code: spans, share let off, share with the right code, precision of the code among coded spans."""
    total: Counter[str] = Counter()
    let_off: Counter[str] = Counter()
    named: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for case in found:
        said[case.judged.exemption_code or ""] += 1
        if case.mark.code is None:
            continue
        total[case.mark.code] += 1
        let_off[case.mark.code] += case.lenient
        named[case.mark.code] += case.judged.exemption_code == case.mark.code
    rows = [f"{'code':20} {'spans':>5} {'let off':>8} {'code':>6} {'prec':>6}"]
    for code in [*sorted(total), ""]:
        if code:
            precision = named[code] / said[code] if said[code] else 0.0
            rows.append(
                f"{code:20} {total[code]:5} {let_off[code] / total[code]:8.1%} "
                f"{named[code] / total[code]:6.1%} {precision:6.1%}"
            )
    everything = sum(total.values())
    rows.append(f"{'all':20} {everything:5} {sum(let_off.values()) / max(1, everything):8.1%}")
    return "\n".join(rows)


def accused_table(found: Iterable[Case]) -> str:
    """Per item: violating spans and the share wrongly let go, with the codes that did it."""
    total: Counter[str] = Counter()
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    for case in found:
        if case.mark.code is None:
            total[case.mark.item] += 1
            if case.lenient:
                wrong[case.mark.item][case.judged.exemption_code or ""] += 1
    rows = [f"{'item':5} {'spans':>5} {'let go':>7}"]
    for item in sorted(total):
        blame = ", ".join(f"{code} {n}" for code, n in wrong[item].most_common())
        rows.append(f"{item:5} {total[item]:5} {sum(wrong[item].values()) / total[item]:7.1%}  {blame}")
    lost = sum(sum(c.values()) for c in wrong.values())
    rows.append(f"{'all':5} {sum(total.values()):5} {lost / max(1, sum(total.values())):7.1%}")
    return "\n".join(rows)


def shown(case: Case) -> str:
    """A mistake on one line: said code, wanted code, subtype, the text with the span in brackets, the cue."""
    start, end = case.mark.span
    text = case.line.text
    cue = next((r.cue for r in case.judged.reasons if r.cue), None)
    words = text[slice(*cue)] if cue else ""
    return (
        f"{case.judged.exemption_code or '-':16} want {case.mark.code or '-':16} {case.mark.subtype:20} "
        f"{text[max(0, start - 45) : start]}【{text[start:end]}】{text[end : end + 45]}  «{words}»"
    )


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=["train", "dev"], default="dev")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--only", default="", help="code or item of the mistakes to list")
    options = parser.parse_args()
    judge = Judge.load(LEXICONS, load_clauses(LEXICONS / "clauses.yaml"))
    found = list(cases(load(options.split), judge))
    print(coded_table(found))
    print(accused_table(found))
    if options.errors:
        for case in found:
            names = {case.judged.exemption_code, case.mark.code, case.mark.item}
            if not case.right and (not options.only or options.only in names):
                print(shown(case))


if __name__ == "__main__":
    main()
