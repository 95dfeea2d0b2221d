"""Outcomes → one table of figures (JSON), and the same as text."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from eval import metrics
from eval.metrics import Ratio
from eval.outcome import Outcome
from training.marks import Kind

ITEMS = "abcdefghijklmnop"
Figures = dict[str, Any]
LAWFUL = (Kind.EXEMPT, Kind.CLEAN)
VIOLATING = tuple(kind for kind in Kind if not kind.lawful)


def summarise(outcomes: Sequence[Outcome]) -> Figures:
    """All figures of one way of deciding; each is `{"value", "low", "high", "n"}` with a 95 % interval."""
    return {
        "lines": len(outcomes),
        "spans": {name: _cell(r) for name, r in metrics.span_scores(outcomes).items()},
        "spans_exact": {name: _cell(r) for name, r in metrics.span_scores(outcomes, least=1.0).items()},
        "line": {name: _cell(r) for name, r in metrics.line_scores(outcomes).items()},
        "recall_by_kind": {kind.value: _cell(metrics.kind_recall(outcomes, kind)) for kind in VIOLATING},
        "lawful_pass": {
            "all": _cell(metrics.lawful_pass(outcomes)),
            "all_strict": _cell(metrics.lawful_pass(outcomes, strict=True)),
            **{kind.value: _cell(metrics.lawful_pass(outcomes, kind)) for kind in LAWFUL},
            **{f"{kind.value}_strict": _cell(metrics.lawful_pass(outcomes, kind, True)) for kind in LAWFUL},
        },
        "verdict_accuracy": _cell(metrics.verdict_accuracy(outcomes)),
        "subtype_accuracy": _cell(metrics.subtype_accuracy(outcomes)),
        "pairs_right": _cell(metrics.pair_accuracy(outcomes)),
        "items": {item: _item(outcomes, item) for item in ITEMS},
    }


def macro(figures: Figures, name: str = "f1") -> float:
    """Mean over the items of a span figure; an item without any counts as 0."""
    values = [figures["items"][item][name]["value"] or 0.0 for item in ITEMS]
    return sum(values) / len(values)


def show(console: Console, runs: Mapping[str, Figures]) -> None:
    """Print the runs side by side, then the items of the last one."""
    table = Table("figure", *runs, title="share of …, with 95 % bootstrap intervals over lines")
    for path, label in _ROWS:
        table.add_row(label, *(text(_at(figures, path)) for figures in runs.values()))
    table.add_row("span F1, mean of the 16 items", *(f"{100 * macro(run):.1f}" for run in runs.values()))
    console.print(table)
    name, last = list(runs.items())[-1]
    items = Table(
        "item", "span P", "span R", "span F1", "exact F1", "line P", "line R", title=f"by item: {name}"
    )
    for item, row in last["items"].items():
        columns = ("precision", "recall", "f1", "f1_exact", "line_precision", "line_recall")
        items.add_row(item, *(text(row[column]) for column in columns))
    console.print(items)


def text(cell: Figures | None) -> str:
    """`71.2 (66.0–76.1) n=320` in per cent (or per mille for alarms), `–` for none."""
    if cell is None or cell["value"] is None:
        return "–"
    unit = 1.0 if cell.get("unit") == "per 1,000" else 100.0
    return f"{unit * cell['value']:.1f} ({unit * cell['low']:.1f}–{unit * cell['high']:.1f}) n={cell['n']}"


def alarms(accused: Sequence[bool]) -> Figures:
    """Alarms per 1,000 ordinary lines."""
    return _cell(metrics.false_alarms(accused)) | {"unit": "per 1,000"}


def _item(outcomes: Sequence[Outcome], item: str) -> Figures:
    spans, lines = metrics.span_scores(outcomes, item), metrics.line_scores(outcomes, item)
    return {
        **{name: _cell(ratio) for name, ratio in spans.items()},
        "f1_exact": _cell(metrics.span_scores(outcomes, item, least=1.0)["f1"]),
        "line_precision": _cell(lines["precision"]),
        "line_recall": _cell(lines["recall"]),
    }


def _cell(ratio: Ratio) -> Figures:
    value, interval = ratio.value, ratio.interval()
    if value is None or interval is None:
        return {"value": None, "low": None, "high": None, "n": ratio.count}
    low, high = interval
    return {"value": round(value, 4), "low": round(low, 4), "high": round(high, 4), "n": ratio.count}


def _at(figures: Figures, path: tuple[str, ...]) -> Figures | None:
    cell: Any = figures
    for key in path:
        cell = cell.get(key)
        if cell is None:
            return None
    return dict(cell)


_ROWS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("spans", "precision"), "span precision (IoU ≥ 0.5)"),
    (("spans", "recall"), "span recall"),
    (("spans", "f1"), "span F1"),
    (("spans_exact", "f1"), "span F1, exact ends"),
    (("line", "precision"), "line precision"),
    (("line", "recall"), "line recall"),
    *(((("recall_by_kind", kind.value)), f"  recall, {kind.value}") for kind in VIOLATING),
    (("lawful_pass", "all"), "lawful lines that pass"),
    (("lawful_pass", "exempt"), "  exempt"),
    (("lawful_pass", "clean"), "  clean"),
    (("lawful_pass", "all_strict"), "lawful lines with no finding at all"),
    (("verdict_accuracy",), "verdict right, of found spans"),
    (("subtype_accuracy",), "subtype right, of found spans"),
    (("pairs_right",), "contrast pairs with both lines right"),
    (("alarms",), "alarms per 1,000 ordinary lines"),
)
