"""The work of `bozheng check --jsonl` without reading and writing: lines per CPU second with and without the
classifier, on our own dev lines, in batches as the command makes them.

The goal of 300 lines a second with the model is a floor for data work; without it shows what the model costs.
"""

import json
import time

from service.cli.jsonl import BATCH
from service.domain.context import AnalysisContext
from service.domain.vocabulary import Channel
from service.pipeline import Message, Pipeline
from service.settings import Settings
from training.data import load

LINES = 600


def run() -> dict[str, float]:
    """Lines per second, median of three interleaved rounds each."""
    utterances = [u for u in load(split="dev") if u.text][:LINES]
    messages = [Message(u.text, AnalysisContext(Channel(u.channel))) for u in utterances]
    pipelines = {"model": Pipeline.load(Settings()), "lexicon": Pipeline.load(Settings(), with_model=False)}
    seconds: dict[str, list[float]] = {name: [] for name in pipelines}
    for _ in range(3):
        for name, pipeline in pipelines.items():
            began = time.process_time()
            for at in range(0, len(messages), BATCH):
                pipeline.analyse(messages[at : at + BATCH])
            seconds[name].append(time.process_time() - began)
    rate = {name: len(messages) / sorted(times)[1] for name, times in seconds.items()}
    return {
        "lines_per_cpu_second_with_model": rate["model"],
        "lines_per_cpu_second_without_model": rate["lexicon"],
        "mean_characters_per_line": sum(len(m.text) for m in messages) / len(messages),
    }


def main() -> None:
    """Print the figures as one JSON line."""
    print(json.dumps(run()))


if __name__ == "__main__":
    main()
