"""The text classifier on one core: a 64-character sentence, against the same network in torch float32.

Both get one text at a time, interleaved, after a warm-up; CPU time of the thread, so that neighbours on the
machine do not count. Torch runs the network alone on finished features
(random weights of the shipped shape: time does not depend on them); the service is timed whole, from folded
text to calibrated candidates, and its network alone beside it.
"""

import json
import time
from collections.abc import Callable

import numpy as np
import torch

from eval.run import HOME
from service.classify.onnx import OnnxClassifier
from service.settings import Settings
from service.text.fold import fold
from training.batches import Labelling
from training.data import load
from training.fit import shape_of
from training.network import Network
from training.recipe import Recipe, Sizes

LENGTH = 64
ROUNDS = 300
TEXTS = 50


def run() -> dict[str, float]:
    """CPU milliseconds of each way (median, 95th percentile), and torch's median over ONNX Runtime's."""
    torch.set_num_threads(1)
    settings = Settings()
    classifier = OnnxClassifier.load(settings.models_dir / str(settings.classifier))
    texts = [fold(text) for text in sentences()]
    rows = [classifier.vocabulary.encode(text.folded)[None] for text in texts]
    network = _torch_network(classifier)
    wide = torch.zeros(1, LENGTH, len(classifier.names.items) + 1)
    mask, channel = torch.ones(1, LENGTH), torch.zeros(1, dtype=torch.int64)
    inputs = [torch.from_numpy(row.astype(np.int64)) for row in rows]
    feeds = [{"rows": row, "channel": np.zeros(1, np.int64)} for row in rows]
    ways: dict[str, Callable[[int], object]] = {
        "service": lambda at: classifier.score([texts[at]], [HOME]),
        "onnx": lambda at: classifier.session.run(None, feeds[at]),
        "torch": lambda at: network(inputs[at], wide, channel, mask),
    }
    with torch.inference_mode():
        times = _interleaved(ways)
    figures = {f"{name}_p50_ms": float(np.median(spent)) for name, spent in times.items()}
    figures |= {f"{name}_p95_ms": float(np.percentile(spent, 95)) for name, spent in times.items()}
    figures["torch_over_onnx"] = figures["torch_p50_ms"] / figures["onnx_p50_ms"]
    return figures


def sentences() -> list[str]:
    """Development lines whose folded text has at least 64 characters, cut to 64."""
    texts = (line.text for line in load("dev") if line.text.isprintable() and len(line.text) >= LENGTH)
    return [text[:LENGTH] for text in texts if len(fold(text[:LENGTH]).folded) == LENGTH][:TEXTS]


def main() -> None:
    """Print the figures as JSON."""
    print(json.dumps(run(), indent=2))


def _interleaved(ways: dict[str, Callable[[int], object]]) -> dict[str, list[float]]:
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS):
        for name, way in ways.items():
            started = time.thread_time()
            way(number % TEXTS)
            if number >= TEXTS:
                spent[name].append((time.thread_time() - started) * 1000)
    return spent


def _torch_network(classifier: OnnxClassifier) -> Network:
    sizes = classifier.manifest.details["training"]["recipe"]["sizes"]
    labels = Labelling.of(classifier.names.subtypes)
    return Network(shape_of(classifier.vocabulary, labels, Recipe(sizes=Sizes(**sizes)))).eval()


if __name__ == "__main__":
    main()
