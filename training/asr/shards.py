"""Shards of spoken utterances on disk: features with the time of every character and phoneme.

One writer (`synth.py`) and any number of readers; a shard exists under its final name only once it is whole.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Utterance:
    """`features` [frames, 80] log10 mel power, float16; spans and phoneme starts in seconds.
    Music has no text."""

    text: str
    features: NDArray[np.float16]
    spans: tuple[tuple[float, float], ...]
    phonemes: tuple[tuple[float, str], ...]

    @property
    def frames(self) -> int:
        return len(self.features)


def write_shard(path: Path, utterances: Sequence[Utterance]) -> None:
    """Write a shard atomically: the features as one array, the rest as JSON lines beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        {"text": u.text, "frames": u.frames, "spans": _rounded(u.spans), "phonemes": _rounded(u.phonemes)}
        for u in utterances
    ]
    path.with_suffix(".jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
    partial = path.with_suffix(".part.npy")
    np.save(partial, np.concatenate([u.features for u in utterances]))
    partial.rename(path)


def read_shard(path: Path) -> list[Utterance]:
    """The utterances of one shard; their features stay on disk until used."""
    features = np.load(path, mmap_mode="r")
    utterances, start = [], 0
    for line in path.with_suffix(".jsonl").read_text("utf-8").split("\n"):
        row = json.loads(line)
        end = start + row["frames"]
        spans = tuple((a, b) for a, b in row["spans"])
        phonemes = tuple((a, name) for a, name in row["phonemes"])
        utterances.append(Utterance(row["text"], features[start:end], spans, phonemes))
        start = end
    return utterances


def count_utterances(folder: Path) -> int:
    """How many utterances the whole shards hold."""
    return sum(len(read_shard(path)) for path in shard_paths(folder))


def shard_paths(folder: Path) -> list[Path]:
    """Whole shards in order."""
    return sorted(path for path in folder.glob("*.npy") if not path.name.endswith(".part.npy"))


def _rounded(pairs: Sequence[tuple[float, float | str]]) -> list[list[float | str]]:
    return [
        [round(first, 4), round(second, 4) if isinstance(second, float) else second]
        for first, second in pairs
    ]
