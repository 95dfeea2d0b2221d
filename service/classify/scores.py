"""The model's answer about one text: calibrated candidates, and a score for any span that others propose."""

from dataclasses import dataclass

from service.classify.calibration import Calibration, features
from service.classify.logits import Logits, sigmoid
from service.domain.finding import Candidate, Span
from service.domain.text import NormalizedText

DECIMALS = 4
"""Probabilities are rounded to this many digits (architecture §8)."""


@dataclass(frozen=True, slots=True)
class TextScores:
    """Scores of one text. Spans are raw, half open, in code points; `items` is the order of the outputs."""

    text: NormalizedText
    items: str
    logits: Logits
    calibration: Calibration
    candidates: tuple[Candidate, ...] = ()

    def score_span(self, item: str, span: Span) -> float:
        """Calibrated probability 0–1 that the words of `span` violate `item` here; 0 for an empty span."""
        start, end = self.text.offsets.to_folded(*span)
        if start >= end:
            return 0.0
        index = self.items.index(item)
        return round(self.calibration.probability(index, features(self.logits, index, start, end)), DECIMALS)

    def exempt(self, span: Span) -> float:
        """Probability 0–1 that the words of `span` are used lawfully: negated, asked, quoted, a limit …"""
        start, end = self.text.offsets.to_folded(*span)
        if start >= end:
            return 0.0
        return round(float(sigmoid(self.logits.lawful[start:end]).mean()), DECIMALS)
