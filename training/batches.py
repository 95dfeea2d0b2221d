"""Samples → padded arrays: features, targets, and the weights that leave silent spans out of the loss."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from service.classify.features import WIDTH, Vocabulary
from service.domain.vocabulary import Channel
from service.text.fold import fold
from training.samples import Role, Sample

CHANNELS = tuple(Channel)
IGNORED = -100
"""Subtype target of characters in no span (PyTorch's own default for `ignore_index`)."""


@dataclass(frozen=True, slots=True)
class Labelling:
    """Order of the outputs: item letters and subtype slugs."""

    items: tuple[str, ...]
    subtypes: tuple[str, ...]
    item_ids: Mapping[str, int]
    subtype_ids: Mapping[str, int]

    @classmethod
    def of(cls, subtypes: Sequence[str]) -> "Labelling":
        """Labels of all `subtypes`, sorted."""
        slugs = tuple(sorted(subtypes))
        items = tuple(sorted({slug[0] for slug in slugs}))
        return cls(
            items, slugs, {k: i for i, k in enumerate(items)}, {slug: i for i, slug in enumerate(slugs)}
        )


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sample in numbers, folded coordinates. Shapes: rows (n, WIDTH), wide (n, items + 1), spans and
    weights (n, items), subtypes and lawful (n), whole and whole_weights (items + 1)."""

    rows: np.ndarray
    wide: np.ndarray
    channel: int
    spans: np.ndarray
    weights: np.ndarray
    subtypes: np.ndarray
    lawful: np.ndarray
    whole: np.ndarray
    whole_weights: np.ndarray


@dataclass(frozen=True, slots=True)
class Batch:
    """Encoded samples padded to one length; mask is 1.0 where there is text."""

    rows: Tensor
    wide: Tensor
    channel: Tensor
    mask: Tensor
    spans: Tensor
    weights: Tensor
    subtypes: Tensor
    lawful: Tensor
    whole: Tensor
    whole_weights: Tensor


def encode(sample: Sample, vocabulary: Vocabulary, labels: Labelling, table: np.ndarray) -> Encoded:
    """Features and targets of one sample; `table` (n-grams + 1, items + 1) is the wide part that reads it."""
    text = fold(sample.text)
    length, items = len(text.folded), len(labels.items)
    rows = vocabulary.encode(text.folded)
    encoded = Encoded(
        rows=rows,
        wide=table[rows[:, 2:]].sum(axis=1),
        channel=CHANNELS.index(sample.channel),
        spans=np.zeros((length, items), np.float32),
        weights=np.ones((length, items), np.float32),
        subtypes=np.full(length, IGNORED, np.int64),
        lawful=np.zeros(length, np.float32),
        whole=np.zeros(items + 1, np.float32),
        whole_weights=np.ones(items + 1, np.float32),
    )
    for target in sample.targets:
        start, end = text.offsets.to_folded(*target.span)
        item = labels.item_ids[target.subtype[0]]
        if target.role is Role.SILENT:
            encoded.weights[start:end, item] = 0
            encoded.whole_weights[[item, -1]] = 0
            continue
        encoded.subtypes[start:end] = labels.subtype_ids[target.subtype]
        if target.role is Role.LAWFUL:
            encoded.lawful[start:end] = 1
        else:
            encoded.spans[start:end, item] = 1
            encoded.whole[[item, -1]] = 1
    encoded.whole_weights[encoded.whole > 0] = 1
    return encoded


def pad(encoded: Sequence[Encoded]) -> Batch:
    """One batch, padded to its longest sample."""
    longest = max(len(one.rows) for one in encoded)
    size, items = len(encoded), encoded[0].spans.shape[1]
    rows = np.zeros((size, longest, WIDTH), np.int64)
    wide = np.zeros((size, longest, items + 1), np.float32)
    mask = np.zeros((size, longest), np.float32)
    spans = np.zeros((size, longest, items), np.float32)
    weights = np.zeros((size, longest, items), np.float32)
    subtypes = np.full((size, longest), IGNORED, np.int64)
    lawful = np.zeros((size, longest), np.float32)
    for at, one in enumerate(encoded):
        length = len(one.rows)
        rows[at, :length], wide[at, :length], mask[at, :length] = one.rows, one.wide, 1
        spans[at, :length], weights[at, :length] = one.spans, one.weights
        subtypes[at, :length], lawful[at, :length] = one.subtypes, one.lawful
    arrays = (
        rows,
        wide,
        np.array([one.channel for one in encoded], np.int64),
        mask,
        spans,
        weights,
        subtypes,
        lawful,
        np.stack([one.whole for one in encoded]),
        np.stack([one.whole_weights for one in encoded]),
    )
    return Batch(*(torch.from_numpy(array) for array in arrays))


def batches(encoded: Sequence[Encoded], order: Sequence[int], characters: int) -> Iterator[list[int]]:
    """Indices in `order` grouped so that a padded batch holds about `characters` characters."""
    group: list[int] = []
    longest = 0
    for index in order:
        longest = max(longest, len(encoded[index].rows))
        if group and longest * (len(group) + 1) > characters:
            yield group
            group, longest = [], len(encoded[index].rows)
        group.append(index)
    if group:
        yield group
