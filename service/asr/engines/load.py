"""From settings to an engine with a verified model."""

from dataclasses import dataclass

from service.asr.engines.faster_whisper import FasterWhisperEngine
from service.asr.engines.openai_whisper import OpenAIWhisperEngine
from service.asr.listening import Listening
from service.asr.problems import DEMO_MODEL_IN_PRODUCTION, MODEL_UNREADABLE
from service.asr.protocol import Engine
from service.asr.settings import AsrSettings
from service.errors import BozhengError
from service.model_store import ModelManifest, verify
from service.settings import AsrEngine


@dataclass(frozen=True, slots=True)
class LoadedEngine:
    """An engine, the identity of its model (kept in every transcript), and how that model wants to hear."""

    engine: Engine
    model: str
    listening: Listening


def load_engine(settings: AsrSettings) -> LoadedEngine:
    """The engine of the settings with its model.

    Every file is checked against the manifest first. Raises `model.missing`, `model.hash_mismatch`, and in
    production `asr.demo_model_in_production` for a model whose manifest says `demo_only`.
    """
    manifest = verify(settings.model_dir)
    if settings.production and manifest.demo_only:
        raise BozhengError(DEMO_MODEL_IN_PRODUCTION, f"{manifest.name} is marked demo_only")
    listening = Listening.of(manifest)
    if settings.engine is AsrEngine.OPENAI_WHISPER:
        checkpoint = settings.model_dir / _file(manifest, ".pt")
        return LoadedEngine(OpenAIWhisperEngine(checkpoint, settings), manifest.identity, listening)
    folder = (settings.model_dir / _file(manifest, "model.bin")).parent
    engine = FasterWhisperEngine(folder, settings, listening.own_length)
    return LoadedEngine(engine, manifest.identity, listening)


def _file(manifest: ModelManifest, ending: str) -> str:
    """The one file of the model with this ending."""
    names = [name for name in manifest.files if name.endswith(ending)]
    if len(names) != 1:
        raise BozhengError(MODEL_UNREADABLE, f"{manifest.name} names {len(names)} files ending in {ending}")
    return names[0]
