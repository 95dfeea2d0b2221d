"""`make perf`: every figure, one table, and eval/perf/figures.json for the reader."""

import importlib
import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

MODULES = ("text", "classify", "decode", "asr", "lines", "service")
FIGURES = Path(__file__).with_name("figures.json")


def main() -> None:
    """Run every module, print and keep the figures."""
    figures = {}
    table = Table(show_edge=False)
    for heading in ("suite", "figure", "value"):
        table.add_column(heading)
    for name in MODULES:
        figures[name] = importlib.import_module(f"eval.perf.{name}").run()
        for figure, value in figures[name].items():
            shown = f"{value:.4g}" if isinstance(value, float) else str(value)
            table.add_row(name, figure, shown)
    FIGURES.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    Console().print(table)


if __name__ == "__main__":
    main()
