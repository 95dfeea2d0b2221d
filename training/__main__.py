"""`python -m training`: train → calibrate → export → card, into `models/<name>/`. One command, one seed."""

import argparse
import dataclasses
import json
import time
from pathlib import Path

import torch

from service.classify.features import Vocabulary
from training.batches import Labelling
from training.data import Line, data_hash, load, load_labels
from training.fit import fit
from training.network import Network
from training.recipe import Recipe
from training.release import Trained, release
from training.samples import Sample, sample
from training.vocabulary import build_vocabulary
from training.wide import Table, fit_wide

MODELS = Path(__file__).parents[1] / "models"


def main() -> None:
    """Train by the recipe (or the given changes to it) and write the model folder."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--out", type=Path, help="folder to write (default: models/<name>)")
    parser.add_argument("--epochs", type=int, help="fewer for a trial")
    parser.add_argument("--seed", type=int)
    arguments = parser.parse_args()
    changes = {key: getattr(arguments, key) for key in ("epochs", "seed")}
    recipe = dataclasses.replace(Recipe(), **{k: v for k, v in changes.items() if v is not None})
    run(recipe, arguments.out or MODELS / recipe.name, load("train"), load("dev"))


def run(recipe: Recipe, folder: Path, train: list[Line], dev: list[Line]) -> dict[str, object]:
    """Train on `train`, calibrate and choose thresholds on `dev`, write `folder`; returns its figures."""
    torch.set_num_threads(1)
    started = time.monotonic()
    labels = Labelling.of(sorted(load_labels().subtypes))
    vocabulary = build_vocabulary(line.text for line in train)
    network, table = _train(recipe, train, vocabulary, labels)
    trained = Trained(recipe, network, table, vocabulary, labels)
    record = {
        "recipe": dataclasses.asdict(recipe),
        "data_sha256": data_hash(),
        "lines": {"train": len(train), "dev": len(dev)},
        "seconds": round(time.monotonic() - started),
    }
    figures = release(folder, trained, dev, record)
    print(json.dumps({key: figures[key] for key in ("spans", "line", "lawful_pass")}, indent=1))
    return figures


def _train(
    recipe: Recipe, train: list[Line], vocabulary: Vocabulary, labels: Labelling
) -> tuple[Network, Table]:
    samples = repeated(train, recipe.ordinary_network)
    weights, biases = fit_wide(repeated(train, recipe.ordinary_wide), vocabulary, labels)
    print(f"{len(train)} lines, {len(vocabulary.ngrams)} n-grams; the wide part is fitted", flush=True)
    started = time.monotonic()

    def progress(epoch: int, loss: float, _: Network) -> None:
        spent = time.monotonic() - started
        print(f"epoch {epoch + 1}/{recipe.epochs}  loss {loss:.4f}  {spent:.0f} s", flush=True)

    network = fit(samples, vocabulary, labels, weights, biases.mean(axis=0), recipe, progress)
    return network, weights.mean(axis=0)


def repeated(lines: list[Line], times: int) -> list[Sample]:
    """Samples of the lines, those of ordinary talk `times` times."""
    return [sample(line) for line in lines for _ in range(times if line.ordinary else 1)]


if __name__ == "__main__":
    main()
