"""Which transforms a sample goes through, and how often."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from service.classify.features import Vocabulary
from training.augment import disguise, shape
from training.augment.sounds import mishear, sound_alikes
from training.samples import Sample


@dataclass(frozen=True, slots=True)
class Rates:
    """Probability 0–1 of each transform for one sample in one epoch; all 0 switches augmentation off."""

    join: float = 0.3
    cut: float = 0.2
    punctuation: float = 0.35
    fillers: float = 0.15
    repeat: float = 0.1
    mishear: float = 0.3
    mishear_share: float = 0.12
    words: float = 0.25
    separate: float = 0.06
    spell: float = 0.06
    blank: float = 0.05
    digits: float = 0.5


class Augmenter:
    """Draws one variant of a sample. Seeded: the same seed, sample order and rates give the same variants."""

    def __init__(
        self, rates: Rates, vocabulary: Vocabulary, neighbours: Sequence[Sample], longest: int
    ) -> None:
        self._rates = rates
        self._alikes = sound_alikes(vocabulary)
        self._neighbours = neighbours
        self._longest = longest

    def __call__(self, sample: Sample, rng: random.Random) -> Sample:
        """A variant of `sample`, at most `longest` characters or as long as the sample itself."""
        rates = self._rates
        if rng.random() < rates.cut:
            sample = shape.cut(sample, rng)
        if rng.random() < rates.join:
            sample = shape.join(sample, self._neighbours, rng, self._longest)
        steps = (
            (rates.words, disguise.swap_words),
            (rates.digits, disguise.rename_digits),
            (rates.blank, disguise.blank),
            (rates.spell, disguise.spell),
            (rates.separate, disguise.separate),
            (rates.punctuation, shape.drop_punctuation),
            (rates.fillers, shape.add_fillers),
            (rates.repeat, shape.repeat),
        )
        for rate, step in steps:
            if rng.random() < rate:
                sample = step(sample, rng)
        if rng.random() < rates.mishear:
            sample = mishear(sample, self._alikes, rng, rates.mishear_share)
        return sample
