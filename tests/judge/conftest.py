"""The judge over the project's own cues, and a parser of marked sentences."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.domain.context import AnalysisContext
from service.domain.finding import Candidate, Judged, Reason, Span
from service.domain.vocabulary import Channel, ReasonSource
from service.entities.find import find_entities
from service.judge.judge import Judge
from service.lexicon.clauses import load_clauses
from service.text.fold import fold

LEXICONS = Path(__file__).resolve().parents[2] / "lexicons"
FOUND = (Reason(ReasonSource.LEXICON, "given", "1"),)
MARK = re.compile(r"〖([a-p]\.[a-z_]+)(?:=([A-Z0-9_]+))?:([^〖〗]+)〗")


@dataclass(frozen=True)
class Given:
    """A marked span: what it is to be judged as, and the code that must let it off (None: asserted)."""

    subtype: str
    code: str | None
    span: Span


@dataclass(frozen=True)
class Scores:
    """A model that answers what it is told."""

    seen: float
    lawful: float

    def score_span(self, item: str, span: Span) -> float:
        return self.seen

    def exempt(self, span: Span) -> float:
        return self.lawful


def parse_marks(marked: str) -> tuple[str, list[Given]]:
    """Text without the marks, and the marks."""
    pieces: list[str] = []
    given = []
    at = length = 0
    for match in MARK.finditer(marked):
        pieces += [marked[at : match.start()], match[3]]
        start = length + match.start() - at
        length = start + len(match[3])
        given.append(Given(match[1], match[2], (start, length)))
        at = match.end()
    return "".join([*pieces, marked[at:]]), given


@pytest.fixture(scope="session")
def judge() -> Judge:
    """The judge as it is served."""
    return Judge.load(LEXICONS, load_clauses(LEXICONS / "clauses.yaml"))


JudgeSpans = Callable[..., list[tuple[Given, Judged]]]


@pytest.fixture(scope="session")
def judged(judge: Judge) -> JudgeSpans:
    """Judge the marked spans of a sentence as if the lexicon had found exactly them."""

    def run(marked: str, context: AnalysisContext | None = None) -> list[tuple[Given, Judged]]:
        raw, given = parse_marks(marked)
        text = fold(raw)
        candidates = [Candidate(g.subtype, g.span, 0.9, FOUND) for g in given]
        context = context or AnalysisContext(channel=Channel.SPEECH)
        answers = judge.judge(candidates, text, find_entities(text), None, context)
        return list(zip(given, answers, strict=True))

    return run
