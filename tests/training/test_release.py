"""The one command leaves a whole, verified model folder that scores as the network did."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from service.classify.onnx import OnnxClassifier
from service.domain.context import AnalysisContext
from service.domain.vocabulary import Channel
from service.errors import BozhengError
from service.model_store import verify
from service.text.fold import fold
from tests.training.conftest import TINY
from training.batches import CHANNELS, Labelling, encode, pad
from training.data import Line, data_hash, load_labels
from training.export import export
from training.fit import fit
from training.samples import Role, sample
from training.vocabulary import build_vocabulary
from training.wide import FOLDS, fit_wide, fold_of

SPEECH = AnalysisContext(Channel.SPEECH)


def test_the_folder_says_where_it_comes_from(tiny_model: Path) -> None:
    manifest = verify(tiny_model)
    assert (manifest.name, manifest.licence, manifest.demo_only) == ("tiny", "Apache-2.0", False)
    assert set(manifest.files) == {"model.onnx", "vocabulary.json"}
    details = manifest.details
    assert details["training"]["data_sha256"] == data_hash()
    assert details["training"]["recipe"]["seed"] == TINY.seed
    assert sorted(details["thresholds"]) == list("abcdefghijklmnop") == details["labels"]["items"]
    assert set(details["labels"]["subtypes"]) == load_labels().subtypes
    assert 0 <= details["figures"]["macro_f1"] <= 1


def test_the_card_states_figures_and_limits(tiny_model: Path) -> None:
    card = (tiny_model / "CARD.md").read_text("utf-8")
    manifest = json.loads((tiny_model / "manifest.json").read_text("utf-8"))
    passed = manifest["figures"]["model_alone"]["lawful_pass"]["all"]["value"]
    assert f"| lawful lines that pass | {100 * passed:.1f} (" in card
    assert card.count("\n| ") == 1 + 15 + 1 + 16
    assert "## Must not be used for" in card


def test_the_model_answers(tiny_model: Path) -> None:
    (scores,) = OnnxClassifier.load(tiny_model).score([fold("这个价全网最低，错过就没有了")], [SPEECH])
    assert 0 <= scores.score_span("c", (3, 7)) <= 1
    assert 0 <= scores.exempt((3, 7)) <= 1


def test_onnx_computes_what_the_network_does(few_lines: list[Line], tmp_path: Path) -> None:
    samples = [sample(line) for line in few_lines[::10]]
    vocabulary = build_vocabulary(one.text for one in samples)
    labels = Labelling.of(sorted(load_labels().subtypes))
    table = np.random.default_rng(0).normal(size=(len(vocabulary.ngrams) + 1, 17)).astype(np.float32)
    table[0] = 0
    wide = np.stack([table] * FOLDS)
    network = fit(samples, vocabulary, labels, wide, np.zeros(17, np.float32), TINY)
    export(network, table, tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx", providers=["CPUExecutionProvider"])
    for one in samples[:8]:
        encoded = encode(one, vocabulary, labels, table)
        batch = pad([encoded])
        with torch.no_grad():
            items, subtypes, lawful, whole = network(batch.rows, batch.wide, batch.channel, batch.mask)
        rows = np.zeros((1, 144, encoded.rows.shape[1]), np.int32)[:, : len(encoded.rows) + 5]
        rows[0, : len(encoded.rows)] = encoded.rows
        channel = np.array([CHANNELS.index(one.channel)], np.int64)
        each, total = session.run(None, {"rows": rows, "channel": channel})
        expected = torch.cat([items, subtypes, lawful[..., None]], dim=-1).numpy()
        np.testing.assert_allclose(each[:, : len(encoded.rows)], expected, rtol=0, atol=0.05)
        np.testing.assert_allclose(total[:, :17], whole.numpy(), rtol=0, atol=0.05)


def test_the_same_seed_gives_the_same_network(few_lines: list[Line]) -> None:
    samples = [sample(line) for line in few_lines[::10]]
    vocabulary = build_vocabulary(one.text for one in samples)
    labels = Labelling.of(sorted(load_labels().subtypes))
    wide = np.zeros((FOLDS, len(vocabulary.ngrams) + 1, 17), np.float32)
    first, second = (
        fit(samples, vocabulary, labels, wide, np.zeros(17, np.float32), TINY).state_dict() for _ in range(2)
    )
    assert all(torch.equal(first[key], second[key]) for key in first)


def test_each_line_is_read_through_weights_that_did_not_see_its_marks(few_lines: list[Line]) -> None:
    samples = [sample(line) for line in few_lines[::4]]
    vocabulary = build_vocabulary(one.text for one in samples)
    labels = Labelling.of(sorted(load_labels().subtypes))
    marked = next(one for one in samples if any(target.role is Role.ACCUSES for target in one.targets))
    unmarked = [dataclasses.replace(one, targets=()) if one is marked else one for one in samples]
    before, _ = fit_wide(samples, vocabulary, labels)
    after, _ = fit_wide(unmarked, vocabulary, labels)
    same = [np.array_equal(before[number], after[number]) for number in range(FOLDS)]
    assert same == [number == fold_of(marked) for number in range(FOLDS)]


def _session(path: Path):
    import onnxruntime

    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])


@pytest.mark.parametrize("field", ["labels", "calibration"])
def test_a_model_without_its_parts_is_refused(tiny_model: Path, tmp_path: Path, field: str) -> None:
    for path in tiny_model.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    del manifest[field]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(BozhengError, match=r"classify\.model_unfit"):
        OnnxClassifier.load(tmp_path)
