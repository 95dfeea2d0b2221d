"""The ONNX Runtime engine: one text at a time, one thread, so that nothing depends on the batch.

Batching gains at most a fifth on a CPU, and costs sameness: a text scored alone or among others must give
the same bytes (architecture §8). The session is shared by all threads; ONNX Runtime allows concurrent `run`
calls.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime as ort
from onnxruntime.capi.onnxruntime_pybind11_state import Fail as OrtFail
from onnxruntime.capi.onnxruntime_pybind11_state import InvalidProtobuf, NoSuchFile

from service.classify.calibration import Calibration
from service.classify.decode import Names, candidates
from service.classify.features import WIDTH, Vocabulary
from service.classify.logits import Floats, Logits
from service.classify.problems import MODEL_UNFIT
from service.classify.scores import TextScores
from service.classify.windows import padded, windows
from service.domain.context import AnalysisContext
from service.domain.text import NormalizedText
from service.domain.vocabulary import Channel
from service.errors import BozhengError
from service.model_store import ModelManifest, verify

NETWORK = "model.onnx"
VOCABULARY = "vocabulary.json"
_CHANNELS = {channel: np.array([index], np.int64) for index, channel in enumerate(Channel)}


@dataclass(frozen=True, slots=True)
class OnnxClassifier:
    """A text classifier: network, vocabulary, and the manifest with labels and calibration."""

    manifest: ModelManifest
    names: Names
    calibration: Calibration
    floor: float
    vocabulary: Vocabulary
    session: ort.InferenceSession

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read and verify a model folder. Raises BozhengError `model.missing`, `model.hash_mismatch`, and
        `classify.model_unfit` for files that are whole but not what this engine reads."""
        manifest = verify(folder)
        try:
            labels, calibration = manifest.details["labels"], manifest.details["calibration"]
            return cls(
                manifest=manifest,
                names=Names.of("".join(labels["items"]), labels["subtypes"], manifest.name, manifest.version),
                calibration=Calibration.read(calibration, len(labels["items"])),
                floor=float(calibration["floor"]),
                vocabulary=Vocabulary.load(folder / VOCABULARY),
                session=_session(folder / NETWORK),
            )
        except (KeyError, TypeError, ValueError, OSError, OrtFail, InvalidProtobuf, NoSuchFile) as error:
            raise BozhengError(MODEL_UNFIT, f"{folder.name}: {error}") from error

    @property
    def name(self) -> str:
        """Name in the manifest."""
        return self.manifest.name

    @property
    def version(self) -> str:
        """Version in the manifest."""
        return self.manifest.version

    def score(self, texts: Sequence[NormalizedText], contexts: Sequence[AnalysisContext]) -> list[TextScores]:
        """Scores of each text; an empty text has none."""
        return [self._score(text, context) for text, context in zip(texts, contexts, strict=True)]

    def _score(self, text: NormalizedText, context: AnalysisContext) -> TextScores:
        logits = self.logits(text.folded, context.channel)
        scores = TextScores(text, self.names.items, logits, self.calibration)
        found = candidates(scores, self.names, self.floor)
        return TextScores(text, self.names.items, logits, self.calibration, found)

    def logits(self, folded: str, channel: Channel) -> Logits:
        """Outputs of the network for a folded text of any length."""
        items, subtypes = len(self.names.items), len(self.names.subtypes)
        characters = np.zeros((len(folded), items + subtypes + 1), np.float32)
        peaks = np.zeros((len(folded), items), np.float32)
        whole = np.zeros((len(folded), 2 * (items + 1)), np.float32)
        rows = self.vocabulary.encode(folded)
        for window in windows(len(folded)):
            length = window.end - window.start
            inputs = np.zeros((1, padded(length), WIDTH), np.int32)
            inputs[0, :length] = rows[window.start : window.end]
            each, total = self._run(inputs, channel)
            place = slice(window.keep_from, window.keep_to)
            kept = slice(window.keep_from - window.start, window.keep_to - window.start)
            characters[place] = each[0, kept]
            peaks[place] = each[0, :length, :items].max(axis=0)
            whole[place] = total[0]
        return Logits(
            items=characters[:, :items],
            subtypes=characters[:, items:-1],
            lawful=characters[:, -1],
            peaks=peaks,
            whole=whole[:, : items + 1],
            wide=whole[:, items + 1 :],
        )

    def _run(self, inputs: np.ndarray, channel: Channel) -> tuple[Floats, Floats]:
        each, total = self.session.run(None, {"rows": inputs, "channel": _CHANNELS[channel]})
        return each, total


def _session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(path, options, ["CPUExecutionProvider"])
