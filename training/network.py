"""The network: four views of each character, dilated context by convolutions and attention, four heads."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from service.classify.features import WIDTH

RARE = -4.0
"""First logit of the span heads: about one character in fifty belongs to a span of a given item."""
REACH = 32
"""Relative distances beyond this many characters share one attention bias."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes. `blocks` is a word over c (convolution) and a (attention), in order."""

    characters: int
    syllables: int
    ngrams: int
    items: int
    subtypes: int
    channels: int
    hidden: int = 192
    heads: int = 6
    inner: int = 512
    blocks: str = "caca"
    character_size: int = 96
    syllable_size: int = 48
    ngram_size: int = 48
    longest: int = 128
    dropout: float = 0.15


class FeatureDropout(nn.Module):
    """Dropout of whole features of one text, the same for all its characters: cheap and firm."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """x (batch, length, features), same shape out."""
        if not self.training or self.rate == 0:
            return x
        keep = torch.rand(x.shape[0], 1, x.shape[2]) >= self.rate
        return x * keep.to(x.dtype) / (1 - self.rate)


class Attention(nn.Module):
    """Self-attention with a learned bias per head and distance, then a two-layer network; both residual."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.before = nn.LayerNorm(shape.hidden)
        self.project = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.between = nn.LayerNorm(shape.hidden)
        self.inner = nn.Linear(shape.hidden, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.hidden)
        self.bias = nn.Parameter(torch.zeros(shape.heads, 2 * REACH + 1))
        self.drop = FeatureDropout(shape.dropout)
        places = torch.arange(shape.longest)
        distance = (places[None, :] - places[:, None]).clamp(-REACH, REACH) + REACH
        self.register_buffer("distance", distance, persistent=False)
        self.distance: Tensor

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (batch, length, hidden), mask (batch, length) 1 where there is text."""
        batch, length, hidden = x.shape
        split = self.project(self.before(x)).view(batch, length, 3, self.heads, hidden // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) * (hidden // self.heads) ** -0.5
        scores = scores + self.bias[:, self.distance[:length, :length]]
        scores = scores.float() + (mask[:, None, None, :] - 1.0) * 1e4
        context = functional.softmax(scores, dim=-1).to(value.dtype) @ value
        x = x + self.drop(self.out(context.transpose(1, 2).reshape(batch, length, hidden)))
        return x + self.drop(self.outer(functional.gelu(self.inner(self.between(x)))))


class Convolution(nn.Module):
    """Five characters at a time, gated, residual. Padding is zeroed so that it cannot leak in."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.before = nn.LayerNorm(shape.hidden)
        self.filter = nn.Conv1d(shape.hidden, 2 * shape.hidden, 5, padding=2)
        self.drop = FeatureDropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Same shapes as `Attention.forward`."""
        inside = (self.before(x) * mask[..., None]).transpose(1, 2)
        value, gate = self.filter(inside).transpose(1, 2).chunk(2, dim=-1)
        return x + self.drop(value * torch.sigmoid(gate))


class Network(nn.Module):
    """Feature rows of one text → logits per character and per utterance."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.character = nn.Embedding(shape.characters, shape.character_size, padding_idx=0)
        self.syllable = nn.Embedding(shape.syllables, shape.syllable_size, padding_idx=0)
        self.ngram = nn.Embedding(shape.ngrams, shape.ngram_size, padding_idx=0)
        self.channel = nn.Embedding(shape.channels, shape.hidden)
        views = shape.character_size + shape.syllable_size + (WIDTH - 2) * shape.ngram_size
        views += shape.items + 1
        self.enter = nn.Linear(views, shape.hidden)
        self.blocks = nn.ModuleList(
            Attention(shape) if block == "a" else Convolution(shape) for block in shape.blocks
        )
        self.leave = nn.LayerNorm(shape.hidden)
        self.spans = nn.Linear(shape.hidden, shape.items)
        self.subtypes = nn.Linear(shape.hidden, shape.subtypes)
        self.lawful = nn.Linear(shape.hidden, 1)
        self.utterance = nn.Linear(2 * shape.hidden, shape.items + 1)
        self.trust = nn.Parameter(torch.ones(shape.items + 1))
        self.drop = FeatureDropout(shape.dropout)
        for table in (self.character, self.syllable, self.ngram):
            nn.init.normal_(table.weight, std=0.1)
            nn.init.zeros_(table.weight[0])
        nn.init.constant_(self.spans.bias, RARE)
        nn.init.constant_(self.lawful.bias, RARE)
        nn.init.normal_(self.channel.weight, std=0.02)

    def encode(self, rows: Tensor, wide: Tensor, channel: Tensor, mask: Tensor) -> Tensor:
        """rows (batch, length, WIDTH) int, wide (batch, length, items + 1), channel (batch) int, mask (batch,
        length) → (batch, length, hidden)."""
        each = [self.character(rows[..., 0]), self.syllable(rows[..., 1]), wide]
        if self.shape.ngram_size:
            each.append(self.ngram(rows[..., 2:]).flatten(-2))
        views = torch.cat(each, dim=-1)
        x = self.enter(self.drop(views)) + self.channel(channel)[:, None, :]
        for block in self.blocks:
            x = block(x, mask)
        return self.leave(x)

    def forward(
        self, rows: Tensor, wide: Tensor, channel: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Inputs as for `encode`. Logits: items (batch, length, items), subtypes (batch, length, subtypes),
        lawful (batch, length), utterance (batch, items + 1; the last is for any item)."""
        x = self.drop(self.encode(rows, wide, channel, mask))
        top = (x + (mask[..., None] - 1.0) * 1e4).amax(1)
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1.0)
        whole = self.utterance(torch.cat([top, mean], dim=-1))
        whole = whole + self.trust * utterance_of(wide, mask)
        return self.spans(x), self.subtypes(x), self.lawful(x).squeeze(-1), whole


def utterance_of(wide: Tensor, mask: Tensor) -> Tensor:
    """Logits (batch, items + 1) of the linear part, biases apart: evidence over the root of length."""
    return wide.sum(1) / mask.sum(1, keepdim=True).clamp(min=1.0).sqrt()
