"""One confidence from lexicon and model (architecture §5): a cut-off on it sweeps both.

confidence = σ(bias + Σ weight · logit(evidence)), with evidence the lexicon's prior, the model's score of the
span and the model's score of lawful use. Weights of accusing evidence are never negative, that of lawful use
never positive, so the confidence is monotone in each. Without a model it is the prior itself. The weights and
their measurement stand in `lexicons/thresholds.yaml`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from service.classify.protocol import TextScores
from service.domain.finding import Candidate
from service.domain.vocabulary import ReasonSource

_EDGE = 0.001
"""Probabilities are kept this far from 0 and 1: beyond it the calibration says nothing."""
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Fusion:
    """Weights of the evidence. Raises ValueError where monotony would break."""

    bias: float
    lexicon: float
    model: float
    lawful: float
    unseen_prior: float

    def __post_init__(self) -> None:
        if self.lexicon < 0 or self.model < 0 or self.lawful > 0:
            raise ValueError("accusing weights must be >= 0 and the lawful one <= 0")

    def confidence(self, candidate: Candidate, prior: float, scores: TextScores | None) -> float:
        """0–1. `prior`: best lexicon prior for these words of this item, 0 when only the model sees them."""
        if scores is None:
            return round(prior, _DECIMALS)
        seen = scores.score_span(candidate.item, candidate.span)
        lawful = scores.exempt(candidate.span)
        total = (
            self.bias
            + self.lexicon * logit(prior or self.unseen_prior)
            + self.model * logit(seen)
            + self.lawful * logit(lawful)
        )
        return round(1.0 / (1.0 + math.exp(-total)), _DECIMALS)


def joined(candidates: Sequence[Candidate]) -> list[float]:
    """For each candidate the best lexicon prior among those of its item that share characters with it.

    0 where only the model sees the words. Sorted by start, so that disjoint candidates are not compared.
    """
    priors = [0.0] * len(candidates)
    by_item: dict[str, list[int]] = {}
    for index, candidate in enumerate(candidates):
        by_item.setdefault(candidate.item, []).append(index)
    for indices in by_item.values():
        active: list[int] = []
        for index in sorted(indices, key=lambda i: candidates[i].span):
            start = candidates[index].span[0]
            active = [i for i in active if candidates[i].span[1] > start]
            active.append(index)
            own = _prior(candidates[index])
            priors[index] = max(own, *(_prior(candidates[i]) for i in active))
            for other in active:
                priors[other] = max(priors[other], own)
    return priors


def found_by_words(candidate: Candidate) -> bool:
    """Whether anything but the model found it."""
    return any(reason.source is not ReasonSource.MODEL for reason in candidate.reasons)


def _prior(candidate: Candidate) -> float:
    return candidate.score if found_by_words(candidate) else 0.0


def logit(probability: float) -> float:
    """Log-odds of a probability kept inside the edges."""
    inside = min(1.0 - _EDGE, max(_EDGE, probability))
    return math.log(inside / (1.0 - inside))
