"""Recognition errors: characters replaced by others of the same or a confusable sound."""

import random
from collections.abc import Mapping, Sequence

from service.classify.features import Vocabulary
from training.samples import Sample


def sound_alikes(vocabulary: Vocabulary) -> dict[str, str]:
    """Character → the known characters that sound like it."""
    known = set(vocabulary.characters)
    table: dict[str, str] = {}
    for group in vocabulary.syllables:
        common = [char for char in group if char in known]
        table |= {char: "".join(other for other in common if other != char) for char in group}
    return {char: others for char, others in table.items() if others}


def mishear(sample: Sample, alikes: Mapping[str, str], rng: random.Random, share: float) -> Sample:
    """Replace about `share` of the characters, in runs of one to three as a recogniser does."""
    pieces: list[str] = list(sample.text)
    at = 0
    while at < len(pieces):
        if rng.random() < share / 2:
            for place in range(at, min(at + rng.randint(1, 3), len(pieces))):
                pieces[place] = _alike(pieces[place], alikes, rng)
                at = place
        at += 1
    return sample.rewritten(pieces)


def _alike(char: str, alikes: Mapping[str, str], rng: random.Random) -> str:
    others: Sequence[str] = alikes.get(char, "")
    return rng.choice(others) if others else char
