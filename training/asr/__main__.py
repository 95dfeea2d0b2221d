"""`python -m training.asr [stage …]`: synth, train, export, evaluate; without a stage all four in order."""

import json
from enum import StrEnum
from typing import Annotated

import torch
import typer

from training.asr import synth
from training.asr.config import MODEL_DIR, WORK, Config
from training.asr.convert import convert
from training.asr.evaluate import evaluate
from training.asr.export import export_openai
from training.asr.publish import CT2_FOLDER, OPENAI_FILE, Heard, publish
from training.asr.shards import count_utterances
from training.asr.tables import Tables
from training.asr.train import CHECKPOINT, Run

VERSION = "0.1.1"
SHARDS = WORK / "shards"


class Stage(StrEnum):
    """What one run does, in this order."""

    SYNTH = "synth"
    TRAIN = "train"
    EXPORT = "export"
    EVALUATE = "evaluate"


def main(
    stages: Annotated[list[Stage] | None, typer.Argument(help="all of them if none is named")] = None,
    size: Annotated[int, typer.Option(help="clips in each evaluation set")] = 200,
) -> None:
    """Build models/asr-demo: speak, train, export, measure. Every stage goes on where it was stopped."""
    torch.set_num_threads(1)
    config = Config()
    wanted = stages or list(Stage)
    if Stage.SYNTH in wanted:
        synth.run(config, SHARDS)
    if Stage.TRAIN in wanted:
        Run(config, WORK).train()
    if Stage.EXPORT in wanted:
        export(config)
    if Stage.EVALUATE in wanted:
        measure(config, size)


def export(config: Config) -> None:
    """Both forms of the weights, with a manifest without figures."""
    MODEL_DIR.mkdir(parents=True, exist_ok=True)
    export_openai(config, WORK / CHECKPOINT, Tables.build(config, WORK), MODEL_DIR / OPENAI_FILE)
    convert(MODEL_DIR / OPENAI_FILE, MODEL_DIR / CT2_FOLDER, "int8")
    publish(config, MODEL_DIR, _heard(), {}, VERSION)


def measure(config: Config, size: int) -> None:
    """Figures of what is exported, into manifest and card."""
    figures = evaluate(config, MODEL_DIR / CT2_FOLDER, size)
    publish(config, MODEL_DIR, _heard(), figures, VERSION)
    print(json.dumps(figures, ensure_ascii=False, indent=2))


def _heard() -> Heard:
    steps: int = torch.load(WORK / CHECKPOINT, weights_only=True)["step"]
    return Heard(count_utterances(SHARDS), steps)


if __name__ == "__main__":
    typer.run(main)
