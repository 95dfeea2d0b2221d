"""The model card: what the model is, how good, and what it must not be used for."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.report import text
from service.classify.windows import WINDOW

_HEAD = """# {name} {version}

A character-level classifier of Chinese live-commerce talk. For every character and each of the sixteen items
of clause 7.4.6.1 it says how likely the character belongs to a violating phrase, and how likely the words are
used lawfully (denied, asked, quoted, a rule, a limit). It proposes spans; the judge decides.

## Made from

- Trained from random weights by `python -m training` on {train} labelled lines of `training/data` (SHA-256 of
  the data: `{data}`), {epochs} epochs, seed {seed}, one CPU thread, {seconds} s. Nothing else was used: no
  outside text, no outside weights.
- A linear model over n-grams of characters, syllables and words is fitted first; a small network of
  convolutions and attention reads its evidence and corrects it. Augmentation: sound-alikes, evasions, dropped
  punctuation, fillers, neighbours in the same breath, cut edges.
- Files: {sizes}. Texts longer than {window} characters are read in overlapping windows of that length.
- Licence: {licence}.

## How good (development split, {dev} lines, the model alone without lexicon and judge)

Calibration (twice {features} weights and a shrunken bias per item) and thresholds were chosen on these same
lines, so the figures are a little kind. Percentages with 95 % bootstrap intervals over lines.

| figure | value |
|---|---|
"""
_TAIL = """
## Must not be used for

- Deciding by itself: no verdict, count or penalty may rest on it without a person (handbook §1.2, §4).
- Texts other than talk, messages and titles of live commerce in Chinese; other languages are noise to it.
- Judging persons. It reads words, knows no speaker, and is most often wrong on paraphrases and on lawful
  words that look like claims.
"""


def card(manifest: Mapping[str, Any]) -> str:
    """`CARD.md` from the manifest."""
    training, figures = manifest["training"], manifest["figures"]["model_alone"]
    head = _HEAD.format(
        name=manifest["name"],
        version=manifest["version"],
        licence=manifest["licence"],
        train=training["lines"]["train"],
        dev=training["lines"]["dev"],
        data=training["data_sha256"][:16],
        epochs=training["recipe"]["epochs"],
        seed=training["recipe"]["seed"],
        seconds=training["seconds"],
        window=WINDOW,
        sizes=", ".join(f"`{name}`" for name in manifest["files"]),
        features=len(manifest["calibration"]["features"]),
    )
    rows = [
        ("span precision (IoU ≥ 0.5)", figures["spans"]["precision"]),
        ("span recall", figures["spans"]["recall"]),
        ("span F1", figures["spans"]["f1"]),
        ("line precision", figures["line"]["precision"]),
        ("line recall", figures["line"]["recall"]),
        *((f"line recall, {kind}", cell) for kind, cell in figures["recall_by_kind"].items()),
        ("lawful lines that pass", figures["lawful_pass"]["all"]),
        ("lawful lines that pass, exempt", figures["lawful_pass"]["exempt"]),
        ("lawful lines that pass, clean", figures["lawful_pass"]["clean"]),
        ("subtype right, of found spans", figures["subtype_accuracy"]),
        ("contrast pairs with both lines right", figures["pairs_right"]),
    ]
    table = "".join(f"| {label} | {text(cell)} |\n" for label, cell in rows)
    table += f"| span F1, mean of the 16 items | {100 * manifest['figures']['macro_f1']:.1f} |\n"
    return head + table + _items(figures["items"], manifest["thresholds"]) + _TAIL


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in lower-case hexadecimal, as manifests state it."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _items(items: Mapping[str, Any], thresholds: Mapping[str, float]) -> str:
    rows = [
        f"| {item} | {text(row['precision'])} | {text(row['recall'])} | {text(row['f1'])} "
        f"| {text(row['line_recall'])} | {thresholds[item]:.2f} |\n"
        for item, row in items.items()
    ]
    head = "\n| item | span P | span R | span F1 | line R | threshold |\n|---|---|---|---|---|---|\n"
    return head + "".join(rows)
