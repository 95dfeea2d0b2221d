"""What the findings of a segment add up to (architecture §5)."""

from collections.abc import Iterable

from service.domain.finding import Finding
from service.domain.vocabulary import Advice, Severity, Verdict


def advise(findings: Iterable[Finding]) -> Advice:
    """`block` for a violation of high or critical severity; `review` for any other violation and for what is
    suspected or needs evidence; else `pass`."""
    advice = Advice.PASS
    for finding in findings:
        if finding.verdict in (None, Verdict.EXEMPT):
            continue
        if finding.verdict is Verdict.VIOLATION and finding.severity.rank >= Severity.HIGH.rank:
            return Advice.BLOCK
        advice = Advice.REVIEW
    return advice
