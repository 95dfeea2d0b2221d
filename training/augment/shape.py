"""The shape of a text: dropped punctuation, fillers, neighbours in the same breath, cut edges."""

import random
from collections.abc import Sequence

from training.samples import Role, Sample

FILLERS = ("那个", "嗯", "呃", "就是", "然后", "啊", "这个", "对吧", "哈", "来")
GAPS = ("", "，", " ", "。", "", "，然后", "，来")
_PUNCTUATION = frozenset("，。、！？；：,.!?;:…~～—“”\"'（）() ")


def drop_punctuation(sample: Sample, rng: random.Random) -> Sample:
    """Without punctuation, or with single spaces in its place."""
    other = " " if rng.random() < 0.3 else ""
    return sample.rewritten([other if char in _PUNCTUATION else char for char in sample.text])


def add_fillers(sample: Sample, rng: random.Random, share: float = 0.04) -> Sample:
    """Filled pauses between characters."""
    return sample.rewritten(
        [char + rng.choice(FILLERS) if rng.random() < share else char for char in sample.text]
    )


def repeat(sample: Sample, rng: random.Random) -> Sample:
    """Say two to five characters twice, as speakers do."""
    if len(sample.text) < 8:
        return sample
    start = rng.randrange(len(sample.text) - 5)
    end = start + rng.randint(2, 5)
    pieces = list(sample.text)
    pieces[end - 1] += sample.text[start:end]
    return sample.rewritten(pieces)


def join(sample: Sample, others: Sequence[Sample], rng: random.Random, longest: int) -> Sample:
    """Set a neighbour before, after, or both, as long as the whole stays within `longest` characters."""
    for _ in range(rng.randint(1, 2)):
        other = rng.choice(others)
        if len(sample.text) + len(other.text) + 3 > longest:
            continue
        gap = rng.choice(GAPS)
        first, second = (sample, other) if rng.random() < 0.5 else (other, sample)
        sample = Sample(first.text, sample.channel, first.targets, sample.pair).followed_by(second, gap)
    return sample


def cut(sample: Sample, rng: random.Random, keep: int = 4) -> Sample:
    """Cut at random places outside the marked spans; never near lawful words, whose context makes them so."""
    if any(target.role is not Role.ACCUSES for target in sample.targets) or len(sample.text) < 12:
        return sample
    first = min([target.span[0] for target in sample.targets], default=len(sample.text) // 2)
    last = max([target.span[1] for target in sample.targets], default=len(sample.text) // 2)
    start = rng.randint(0, max(0, first - keep))
    end = rng.randint(min(len(sample.text), last + keep), len(sample.text))
    return sample.cut(start, end)
