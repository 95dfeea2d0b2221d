"""The shipped model: verified before use, the same alone and among others, right on plain cases."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from service.classify.onnx import OnnxClassifier
from service.classify.scores import TextScores
from service.classify.windows import OVERLAP, WINDOW
from service.domain.context import AnalysisContext
from service.domain.vocabulary import Channel, ReasonSource
from service.errors import BozhengError
from service.settings import Settings
from service.text.fold import fold

SHIPPED = Settings().models_dir / str(Settings().classifier)
SPEECH = AnalysisContext(Channel.SPEECH)
TEXTS = (
    "加我微信给你单独发价格",
    "这款面霜消炎杀菌，湿疹抹两天就好",
    "锅是铸铁的，有四斤多，力气小的姐妹考虑一下",
    "",
    "好",
    "拍下五星好评截图找客服返现十块" * 12,
    "🇨🇳\u200b国 旗\ud83d",
)


@pytest.fixture(scope="module")
def classifier() -> OnnxClassifier:
    return OnnxClassifier.load(SHIPPED)


def same(first: TextScores, second: TextScores) -> bool:
    return first.candidates == second.candidates and np.array_equal(first.logits.items, second.logits.items)


def test_the_batch_changes_nothing(classifier: OnnxClassifier) -> None:
    texts = [fold(text) for text in TEXTS]
    together = classifier.score(texts, [SPEECH] * len(texts))
    backwards = classifier.score(texts[::-1], [SPEECH] * len(texts))[::-1]
    for text, one, other in zip(texts, together, backwards, strict=True):
        assert same(one, other)
        assert same(one, classifier.score([text], [SPEECH])[0])


def test_padding_changes_nothing(classifier: OnnxClassifier) -> None:
    rows = classifier.vocabulary.encode(fold(TEXTS[0]).folded)[None]
    channel = np.zeros(1, np.int64)
    plain, whole = classifier.session.run(None, {"rows": rows, "channel": channel})
    for more in (1, 5, 100):
        wider = np.pad(rows, ((0, 0), (0, more), (0, 0)))
        padded, total = classifier.session.run(None, {"rows": wider, "channel": channel})
        np.testing.assert_allclose(padded[:, : rows.shape[1]], plain, atol=2e-5)
        np.testing.assert_allclose(total, whole, atol=2e-5)


@pytest.mark.parametrize("text", TEXTS)
def test_spans_are_raw_and_scores_are_rounded_probabilities(classifier: OnnxClassifier, text: str) -> None:
    (scores,) = classifier.score([fold(text)], [SPEECH])
    assert len(scores.logits.items) == len(scores.text.folded)
    for one in scores.candidates:
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert classifier.floor <= one.score <= 1 and one.score == round(one.score, 4)
        assert [reason.source for reason in one.reasons] == [ReasonSource.MODEL]
        assert scores.score_span(one.item, one.span) == pytest.approx(one.score, abs=0.2)
    assert 0 <= scores.exempt((0, len(text))) <= 1


def test_plain_cases(classifier: OnnxClassifier) -> None:
    private, cure, pan = classifier.score([fold(text) for text in TEXTS[:3]], [SPEECH] * 3)
    assert max(private.candidates, key=lambda one: one.score).item == "m"
    assert max(cure.candidates, key=lambda one: one.score).item == "n"
    highest = [max((one.score for one in scores.candidates), default=0.0) for scores in (private, cure, pan)]
    assert min(highest[:2]) > 0.8 > 0.4 > highest[2]


def test_a_long_text_is_read_to_its_end(classifier: OnnxClassifier) -> None:
    claim = "你加我微信，私下转账给你便宜三十块，别在平台上拍，微信转我就行"
    (alone,) = classifier.score([fold(claim)], [SPEECH])
    long = "这" * (2 * WINDOW + OVERLAP) + "。" + claim
    (scores,) = classifier.score([fold(long)], [SPEECH])
    offset = len(long) - len(claim)
    best = max(alone.candidates, key=lambda one: one.score)
    moved = (best.span[0] + offset, best.span[1] + offset)
    assert best.item == "m" and best.score > 0.8
    assert scores.score_span("m", moved) > 20 * scores.score_span("m", (4, 12))


@pytest.mark.parametrize("name", ["model.onnx", "vocabulary.json"])
def test_a_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    shutil.copytree(SHIPPED, tmp_path / "model")
    path = tmp_path / "model" / name
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(BozhengError, match=r"model\.hash_mismatch"):
        OnnxClassifier.load(tmp_path / "model")


def test_a_calibration_on_other_evidence_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "model")
    path = tmp_path / "model" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["calibration"]["features"].append("mood")
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(BozhengError, match=r"classify\.model_unfit.*mood"):
        OnnxClassifier.load(tmp_path / "model")
