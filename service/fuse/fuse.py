"""Judged candidates of one text → findings, in text order.

Of each group that speaks of the same words (`overlap.py`) one primary label is kept (`precedence.py`), the
others become secondary labels, and every reason is kept. Times come from the transcript's characters
(`times.py`); text messages have none.
"""

from service.domain.clauses import ClauseTable
from service.domain.context import AnalysisContext
from service.domain.finding import Finding, Judged, Reason, SecondaryLabel, Span
from service.domain.spoken import is_spoken
from service.domain.text import NormalizedText
from service.domain.vocabulary import Action, TimePrecision, Verdict
from service.fuse.overlap import clusters
from service.fuse.precedence import order_key, primary_of
from service.fuse.times import CharTimes

CONTEXT_CHARS = 40
"""Characters kept on each side of a span as evidence context where no sentence mark is nearer."""

_SENTENCE_MARKS = "。！？!?\n；;"


def fuse(
    judged: list[Judged],
    text: NormalizedText,
    context: AnalysisContext,
    clauses: ClauseTable,
    times: CharTimes | None = None,
) -> tuple[Finding, ...]:
    """Findings of one text. The result does not depend on the order of `judged`."""
    return tuple(_finding(group, text, context, clauses, times) for group in clusters(judged))


def _finding(
    group: list[Judged],
    text: NormalizedText,
    context: AnalysisContext,
    clauses: ClauseTable,
    times: CharTimes | None,
) -> Finding:
    primary = primary_of(group)
    candidate = primary.candidate
    start, end = trimmed(text.raw, candidate.span)
    begin_ms, end_ms, precision = times.span(start, end) if times else (None, None, TimePrecision.NONE)
    item = clauses.items[candidate.item]
    return Finding(
        item=candidate.item,
        subtype=candidate.subtype,
        verdict=primary.verdict,
        severity=primary.severity,
        confidence=round(primary.confidence, 4),
        span=(start, end),
        text=text.raw[start:end],
        speech_act=primary.speech_act,
        target=primary.target,
        evasion=candidate.evasion,
        speaker_role=context.speaker_role,
        asr_suspect=candidate.asr_suspect,
        exemption_code=primary.exemption_code,
        reasons=_reasons(primary, group),
        legal_basis=item.legal_basis,
        recommended_actions=_actions(primary, clauses),
        norm_span=text.offsets.to_folded(start, end),
        parts=candidate.parts,
        secondary=_secondary(primary, group),
        countable=primary.countable,
        evidence_context=_evidence_context(text.raw, (start, end)),
        start_ms=begin_ms,
        end_ms=end_ms,
        time_precision=precision,
        product_id=context.product.id if context.product else None,
    )


def trimmed(raw: str, span: Span) -> Span:
    """`span` without the marks and spaces at its ends (handbook §3.2.5); as it is where nothing is spoken."""
    spoken = [at for at in range(*span) if is_spoken(raw[at])]
    return (spoken[0], spoken[-1] + 1) if spoken else span


def _reasons(primary: Judged, group: list[Judged]) -> tuple[Reason, ...]:
    """The primary's reasons first, then what else found or moved the same label; each once."""
    same = [j for j in group if j is not primary and j.candidate.subtype == primary.candidate.subtype]
    ordered = [primary, *sorted(same, key=order_key)]
    reasons = [r for j in ordered for r in (*j.candidate.reasons, *j.reasons)]
    return tuple(dict.fromkeys(reasons))


def _secondary(primary: Judged, group: list[Judged]) -> tuple[SecondaryLabel, ...]:
    labels: dict[str, SecondaryLabel] = {}
    for judged in sorted(group, key=order_key):
        subtype, verdict = judged.candidate.subtype, judged.verdict
        if verdict is None or verdict is Verdict.EXEMPT or subtype == primary.candidate.subtype:
            continue
        labels.setdefault(subtype, SecondaryLabel(judged.candidate.item, subtype, verdict))
    return tuple(labels.values())


def _actions(primary: Judged, clauses: ClauseTable) -> tuple[Action, ...]:
    """Measures that handbook §1.4 attaches to the severity; what is lawful or undecided recommends none."""
    if primary.verdict in (None, Verdict.EXEMPT):
        return ()
    if primary.verdict is Verdict.NEEDS_EVIDENCE:
        return (Action.HUMAN_REVIEW,)
    return clauses.severity_actions[primary.severity]


def _evidence_context(raw: str, span: Span) -> str:
    """The sentence of the span with one sentence before and after (handbook §3.2.6), bounded."""
    start = _edge(raw[: span[0]][::-1])
    end = _edge(raw[span[1] :])
    return raw[span[0] - start : span[1] + end]


def _edge(outward: str) -> int:
    """Characters to take outward: up to the second sentence mark, at most `CONTEXT_CHARS`."""
    marks = 0
    for i, char in enumerate(outward[:CONTEXT_CHARS]):
        marks += char in _SENTENCE_MARKS
        if marks == 2:
            return i
    return min(len(outward), CONTEXT_CHARS)
