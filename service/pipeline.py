"""The one place that names the order of analysis. Pure: text and context in, findings out.

raw text → fold → entities → {lexicon ‖ classifier} → candidates → judge → fuse → findings
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

import service
from service.classify.onnx import OnnxClassifier
from service.classify.protocol import Classifier, TextScores
from service.domain.clauses import ClauseTable
from service.domain.context import AnalysisContext
from service.domain.finding import Finding
from service.domain.text import NormalizedText
from service.domain.transcript import Transcript
from service.entities.find import find_entities
from service.errors import BozhengError
from service.fuse.fuse import fuse
from service.fuse.times import char_times
from service.judge.judge import Judge
from service.lexicon.clauses import load_clauses
from service.lexicon.load import load_lexicon
from service.lexicon.match import Lexicon
from service.lexicon.problems import LEXICON_INCOMPLETE
from service.settings import Settings
from service.text.fold import fold

RULES_TIMEZONE = ZoneInfo("Asia/Shanghai")
"""Lexicon entries come into force and expire by the date in Beijing (handbook §5.4)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One text to analyse: a transcript's words or a written message, with what is known around it."""

    text: str
    context: AnalysisContext
    transcript: Transcript | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """What decided: recorded with every analysis (architecture §3f)."""

    clauses: str
    lexicon: str
    model: str
    pipeline: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Everything that turns words into findings. Thread-safe once built; same input, same findings."""

    clauses: ClauseTable
    lexicon: Lexicon
    judge: Judge
    classifier: Classifier | None

    @classmethod
    def load(cls, settings: Settings, with_model: bool = True) -> Self:
        """Read lexicons and model from disk. Raises BozhengError for a broken file or a wrong hash."""
        clauses = load_clauses(settings.lexicons_dir / "clauses.yaml")
        lexicon = load_lexicon(settings.lexicons_dir, today=datetime.now(RULES_TIMEZONE).date())
        if missing := sorted(set(clauses.items) - {entry.subtype[0] for entry in lexicon.entries}):
            raise BozhengError(LEXICON_INCOMPLETE, f"no entries for {', '.join(missing)}")
        classifier = None
        if with_model and settings.classifier is not None:
            classifier = OnnxClassifier.load(settings.models_dir / settings.classifier)
        return cls(
            clauses=clauses,
            lexicon=lexicon,
            judge=Judge.load(settings.lexicons_dir, clauses),
            classifier=classifier,
        )

    @property
    def versions(self) -> Versions:
        """Versions of everything that decides."""
        model = f"{self.classifier.name}@{self.classifier.version}" if self.classifier else "none"
        return Versions(self.clauses.sha256[:12], self.lexicon.version[:12], model, service.__version__)

    def analyse(
        self, messages: Sequence[Message], *, keep_undecided: bool = False
    ) -> list[tuple[Finding, ...]]:
        """Findings of each message, in text order.

        `keep_undecided` also returns spans below their item's threshold, with `verdict` None.
        """
        texts = [fold(m.text) for m in messages]
        contexts = [m.context for m in messages]
        scores: Sequence[TextScores | None] = [None] * len(messages)
        if self.classifier is not None:
            scores = self.classifier.score(texts, contexts)
        found = [
            self._one(message, text, score)
            for message, text, score in zip(messages, texts, scores, strict=True)
        ]
        if keep_undecided:
            return found
        return [tuple(f for f in findings if f.verdict is not None) for findings in found]

    def _one(self, message: Message, text: NormalizedText, scores: TextScores | None) -> tuple[Finding, ...]:
        candidates = self.lexicon.match(text, message.context)
        if scores is not None:
            candidates = [*candidates, *scores.candidates]
        entities = find_entities(text)
        judged = self.judge.judge(candidates, text, entities, scores, message.context)
        times = char_times(message.transcript) if message.transcript else None
        return fuse(list(judged), text, message.context, self.clauses, times)
