"""Span evidence → probability: a logistic function whose weights are fitted on the development lines."""

import math
from dataclasses import dataclass

import numpy as np

from service.classify.logits import Floats, Logits

FEATURES = ("mean", "peak", "whole", "any", "wide", "wide_any", "lawful", "length")
"""Evidence about a span: mean and highest logit of its item; utterance logits of its item and of any item in
its window, by the network and by its linear part; mean logit of lawful use; logarithm of its length."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights over FEATURES, and one bias per item. Kept in the model's manifest."""

    weights: tuple[float, ...]
    biases: tuple[float, ...]

    def probability(self, item: int, evidence: Floats) -> float:
        """Probability 0–1 that a span with this evidence violates the item of that index."""
        logit = self.biases[item] + float(np.dot(evidence, np.asarray(self.weights, np.float64)))
        return 1.0 / (1.0 + math.exp(-min(max(logit, -30.0), 30.0)))


def features(logits: Logits, item: int, start: int, end: int) -> Floats:
    """The values of FEATURES for the non-empty folded span [start, end)."""
    inside = logits.items[start:end, item]
    return np.array(
        [
            inside.mean(),
            inside.max(),
            logits.whole[start:end, item].max(),
            logits.whole[start:end, -1].max(),
            logits.wide[start:end, item].max(),
            logits.wide[start:end, -1].max(),
            logits.lawful[start:end].mean(),
            math.log(end - start),
        ],
        np.float32,
    )
