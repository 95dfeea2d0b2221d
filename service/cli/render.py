"""Findings for people: the words with their spans marked, then each with its verdict, why and the law."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from service.domain.finding import Finding
from service.domain.vocabulary import Verdict

_STYLES = {
    Verdict.VIOLATION: "bold red",
    Verdict.SUSPECTED: "yellow",
    Verdict.NEEDS_EVIDENCE: "cyan",
    Verdict.EXEMPT: "green",
    None: "dim",
}


def marked(text: str, findings: Sequence[Finding]) -> str:
    """`text` with 【】 around what is found and 〔〕 around what is exempt."""
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for finding in findings:
        left, right = "〔〕" if finding.verdict is Verdict.EXEMPT else "【】"
        for start, end in finding.parts or (finding.span,):
            opening[start] = opening.get(start, "") + left
            closing[end] = right + closing.get(end, "")
    places = range(len(text) + 1)
    return "".join(closing.get(i, "") + opening.get(i, "") + text[i : i + 1] for i in places)


def show_findings(findings: Sequence[Finding], console: Console | None = None) -> None:
    """Print each finding as a short block: verdict, label, time and words; then why, then the law."""
    console = console or Console(highlight=False)
    for finding in findings:
        style = _STYLES[finding.verdict]
        head = f"[{style}]{finding.verdict or 'undecided'}[/] [bold]{finding.subtype}[/]"
        also = "".join(f" + {label.subtype}" for label in finding.secondary)
        words = f"【{escape(finding.text)}】"
        console.print(f"{head}{also} {finding.confidence:.2f} {when(finding)} {words}", soft_wrap=True)
        console.print(f"    why  {escape(why(finding))}", soft_wrap=True)
        console.print(f"    law  {law(finding.legal_basis)}", soft_wrap=True)


def law(legal_basis: Sequence[str]) -> str:
    """The first law by name, the others by number; all of them stand in the JSON."""
    more = f" 等 {len(legal_basis)} 项" if len(legal_basis) > 1 else ""
    return f"{legal_basis[0]}{more}" if legal_basis else ""


def when(finding: Finding) -> str:
    """Stream time if known, else time inside the segment, else nothing: `m:ss.d–m:ss.d`."""
    start, end = finding.stream_start_ms, finding.stream_end_ms
    if start is None or end is None:
        start, end = finding.start_ms, finding.end_ms
    return "" if start is None or end is None else f"{clock(start)}–{clock(end)}"


def clock(ms: int) -> str:
    """Milliseconds as `m:ss.d`."""
    tenths = round(ms / 100)
    return f"{tenths // 600}:{tenths // 10 % 60:02d}.{tenths % 10}"


def why(finding: Finding) -> str:
    """The reasons in one cell: what found it and what moved its verdict."""
    parts = [
        f"{r.source}:{r.id}" + (f" {r.score:.2f}" if r.score is not None else "") for r in finding.reasons
    ]
    if finding.exemption_code:
        parts.append(finding.exemption_code)
    return "; ".join(dict.fromkeys(parts))
