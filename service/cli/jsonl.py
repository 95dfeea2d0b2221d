"""`bozheng check --jsonl`: what data scientists pipe files through. One line in, one line out, in order.

A line is `{"id", "text", "channel"}` with optional `context`, `stream_id` and `seq`. Lines without a stream
are independent. Lines of one stream are read as consecutive pieces of one talk: a phrase cut between two of
them is found and belongs to the line of its first character. A line that cannot be used answers with `error`
and the command ends with status 1; the other lines are answered all the same.
"""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from service.cli.lines import Line, LineError, parse_line
from service.cli.output import finding_json, shown
from service.cli.talk import analyse_lines
from service.domain.advice import advise
from service.domain.finding import Finding
from service.pipeline import Pipeline
from service.settings import Settings

BATCH = 64
"""Lines analysed together: the model's batch grows no faster past 8, the rest amortises the calls."""


def check_lines(source: str, *, with_model: bool, min_confidence: float | None) -> int:
    """Answer every line of `source` (a path, or `-`) on standard output. Returns the exit status."""
    pipeline = Pipeline.load(Settings(), with_model=with_model)
    if source == "-":
        return _answer(sys.stdin, pipeline, min_confidence)
    with Path(source).open(encoding="utf-8-sig", errors="surrogateescape") as stream:
        return _answer(stream, pipeline, min_confidence)


def _answer(stream: TextIO, pipeline: Pipeline, min_confidence: float | None) -> int:
    began, count, failed = time.monotonic(), 0, 0
    rows = ((number, raw.lstrip("\ufeff")) for number, raw in enumerate(stream, 1))
    for batch in _batches(parse_line(number, raw) for number, raw in rows if raw.strip()):
        good = [line for line in batch if isinstance(line, Line)]
        analysed = analyse_lines(good, pipeline, keep_undecided=min_confidence is not None)
        found = dict(zip((id(line) for line in good), analysed, strict=True))
        for line in batch:
            if isinstance(line, LineError):
                failed += 1
                print(json.dumps({"id": line.id, "error": line.problem}, ensure_ascii=False))
            else:
                print(json.dumps(_line_json(line, found[id(line)], min_confidence), ensure_ascii=False))
        count += len(batch)
        print(f"\r{count} lines", end="", file=sys.stderr)
    seconds = time.monotonic() - began
    print(f"\r{count} lines, {count / max(seconds, 1e-9):.0f} lines/s, {failed} refused", file=sys.stderr)
    return 1 if failed else 0


def _line_json(line: Line, findings: tuple[Finding, ...], min_confidence: float | None) -> dict[str, Any]:
    return {
        "id": line.id,
        "verdict": advise(findings),
        "findings": [finding_json(f) for f in shown(findings, min_confidence)],
    }


def _batches(lines: Iterable[Line | LineError]) -> Iterator[list[Line | LineError]]:
    """Batches that never cut a stream: a batch is closed between two lines of different streams."""
    batch: list[Line | LineError] = []
    for line in lines:
        stream = line.stream_id if isinstance(line, Line) else None
        last = batch[-1] if batch else None
        same = isinstance(last, Line) and stream is not None and last.stream_id == stream
        if len(batch) >= BATCH and not same:
            yield batch
            batch = []
        batch.append(line)
    if batch:
        yield batch
