"""How a model wants to hear: part of its manifest, since it follows from what the model was trained on."""

from dataclasses import dataclass

from service.asr.problems import MODEL_UNREADABLE
from service.errors import BozhengError
from service.model_store import ModelManifest


@dataclass(frozen=True, slots=True)
class Listening:
    """The `listening` block of a speech model's manifest.

    Whisper's released weights heard only windows filled up to 30 s, so that is the default; then every window
    costs a whole encoder pass, and speech that is near shares one. `own_length`: the model was trained on
    windows of their own length too (a 10 s window then costs a fifth of the encoder).
    `join_gap_ms`: speech regions at most this far apart are heard together.
    """

    own_length: bool = False
    join_gap_ms: int = 2_000

    @classmethod
    def of(cls, manifest: ModelManifest) -> "Listening":
        """Raises `asr.model_unreadable` for a block that is not understood."""
        block = manifest.details.get("listening", {})
        try:
            return cls(**block)
        except TypeError as error:
            raise BozhengError(MODEL_UNREADABLE, f"{manifest.name}: listening: {error}") from error
