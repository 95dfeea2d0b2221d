"""Whisper's multilingual tokenizer as `tokenizer.json`, made from the ranks inside openai-whisper.

Without this file beside the weights faster-whisper asks the model hub for it.
"""

import base64
from pathlib import Path

import whisper
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from training.asr.vocabulary import tokenizer

_RANKS = Path(whisper.__file__).with_name("assets") / "multilingual.tiktoken"


def build() -> Tokenizer:
    """The same ids as openai-whisper for text, specials and timestamps."""
    ranks = _ranks()
    shown = _byte_characters()
    spell = {token: "".join(shown[byte] for byte in token) for token in ranks}
    vocabulary = {spell[token]: rank for token, rank in ranks.items()}
    merges = [(spell[left], spell[right]) for left, right in _merges(ranks)]
    built = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    built.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    built.decoder = decoders.ByteLevel()
    added = sorted(tokenizer().special_tokens.items(), key=lambda item: item[1])
    first_stamp = tokenizer().timestamp_begin
    built.add_special_tokens(
        [AddedToken(n, special=True, normalized=False) for n, i in added if i < first_stamp]
    )
    built.add_tokens([AddedToken(name, normalized=False) for name, index in added if index >= first_stamp])
    return built


def _ranks() -> dict[bytes, int]:
    rows = (line.split() for line in _RANKS.read_text("ascii").splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in rows}


def _merges(ranks: dict[bytes, int]) -> list[tuple[bytes, bytes]]:
    """Every split of a token into two tokens, in the order in which merging would reach it."""
    merges: list[tuple[int, int, int, bytes, bytes]] = []
    for token, rank in ranks.items():
        for cut in range(1, len(token)):
            left, right = token[:cut], token[cut:]
            if left in ranks and right in ranks:
                merges.append((rank, ranks[left], ranks[right], left, right))
    return [(left, right) for *_, left, right in sorted(merges)]


def _byte_characters() -> dict[int, str]:
    """The printable stand-in of every byte, as in byte-level BPE (GPT-2)."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + i) for i, byte in enumerate(others)}
