"""Findings for machines: the JSON of `bozheng check`, documented in docs/api.md."""

from collections.abc import Sequence
from typing import Any

from service.domain.finding import Finding, Reason


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding; `start` and `end` are code points of the text, half open; times where there is audio."""
    out: dict[str, Any] = {
        "item": finding.item,
        "subtype": finding.subtype,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "start": finding.span[0],
        "end": finding.span[1],
        "text": finding.text,
        "exemption_code": finding.exemption_code,
        "reasons": [_reason_json(r) for r in finding.reasons],
    }
    if finding.parts:
        out["parts"] = [list(part) for part in finding.parts]
    if finding.secondary:
        out["secondary"] = [s.subtype for s in finding.secondary]
    if finding.start_ms is not None:
        out |= {"start_ms": finding.start_ms, "end_ms": finding.end_ms}
    return out


def shown(findings: Sequence[Finding], min_confidence: float | None) -> list[Finding]:
    """Findings to print: decided ones, and with a cut-off also undecided ones at or above it."""
    if min_confidence is None:
        return [f for f in findings if f.verdict is not None]
    return [f for f in findings if f.confidence >= min_confidence]


def _reason_json(reason: Reason) -> dict[str, Any]:
    out: dict[str, Any] = {"source": reason.source, "id": reason.id, "version": reason.version}
    if reason.score is not None:
        out["score"] = reason.score
    if reason.detail:
        out["detail"] = reason.detail
    if reason.cue is not None:
        out["cue"] = list(reason.cue)
    return out
