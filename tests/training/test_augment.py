"""Augmentation: marks follow their words, lawful context is kept, and one seed gives one variant."""

import random
from collections.abc import Callable

import pytest

from service.domain.vocabulary import Channel
from training.augment import disguise, shape
from training.augment.augmenter import Augmenter, Rates
from training.augment.sounds import mishear, sound_alikes
from training.data import load
from training.samples import Role, Sample, Target, sample
from training.vocabulary import build_vocabulary, syllable

CLAIM = Sample(
    "家人们这个价就是全网最低价啊错过了别来找我",
    Channel.SPEECH,
    (Target("c.lowest_price", Role.ACCUSES, (8, 13)),),
)
DENIED = Sample("我们可不敢说最好", Channel.SPEECH, (Target("c.best_quality", Role.LAWFUL, (6, 8)),))
PLAIN = Sample("今天天气不错，早点休息。", Channel.DANMU, ())


def words(one: Sample) -> list[str]:
    return [one.text[slice(*target.span)] for target in one.targets]


@pytest.mark.parametrize(
    "step",
    [
        shape.drop_punctuation,
        shape.add_fillers,
        shape.repeat,
        shape.cut,
        disguise.swap_words,
        disguise.rename_digits,
        disguise.separate,
        disguise.spell,
        disguise.blank,
        lambda one, rng: shape.join(one, [PLAIN, DENIED], rng, 60),
        lambda one, rng: mishear(one, {"低": "滴"}, rng, 0.3),
    ],
)
@pytest.mark.parametrize("seed", range(20))
def test_marks_stay_on_their_words(step: Callable[[Sample, random.Random], Sample], seed: int) -> None:
    changed = step(CLAIM, random.Random(seed))
    accusing = [target for target in changed.targets if target.role is Role.ACCUSES]
    (marked,) = (changed.text[slice(*target.span)] for target in accusing)
    assert (marked[0] in "全权q" and marked[-1] in "价j") or set(marked) & set("全网最低价")
    assert changed.text.count(marked) >= 1
    assert step(CLAIM, random.Random(seed)) == changed


def test_context_that_makes_words_lawful_is_never_cut() -> None:
    assert all(shape.cut(DENIED, random.Random(seed)) is DENIED for seed in range(50))


def test_a_half_mark_teaches_nothing() -> None:
    part = CLAIM.cut(0, 10)
    assert part.text == CLAIM.text[:10]
    assert part.targets == (Target("c.lowest_price", Role.SILENT, (8, 10)),)
    assert CLAIM.cut(8, 13).targets == (Target("c.lowest_price", Role.ACCUSES, (0, 5)),)


def test_neighbours_bring_their_marks() -> None:
    both = CLAIM.followed_by(DENIED, "，")
    assert words(both) == ["全网最低价", "最好"]
    assert [target.role for target in both.targets] == [Role.ACCUSES, Role.LAWFUL]


def test_separators_go_inside_the_mark_only() -> None:
    changed = disguise.separate(CLAIM, random.Random(1))
    (marked,) = words(changed)
    kept = "".join(char for char in marked if char not in "".join(disguise.SEPARATORS))
    assert kept == "全网最低价" != marked
    assert changed.text.replace(marked, kept) == CLAIM.text


@pytest.mark.parametrize(
    ("char", "sound"), [("微", "wei"), ("智", "zi"), ("字", "zi"), ("京", "jin"), ("x", "")]
)
def test_sounds_that_recognisers_mix_up_are_one(char: str, sound: str) -> None:
    assert syllable(char) == sound


def test_rates_of_zero_change_nothing_and_seeds_repeat() -> None:
    samples = [sample(line) for line in load("train")[:60]]
    vocabulary = build_vocabulary(one.text for one in samples)
    none = Augmenter(Rates(**dict.fromkeys(Rates.__slots__, 0.0)), vocabulary, samples, 126)
    assert [none(one, random.Random(0)) for one in samples] == samples
    some = Augmenter(Rates(), vocabulary, samples, 126)
    first, second = ([some(one, random.Random(7)) for one in samples] for _ in range(2))
    assert first == second != samples
    alikes = sound_alikes(vocabulary)
    assert all(char not in others for char, others in alikes.items())
