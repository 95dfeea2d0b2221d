"""Everything in models/asr-demo: both forms of the weights, the manifest with hashes and figures, a card."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from training.asr.config import Config
from training.data import data_hash

CARD = Path(__file__).with_name("card.md")
OPENAI_FILE = "openai.pt"
CT2_FOLDER = "ct2"
LISTENING = {"own_length": False, "join_gap_ms": 300}
"""Filled up to 30 s: in windows that end where the sound does the model does not stop and repeats itself
(sentences cut anywhere: 226 % CER, filled 14 %). Sentences more than 300 ms apart are heard one by one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a checkpoint was made from: utterances on disk and steps of training."""

    utterances: int
    steps: int


def publish(
    config: Config, folder: Path, heard: Heard, figures: dict[str, dict[str, float]], version: str
) -> None:
    """Write manifest.json and CARD.md beside the exported files."""
    names = [OPENAI_FILE, *(f"{CT2_FOLDER}/{path.name}" for path in sorted((folder / CT2_FOLDER).iterdir()))]
    manifest = {
        "name": "asr-demo",
        "version": version,
        "kind": "asr",
        "engine_files": {"openai-whisper": OPENAI_FILE, "faster-whisper": CT2_FOLDER},
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names},
        "licence": "Apache-2.0",
        "language": "zh",
        "demo_only": True,
        "listening": LISTENING,
        "trained_on": _trained_on(config, heard),
        "figures": figures,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8")
    card = Template(CARD.read_text("utf-8"))
    rows = "\n".join(_row(name, figure) for name, figure in figures.items())
    (folder / "CARD.md").write_text(
        card.substitute(figures=rows, version=version, **_trained_on(config, heard)), "utf-8"
    )


def _trained_on(config: Config, heard: Heard) -> dict[str, Any]:
    return {
        "speech": f"espeak-ng 1.51, {config.voices.language}, {len(config.voices.common) + 1} variants",
        "utterances": heard.utterances,
        "steps": heard.steps,
        "hours_heard": round(heard.steps * config.schedule.batch_s / 3600),
        "texts": "training split of training/data, words of jieba's dictionary, training/asr/script.yaml",
        "data_sha256": data_hash(),
        "seed": config.seed,
    }


def _row(name: str, figure: dict[str, float]) -> str:
    low, high = 100 * figure["cer_low"], 100 * figure["cer_high"]
    return (
        f"| {name} | {figure['clips']} / {figure['characters']} | {100 * figure['cer']:.1f} % | "
        f"{low:.1f}–{high:.1f} % | {figure['start_median_ms']:.0f} / {figure['start_p90_ms']:.0f} ms |"
    )
