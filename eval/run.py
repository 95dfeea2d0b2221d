"""Runs the service's own pipeline over labelled and ordinary lines: lexicon alone, model alone, both."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.outcome import Outcome, said
from service.domain.context import AnalysisContext
from service.domain.finding import Candidate
from service.domain.text import NormalizedText
from service.domain.vocabulary import Channel
from service.pipeline import Message, Pipeline
from service.settings import Settings
from training.data import Line

CHUNK = 256
HOME = AnalysisContext(Channel.SPEECH)
"""Ordinary lines are read as speech, with nothing known around them."""


@dataclass(frozen=True, slots=True)
class Way:
    """A named way of deciding."""

    name: str
    pipeline: Pipeline


class NoLexicon:
    """Finds nothing: what the model does by itself."""

    version = "none"

    def match(self, text: NormalizedText, context: AnalysisContext) -> list[Candidate]:
        """Always empty."""
        return []


def ways(settings: Settings) -> list[Way]:
    """Lexicon alone, model alone (the judge still rules over both), and both as they are served."""
    both = Pipeline.load(settings)
    silent = replace(both, lexicon=NoLexicon())
    return [Way("lexicon", replace(both, classifier=None)), Way("model", silent), Way("both", both)]


def outcomes(pipeline: Pipeline, lines: Sequence[Line]) -> list[Outcome]:
    """Each labelled line with what the pipeline says of it; every line stands alone."""
    messages = [Message(line.text, AnalysisContext(line.channel)) for line in lines]
    findings = (found for part in _chunks(messages) for found in pipeline.analyse(part))
    return [Outcome(line, said(found)) for line, found in zip(lines, findings, strict=True)]


def accused(pipeline: Pipeline, texts: Iterable[str]) -> list[bool]:
    """Whether anything accuses each line (`needs_evidence` included: it costs a person's time)."""
    messages = [Message(text, HOME) for text in texts]
    return [
        any(one.accuses for one in said(found))
        for part in _chunks(messages)
        for found in pipeline.analyse(part)
    ]


def read_ordinary(path: Path, limit: int | None) -> list[str]:
    """Lines of a text file, empty ones left out; of a tab-separated line the last field."""
    rows = (row.rsplit("\t", 1)[-1].strip() for row in path.read_text("utf-8").splitlines())
    texts = [row for row in rows if row]
    if limit is None or limit >= len(texts):
        return texts
    return [texts[at * len(texts) // limit] for at in range(limit)]


def _chunks(messages: Sequence[Message]) -> Iterator[Sequence[Message]]:
    for start in range(0, len(messages), CHUNK):
        yield messages[start : start + CHUNK]
