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


FIRST = 0.5
"""A span at most this far (logits) behind the best is the first guess about its window."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights over FEATURES, and one bias per item."""

    weights: tuple[float, ...]
    biases: tuple[float, ...]

    @classmethod
    def read(cls, section: Mapping[str, Any], items: int) -> Self:
        """From the manifest. Raises ValueError for another number of weights or items."""
        if len(section["weights"]) != len(FEATURES) or len(section["biases"]) != items:
            raise ValueError(f"expected {len(FEATURES)} weights and {items} biases")
        return cls(tuple(map(float, section["weights"])), tuple(map(float, section["biases"])))

    def probability(self, item: int, evidence: Floats) -> float:
        """Probability 0–1 by this function."""
        logit = self.biases[item] + float(np.dot(evidence, np.asarray(self.weights, np.float64)))
        return 1.0 / (1.0 + math.exp(-min(max(logit, -30.0), 30.0)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """One function for the first guess about a window, one for all others. Kept in the model's manifest.

    `first` tells violating lines from lawful ones (a first guess with the wrong item still stands in a line
    that a person should see); `other` tells right guesses from wrong ones.
    """

    first: Logistic
    other: Logistic

    @classmethod
    def read(cls, section: Mapping[str, Any], items: int) -> Self:
        """From the manifest's section. Raises ValueError where it was fitted on other evidence or items."""
        if tuple(section["features"]) != FEATURES:
            raise ValueError(f"calibrated on {section['features']}, this version reads {list(FEATURES)}")
        return cls(Logistic.read(section["first"], items), Logistic.read(section["other"], items))

    def probability(self, item: int, evidence: Floats) -> float:
        """Probability 0–1 that a span with this evidence violates the item of that index."""
        chosen = self.first if is_first(evidence) else self.other
        return chosen.probability(item, evidence)


def is_first(evidence: Floats) -> bool:
    """True for the first guess about its window."""
    return bool(evidence[FEATURES.index("behind")] <= FIRST)


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
