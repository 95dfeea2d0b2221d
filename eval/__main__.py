"""`python -m eval`: quality of the service on a labelled split, as a table and as JSON.

This is the one entry point that may open the test split (`--split test`); everything that is tuned is
tuned on train and dev.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from eval.report import alarms, show, summarise
from eval.run import accused, outcomes, read_ordinary, ways
from service.settings import Settings
from training.data import SPLITS, data_hash, load


def main() -> None:
    """Measure and print; `--json` also writes the figures."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--ordinary", type=Path, help="text file of lawful lines: alarms per 1,000 lines")
    parser.add_argument("--ordinary-limit", type=int, help="take this many of them, evenly spread")
    parser.add_argument("--only", choices=("lexicon", "model", "both"), help="measure one way only")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    arguments = parser.parse_args()
    lines = load(arguments.split, for_evaluation=True)
    ordinary = read_ordinary(arguments.ordinary, arguments.ordinary_limit) if arguments.ordinary else []
    runs = {}
    for way in ways(Settings()):
        if arguments.only in (None, way.name):
            runs[way.name] = summarise(outcomes(way.pipeline, lines))
            runs[way.name]["versions"] = asdict(way.pipeline.versions)
            if ordinary:
                runs[way.name]["alarms"] = alarms(accused(way.pipeline, ordinary))
    console = Console(width=None if Console().is_terminal else 150)
    console.print(f"{arguments.split}: {len(lines)} labelled lines, {len(ordinary)} ordinary ones")
    show(console, runs)
    if arguments.json:
        record = {"split": arguments.split, "data_sha256": data_hash(), "runs": runs}
        arguments.json.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
