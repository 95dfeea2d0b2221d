"""Whisper's network over the used rows of the vocabulary, with two heads that only training needs.

Exact export: the last channel of the decoder's final normalisation is held at 1 (weight 0, bias 1), and used
rows hold 0 there. An unused row of the full vocabulary gets `unused_logit` in that channel, 0 elsewhere: its
logit is that constant, so unmodified engines can never say it, and the used logits are untouched.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own name
from torch import Tensor, nn
from whisper.model import ModelDimensions, Whisper

from training.asr.config import Network
from training.asr.features import MELS

AUDIO_CONTEXT = 1500
TEXT_CONTEXT = 448


@dataclass(frozen=True, slots=True)
class Output:
    """logits [B, T, V]; frames [B, F/2, width] of the encoder; attention: log weights [B, heads, T, F/2] of
    each decoder layer."""

    logits: Tensor
    frames: Tensor
    attention: list[Tensor]


def dimensions(network: Network, vocabulary: int) -> ModelDimensions:
    """Whisper's own description of a network of this size."""
    return ModelDimensions(
        n_mels=MELS, n_audio_ctx=AUDIO_CONTEXT, n_audio_state=network.width, n_audio_head=network.heads,
        n_audio_layer=network.encoder_layers, n_vocab=vocabulary, n_text_ctx=TEXT_CONTEXT,
        n_text_state=network.width, n_text_head=network.heads, n_text_layer=network.decoder_layers,
    )  # fmt: skip


class Trainee(nn.Module):
    """`whisper` is an openai-whisper model; its forward pass is written out to allow short windows and to
    see the attention of the guided layers: the second half of the decoder, whose heads time words."""

    def __init__(self, network: Network, vocabulary: int, phonemes: int, characters: int) -> None:
        super().__init__()
        self.whisper = Whisper(dimensions(network, vocabulary))
        self.phoneme_head = nn.Linear(network.width, phonemes + 1)
        self.character_head = nn.Linear(network.width, characters + 1)
        self.heads = network.heads
        self.first_guided = network.decoder_layers // 2
        self._start()

    def forward(
        self, features: Tensor, tokens: Tensor, dropout: float = 0.0, forced: Tensor | None = None
    ) -> Output:
        """features [B, 80, F] (F ≤ 3000, even), tokens [B, T]; computes in the features' precision.

        `forced` [B, T, F/2]: weights that guided layers use instead of their own in rows that are not zero.
        """
        frames = self._encode(features)
        states, attention = self._decode(tokens, frames, dropout if self.training else 0.0, forced)
        embedding = self.whisper.decoder.token_embedding.weight
        return Output(states @ embedding.to(states.dtype).T, frames, attention)

    @torch.no_grad()
    def hold_bias_channel(self) -> None:
        """Undo what a step did to the reserved channel."""
        decoder = self.whisper.decoder
        decoder.token_embedding.weight[:, -1] = 0.0
        decoder.ln.weight[-1] = 0.0
        decoder.ln.bias[-1] = 1.0

    def _encode(self, features: Tensor) -> Tensor:
        encoder = self.whisper.encoder
        state = F.gelu(encoder.conv1(features))
        state = F.gelu(encoder.conv2(state)).permute(0, 2, 1)
        state = state + encoder.positional_embedding[: state.shape[1]].to(state.dtype)
        for block in encoder.blocks:
            normal = _normal(block.attn_ln, state)
            state = state + self._attend(block.attn, normal, normal, causal=False)
            state = state + _feed(block, state)
        return _normal(encoder.ln_post, state)

    def _decode(
        self, tokens: Tensor, frames: Tensor, dropout: float, forced: Tensor | None
    ) -> tuple[Tensor, list[Tensor]]:
        decoder = self.whisper.decoder
        state = decoder.token_embedding(tokens) + decoder.positional_embedding[: tokens.shape[1]]
        state = F.dropout(state.to(frames.dtype), dropout)
        attention: list[Tensor] = []
        for index, block in enumerate(decoder.blocks):
            normal = _normal(block.attn_ln, state)
            state = state + F.dropout(self._attend(block.attn, normal, normal, causal=True), dropout)
            normal = _normal(block.cross_attn_ln, state)
            held = forced if index >= self.first_guided else None
            heard, weights = self._attend_openly(block.cross_attn, normal, frames, held)
            attention.append(weights)
            state = state + F.dropout(heard, dropout)
            state = state + F.dropout(_feed(block, state), dropout)
        return _normal(decoder.ln, state), attention

    def _split(self, state: Tensor) -> Tensor:
        return state.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def _attend(self, layer: nn.Module, queries: Tensor, keys: Tensor, causal: bool) -> Tensor:
        q, k, v = (self._split(x) for x in (layer.query(queries), layer.key(keys), layer.value(keys)))
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        out: Tensor = layer.out(mixed.transpose(1, 2).flatten(2))
        return out

    def _attend_openly(
        self, layer: nn.Module, queries: Tensor, keys: Tensor, forced: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        q, k, v = (self._split(x) for x in (layer.query(queries), layer.key(keys), layer.value(keys)))
        weights = ((q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)).float().log_softmax(-1)
        used = weights.exp()
        if forced is not None:
            used = torch.where(forced.sum(-1, keepdim=True)[:, None] > 0, forced[:, None], used)
        mixed = used.to(v.dtype) @ v
        return layer.out(mixed.transpose(1, 2).flatten(2)), weights

    @torch.no_grad()
    def _start(self) -> None:
        """Xavier weights, halved where they enter the residual stream; small embeddings."""
        decoder = self.whisper.decoder
        for name, weight in self.whisper.named_parameters():
            if weight.dim() == 2 and "embedding" not in name:
                nn.init.xavier_uniform_(weight)
            if name.endswith("bias") and "ln" not in name:
                nn.init.zeros_(weight)
        nn.init.normal_(decoder.token_embedding.weight, std=0.05)
        nn.init.normal_(decoder.positional_embedding, std=0.02)
        for block in (*self.whisper.encoder.blocks, *decoder.blocks):
            block.attn.out.weight.mul_(0.5)
            block.mlp[2].weight.mul_(0.5)
        self.hold_bias_channel()


def _normal(layer: nn.LayerNorm, state: Tensor) -> Tensor:
    weight, bias = layer.weight.to(state.dtype), layer.bias.to(state.dtype)
    return F.layer_norm(state, layer.normalized_shape, weight, bias, layer.eps)


def _feed(block: nn.Module, state: Tensor) -> Tensor:
    out: Tensor = block.mlp(_normal(block.mlp_ln, state))
    return out
