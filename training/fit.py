"""The training loop: seeded, one thread, with an exponential average of the weights as its result."""

import copy
import math
import random
from collections.abc import Callable, Iterator, Sequence

import torch
from torch import nn

from service.classify.features import UNKNOWN, Vocabulary
from training.augment.augmenter import Augmenter
from training.batches import CHANNELS, Batch, Encoded, Labelling, batches, encode, pad
from training.losses import loss
from training.network import Network, Shape
from training.recipe import Recipe
from training.samples import Sample
from training.wide import Table, fold_of

CHUNK = 512
"""Samples sorted by length together: batches stay random, padding stays small."""
CLIP = 1.0


class TrainingError(RuntimeError):
    """The run cannot go on; the message says what to change."""


def fit(
    samples: Sequence[Sample],
    vocabulary: Vocabulary,
    labels: Labelling,
    wide: Table,
    biases: Table,
    recipe: Recipe,
    progress: Callable[[int, float, Network], None] = lambda epoch, mean, averaged: None,
) -> Network:
    """Train on `samples`, each read through its own fold of `wide` (folds, n-grams + 1, items + 1) with its
    mean `biases` (items + 1), and return the averaged network. Raises TrainingError when the loss is not
    finite."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    network = Network(shape_of(vocabulary, labels, recipe))
    network.utterance.bias.data.copy_(torch.from_numpy(biases))
    averaged = copy.deepcopy(network).requires_grad_(False)
    optimizer = _optimizer(network, recipe)
    folds = [fold_of(sample) for sample in samples]
    augmenters = [
        Augmenter(
            recipe.rates,
            vocabulary,
            [s for s, f in zip(samples, folds, strict=True) if f == fold],
            recipe.longest,
        )
        for fold in range(len(wide))
    ]
    step, total = 0, 0
    for epoch in range(recipe.epochs):
        encoded = [
            encode(_draw(sample, augmenters[at], recipe, rng), vocabulary, labels, wide[at])
            for sample, at in zip(samples, folds, strict=True)
        ]
        groups = _grouped(encoded, recipe.characters, rng)
        total = total or len(groups) * recipe.epochs
        losses = 0.0
        for group in groups:
            batch = blanked(pad([encoded[index] for index in group]), recipe)
            _schedule(optimizer, recipe, step, total)
            losses += _step(network, batch, optimizer, recipe)
            step += 1
            _follow(averaged, network, min(recipe.average, (1 + step) / (10 + step)))
        progress(epoch, losses / len(groups), averaged)
    return averaged.eval()


def shape_of(vocabulary: Vocabulary, labels: Labelling, recipe: Recipe) -> Shape:
    """The network's shape for this vocabulary and recipe."""
    sizes = recipe.sizes
    return Shape(
        characters=len(vocabulary.characters) + UNKNOWN + 1,
        syllables=len(vocabulary.syllables) + 1,
        ngrams=len(vocabulary.ngrams) + 1,
        items=len(labels.items),
        subtypes=len(labels.subtypes),
        channels=len(CHANNELS),
        hidden=sizes.hidden,
        heads=sizes.heads,
        inner=sizes.inner,
        blocks=sizes.blocks,
        character_size=sizes.character_size,
        syllable_size=sizes.syllable_size,
        ngram_size=sizes.ngram_size,
        dropout=sizes.dropout,
    )


def blanked(batch: Batch, recipe: Recipe) -> Batch:
    """Blank views at random, in place: single n-grams, characters (to unknown), syllables."""
    rows, size = batch.rows, batch.rows.shape[:2]
    rows[..., 2:][torch.rand(*size, rows.shape[2] - 2) < recipe.ngram_dropout] = 0
    rows[..., 0][(torch.rand(size) < recipe.character_dropout) & (rows[..., 0] > 0)] = UNKNOWN
    rows[..., 1][torch.rand(size) < recipe.character_dropout] = 0
    return batch


def _draw(sample: Sample, augmenter: Augmenter, recipe: Recipe, rng: random.Random) -> Sample:
    variant = augmenter(sample, rng) if recipe.augment else sample
    if len(variant.text) > recipe.longest:
        start = rng.randint(0, len(variant.text) - recipe.longest)
        variant = variant.cut(start, start + recipe.longest)
    return variant if variant.text.strip() else sample.cut(0, recipe.longest)


def _grouped(encoded: Sequence[Encoded], characters: int, rng: random.Random) -> list[list[int]]:
    order = list(range(len(encoded)))
    rng.shuffle(order)
    chunks: Iterator[list[int]] = (order[at : at + CHUNK] for at in range(0, len(order), CHUNK))
    by_length = [index for chunk in chunks for index in sorted(chunk, key=lambda i: len(encoded[i].rows))]
    groups = list(batches(encoded, by_length, characters))
    rng.shuffle(groups)
    return groups


def _optimizer(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    """Embedding tables learn faster and are not decayed: a rare row is seen too seldom to be pulled back."""
    tables = [module.weight for module in network.modules() if isinstance(module, nn.Embedding)]
    known = {id(weight) for weight in tables}
    others = [weight for weight in network.parameters() if id(weight) not in known]
    return torch.optim.AdamW(
        [
            {"params": tables, "scale": recipe.table_rate, "weight_decay": 0.0},
            {"params": others, "scale": 1.0, "weight_decay": recipe.decay},
        ],
        betas=(0.9, 0.98),
    )


def _schedule(optimizer: torch.optim.Optimizer, recipe: Recipe, step: int, total: int) -> None:
    """Linear warm-up, then half a cosine down to a thousandth."""
    falling = 0.5 * (1 + math.cos(math.pi * min(1.0, step / total)))
    for group in optimizer.param_groups:
        group["lr"] = recipe.rate * group["scale"] * max(1e-3, min(1.0, step / recipe.warmup) * falling)


def _step(network: Network, batch: Batch, optimizer: torch.optim.Optimizer, recipe: Recipe) -> float:
    with torch.autocast("cpu", torch.bfloat16, enabled=recipe.bfloat16):
        outputs = network(batch.rows, batch.wide, batch.channel, batch.mask)
    value = loss(outputs, batch, recipe.weights)
    if not torch.isfinite(value):
        raise TrainingError("the loss is not finite: lower Recipe.rate, or set bfloat16=False")
    optimizer.zero_grad()
    value.backward()
    nn.utils.clip_grad_norm_(network.parameters(), CLIP)
    optimizer.step()
    return float(value.detach())


@torch.no_grad()
def _follow(averaged: Network, network: Network, share: float) -> None:
    for mean, weight in zip(averaged.parameters(), network.parameters(), strict=True):
        mean.lerp_(weight, 1 - share)
