"""Lines of one stream, read together as the service reads the segments of one lane (architecture §3c).

Without clocks a line stands for a segment of 10 s: six lines back are 60 s, two ahead the 15 s of look-ahead.
"""

from collections.abc import Sequence
from dataclasses import replace

from service.cli.lines import Line
from service.domain.finding import Finding, Span
from service.domain.vocabulary import Channel
from service.pipeline import Message, Pipeline

LINES_BACK = 6
LINES_AHEAD = 2


def analyse_lines(
    lines: Sequence[Line], pipeline: Pipeline, *, keep_undecided: bool = False
) -> list[tuple[Finding, ...]]:
    """Findings of each line. Those of a stream's line may end in the next one: `text` then holds all words
    and `end` lies beyond the line, as in the service's answers."""
    messages, offsets = [], []
    for line in lines:
        before, after = _neighbours(lines, line)
        joint = "" if line.context.channel is Channel.SPEECH else "\n"
        head = "".join(text + joint for text in before)
        messages.append(Message(head + line.text + "".join(joint + text for text in after), line.context))
        offsets.append(len(head))
    found = pipeline.analyse(messages, keep_undecided=keep_undecided)
    return [
        _own(findings, offset, offset + len(line.text))
        for findings, offset, line in zip(found, offsets, lines, strict=True)
    ]


def _neighbours(lines: Sequence[Line], line: Line) -> tuple[list[str], list[str]]:
    """Texts before and after `line` in its stream and channel, by `seq`; none for a line without a stream."""
    if line.stream_id is None or line.seq is None:
        return [], []
    lane = {
        other.seq: other.text
        for other in lines
        if other.stream_id == line.stream_id and other.context.channel is line.context.channel
    }
    before = [lane[s] for s in range(line.seq - LINES_BACK, line.seq) if s in lane]
    after = [lane[s] for s in range(line.seq + 1, line.seq + 1 + LINES_AHEAD) if s in lane]
    return before, after


def _own(findings: tuple[Finding, ...], start: int, end: int) -> tuple[Finding, ...]:
    """Findings whose first character lies in [start, end), counted from `start`."""
    if start == 0:
        return tuple(f for f in findings if f.span[0] < end)
    return tuple(_moved(f, start) for f in findings if start <= f.span[0] < end)


def _moved(finding: Finding, by: int) -> Finding:
    def back(span: Span) -> Span:
        return span[0] - by, span[1] - by

    return replace(
        finding,
        span=back(finding.span),
        parts=tuple(back(part) for part in finding.parts),
        reasons=tuple(replace(r, cue=back(r.cue)) if r.cue else r for r in finding.reasons),
    )
