"""Span evidence → probability: a logistic function whose weights are fitted on the development lines."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from service.classify.logits import Floats, Logits

FEATURES = ("mean", "peak", "whole", "any", "wide", "wide_any", "lawful", "length", "behind")
"""Evidence about a span: mean and highest logit of its item; utterance logits of its item and of any item in
its window, by the network and by its linear part; mean logit of lawful use; logarithm of its length; and how
far its rank is behind the best one there, so that the second guess about the same words counts for less."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights over FEATURES, and one bias per item. Kept in the model's manifest."""

    weights: tuple[float, ...]
    biases: tuple[float, ...]

    @classmethod
    def read(cls, section: Mapping[str, Any], items: int) -> Self:
        """From the manifest's section. Raises ValueError where it was fitted on other evidence or items."""
        if tuple(section["features"]) != FEATURES or len(section["weights"]) != len(FEATURES):
            raise ValueError(f"calibrated on {section['features']}, this version reads {list(FEATURES)}")
        if len(section["biases"]) != items:
            raise ValueError(f"{len(section['biases'])} biases for {items} items")
        return cls(tuple(map(float, section["weights"])), tuple(map(float, section["biases"])))

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
            max(0.0, logits.best_rank(start, end) - logits.rank(item, start, end)),
        ],
        np.float32,
    )
