"""The losses of the four heads."""

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch
from training.recipe import Weights


def loss(outputs: tuple[Tensor, Tensor, Tensor, Tensor], batch: Batch, weights: Weights) -> Tensor:
    """Weighted sum; span, subtype and lawful losses per character of text, utterance losses per text."""
    spans, subtypes, lawful, whole = (output.float() for output in outputs)
    characters = batch.mask.sum()
    per_item = functional.binary_cross_entropy_with_logits(spans, batch.spans, batch.weights, reduction="sum")
    per_subtype = functional.cross_entropy(subtypes.flatten(0, 1), batch.subtypes.flatten(), reduction="sum")
    per_lawful = functional.binary_cross_entropy_with_logits(
        lawful, batch.lawful, batch.mask, reduction="sum"
    )
    per_text = functional.binary_cross_entropy_with_logits(
        whole, batch.whole, batch.whole_weights, reduction="sum"
    )
    each = per_item + weights.subtype * per_subtype + weights.lawful * per_lawful
    return torch.add(each / characters, per_text, alpha=weights.utterance / len(whole))
