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
    path = settings.model_dir / _made_for(settings.engine, manifest)
    if settings.engine is AsrEngine.OPENAI_WHISPER:
        return LoadedEngine(OpenAIWhisperEngine(path, settings), manifest.identity, listening)
    engine = FasterWhisperEngine(path, settings, listening.own_length)
    return LoadedEngine(engine, manifest.identity, listening)


def _made_for(engine: AsrEngine, manifest: ModelManifest) -> str:
    """The verified file or folder that `engine_files` of the manifest names for an engine."""
    files = manifest.details.get("engine_files", {})
    if not isinstance(files, dict) or engine.value not in files:
        raise BozhengError(MODEL_UNREADABLE, f"{manifest.name} names no engine_files for {engine.value}")
    path = str(files[engine.value])
    if path != "." and not any(name == path or name.startswith(f"{path}/") for name in manifest.files):
        raise BozhengError(MODEL_UNREADABLE, f"{manifest.name} has no verified file {path}")
    return path
