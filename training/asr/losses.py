"""What training minimises.

Frame labels are the decisive helper: without them a small decoder learns the texts by heart and ignores the
sound; guided attention is what makes word times exact.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own name
from torch import Tensor

from training.asr.batches import IGNORED, Batch
from training.asr.config import Schedule
from training.asr.model import Output, Trainee

SLACK_FRAMES = 2
"""Attention this far (40 ms) outside a token's time costs nothing."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Mean cross entropies (nats) of tokens, frame phonemes and frame characters; attention: −log mass on the
    right frames; accuracy: share of tokens foretold right."""

    total: Tensor
    tokens: float
    phonemes: float
    characters: float
    attention: float
    accuracy: float


def losses(model: Trainee, output: Output, batch: Batch, schedule: Schedule) -> Losses:
    """All parts, weighted into `total`."""
    logits = output.logits.float().flatten(0, 1)
    targets = batch.targets.flatten()
    token_loss = F.cross_entropy(
        logits, targets, ignore_index=IGNORED, label_smoothing=schedule.label_smoothing
    )
    frames = output.frames.flatten(0, 1)
    phoneme_logits = _linear(model.phoneme_head, frames)
    phoneme_loss = F.cross_entropy(phoneme_logits, batch.phonemes.flatten())
    character_logits = _linear(model.character_head, frames[batch.character_frames])
    character_loss = F.cross_entropy(character_logits, batch.characters)
    attention_loss = _attention_loss(model, output.attention, batch.attention)
    total = (
        token_loss
        + schedule.phoneme_weight * phoneme_loss
        + schedule.character_weight * character_loss
        + schedule.attention_weight * attention_loss
    )
    known = targets != IGNORED
    accuracy = (logits.argmax(-1) == targets)[known].float().mean()
    return Losses(
        total,
        token_loss.item(),
        phoneme_loss.item(),
        character_loss.item(),
        attention_loss.item(),
        accuracy.item(),
    )


def _linear(layer: torch.nn.Linear, state: Tensor) -> Tensor:
    return F.linear(state, layer.weight.to(state.dtype), layer.bias.to(state.dtype)).float()


def _attention_loss(model: Trainee, attention: list[Tensor], spans: Tensor) -> Tensor:
    """Guided layers should look at the token they foretell; the layers before at the token they were given,
    which is found by its sound: from there "the next one" is a short step. One head of those is left free."""
    loss = torch.zeros(())
    given = torch.cat([torch.zeros_like(spans[:, :1]), spans[:, :-1]], 1)
    for index, weights in enumerate(attention):
        if index < model.first_guided:
            loss = loss + _misplaced(weights[:, :-1], given)
        else:
            loss = loss + _misplaced(weights, spans)
    return loss / len(attention)


def _misplaced(weights: Tensor, spans: Tensor) -> Tensor:
    """−log of the weight inside each token's span, averaged over tokens that have one and over heads."""
    mass = torch.logsumexp(
        weights.masked_fill(~inside(spans, weights.shape[-1], SLACK_FRAMES)[:, None], -1e4), -1
    )
    guided = (spans[..., 1] > 0)[:, None]
    return -(mass.clamp(min=-20.0) * guided).sum() / (guided.sum() * weights.shape[1] + 1)


def inside(spans: Tensor, frames: int, slack: int) -> Tensor:
    """[B, T, 2] encoder frames → [B, T, frames], true inside each span."""
    index = torch.arange(frames)
    return (index >= spans[..., :1] - slack) & (index <= spans[..., 1:] + slack)


def forced_attention(spans: Tensor, frames: int, share: float) -> Tensor:
    """Even weights over the right frames for a random share of tokens, zero rows for the others: the decoder
    learns what sounds say before it has learnt where to look."""
    chosen = (torch.rand(spans.shape[:2]) < share) & (spans[..., 1] > 0)
    weights = (inside(spans, frames, 0) & chosen[..., None]).float()
    return weights / weights.sum(-1, keepdim=True).clamp(min=1.0)
