"""A trained network → a model folder: network and vocabulary, calibration, thresholds, manifest and card."""

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.outcome import Outcome, Said
from eval.report import Figures, macro, summarise
from service.classify.calibration import FEATURES, Calibration, Logistic
from service.classify.features import Vocabulary
from service.classify.onnx import NETWORK, VOCABULARY, OnnxClassifier
from service.classify.scores import TextScores
from service.domain.context import AnalysisContext
from service.domain.vocabulary import Verdict
from service.model_store import MANIFEST
from service.text.fold import fold
from training import calibrate
from training.batches import Labelling
from training.card import card, sha256_of
from training.data import Line
from training.export import export
from training.network import Network
from training.recipe import Recipe
from training.wide import Table

LICENCE = "Apache-2.0"
FLOOR = 0.05
"""Candidates below this probability are not passed on: on dev fewer than one in twenty of them is right."""
PASSED = 0.93
"""Share of the lawful development lines that the model alone must let pass."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What training leaves behind."""

    recipe: Recipe
    network: Network
    table: Table
    vocabulary: Vocabulary
    labels: Labelling


def release(folder: Path, trained: Trained, dev: Sequence[Line], record: Mapping[str, Any]) -> Figures:
    """Write the folder whole or not at all, and return the development figures of the model alone.

    The scores that calibration and thresholds are fitted on come from the exported file, not from the
    network, so that whatever the export changes is measured.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        draft = Path(name)
        export(trained.network, trained.table, draft / NETWORK)
        trained.vocabulary.dump(draft / VOCABULARY)
        none = Logistic((0.0,) * len(FEATURES), (0.0,) * len(trained.labels.items))
        neutral = Calibration(none, none)
        manifest = _manifest(draft, trained, neutral, record)
        scored = _score(draft, manifest, dev)
        calibration, thresholds = _fit(scored, trained.labels)
        manifest = _manifest(draft, trained, calibration, record) | {"thresholds": thresholds}
        _write(draft, manifest)
        figures = _figures(draft, dev, thresholds)
        manifest["figures"] = {"split": "dev", "macro_f1": round(macro(figures), 4), "model_alone": figures}
        _write(draft, manifest)
        (draft / "CARD.md").write_text(card(manifest), "utf-8")
        _replace(folder, draft)
    return figures


def _manifest(
    folder: Path, trained: Trained, calibration: Calibration, record: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "name": trained.recipe.name,
        "version": trained.recipe.version,
        "kind": "text-classifier",
        "licence": LICENCE,
        "files": {name: sha256_of(folder / name) for name in (NETWORK, VOCABULARY)},
        "labels": {"items": list(trained.labels.items), "subtypes": list(trained.labels.subtypes)},
        "calibration": {
            "features": list(FEATURES),
            "first": asdict(calibration.first),
            "other": asdict(calibration.other),
            "floor": FLOOR,
        },
        "training": dict(record),
    }


def _score(folder: Path, manifest: Mapping[str, Any], dev: Sequence[Line]) -> list[calibrate.Scored]:
    _write(folder, manifest)
    classifier = OnnxClassifier.load(folder)
    return [calibrate.Scored(line, classifier.logits(fold(line.text).folded, line.channel)) for line in dev]


def _fit(scored: Sequence[calibrate.Scored], labels: Labelling) -> tuple[Calibration, dict[str, float]]:
    items = "".join(labels.items)
    found = calibrate.candidates(scored, items)
    calibration = calibrate.fit_calibration(found, len(items))
    scores = calibrate.line_scores(found, calibration, len(scored), len(items))
    judged = np.array([not one.line.corrected for one in scored])
    lawful = np.array([one.line.lawful for one in scored])
    accused = np.zeros_like(scores, bool)
    for number, one in enumerate(scored):
        if not one.line.lawful:
            accused[number, [labels.item_ids[m.item] for m in one.line.marks if m.code is None]] = True
    cuts = calibrate.item_thresholds(scores[judged], accused[judged], lawful[judged], PASSED)
    return calibration, dict(zip(items, cuts, strict=True))


def _figures(folder: Path, dev: Sequence[Line], thresholds: Mapping[str, float]) -> Figures:
    """The model without lexicon and judge: a candidate at its item's threshold accuses."""
    classifier = OnnxClassifier.load(folder)
    outcomes = []
    for line in dev:
        scores = classifier.score([fold(line.text)], [AnalysisContext(line.channel)])[0]
        outcomes.append(Outcome(line, _said(scores, thresholds)))
    return summarise(outcomes)


def _said(scores: TextScores, thresholds: Mapping[str, float]) -> tuple[Said, ...]:
    return tuple(
        Said(one.item, one.subtype, Verdict.SUSPECTED, one.span, one.score)
        for one in scores.candidates
        if one.score >= thresholds[one.item]
    )


def _write(folder: Path, manifest: Mapping[str, Any]) -> None:
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _replace(folder: Path, draft: Path) -> None:
    folder.mkdir(exist_ok=True)
    for path in sorted(draft.iterdir()):
        shutil.copyfile(path, folder / path.name)
