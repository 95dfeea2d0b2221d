"""A training checkpoint → the file that unmodified openai-whisper loads.

The used rows go back to their place in the full vocabulary; the others get the constant that silences them
(model.py). The zip that torch writes is compressed: nearly all of the embedding is that constant.
"""

import zipfile
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor

from training.asr.config import Config
from training.asr.model import dimensions
from training.asr.tables import Tables
from training.asr.vocabulary import FULL_SIZE

_EMBEDDING = "decoder.token_embedding.weight"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def full_state(average: dict[str, Tensor], tables: Tables, unused_logit: float) -> dict[str, Tensor]:
    """Half-precision state of a `whisper.model.Whisper` with all 51,865 rows."""
    own = {name.removeprefix("whisper."): w for name, w in average.items() if name.startswith("whisper.")}
    used = own[_EMBEDDING]
    embedding = torch.zeros(FULL_SIZE, used.shape[1])
    embedding[:, -1] = unused_logit
    embedding[torch.tensor(tables.vocabulary.rows)] = used
    return {name: weight.half() for name, weight in (own | {_EMBEDDING: embedding}).items()}


def export_openai(config: Config, checkpoint: Path, tables: Tables, target: Path) -> None:
    """Write `target` (a `.pt` for `whisper.load_model`) from the moving average in `checkpoint`."""
    average = torch.load(checkpoint, weights_only=True)["average"]
    state = full_state(average, tables, config.network.unused_logit)
    plain = target.with_suffix(".part")
    torch.save({"dims": asdict(dimensions(config.network, FULL_SIZE)), "model_state_dict": state}, plain)
    deflate(plain, target)
    plain.unlink()


def deflate(source: Path, target: Path) -> None:
    """The same zip archive with its members compressed and undated."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name), compresslevel=9)
