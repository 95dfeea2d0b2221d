"""One frozen tree of settings, read once from the environment.

Every field can be set as `BOZHENG_<NAME>`; nested ones with a double underscore (`BOZHENG_HTTP__PORT=9000`).
"""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Environment(StrEnum):
    """Where the service runs. `production` refuses demonstration models."""

    DEMO = "demo"
    PRODUCTION = "production"


class AsrEngine(StrEnum):
    """Speech engines that are built in."""

    FASTER_WHISPER = "faster-whisper"
    OPENAI_WHISPER = "openai-whisper"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HttpSettings(_Frozen):
    """Where the API and the metrics listen."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    metrics_port: Annotated[int | None, Field(ge=0, le=65535, description="None: no metrics listener")] = 9080


class AsrModelSettings(_Frozen):
    """Which speech engine and model folder the worker loads."""

    engine: AsrEngine = AsrEngine.FASTER_WHISPER
    model: Annotated[str, Field(description="folder under models_dir, or an absolute path")] = "asr-demo"
    compute_type: Annotated[str, Field(description="CTranslate2 compute type")] = "int8"


class LimitSettings(_Frozen):
    """What one call may carry (docs/api.md)."""

    audio_bytes: Annotated[int, Field(gt=0)] = 20_000_000
    audio_seconds: Annotated[float, Field(gt=0)] = 120.0
    wait_seconds: Annotated[float, Field(ge=0, description="how long a POST waits by default")] = 15.0
    max_wait_seconds: Annotated[float, Field(ge=0)] = 60.0


class Settings(BaseSettings):
    """The whole service."""

    model_config = SettingsConfigDict(
        env_prefix="BOZHENG_", env_nested_delimiter="__", frozen=True, extra="forbid"
    )

    @model_validator(mode="after")
    def _no_unknown_names(self) -> Self:
        """A misspelt name must not leave its setting at the default in silence."""
        known = set(type(self).model_fields)
        for name in os.environ:
            first, _, rest = name.partition("_")
            if first == "BOZHENG" and rest.partition("__")[0].lower() not in known:
                raise ValueError(f"{name} is no setting")
        return self

    env: Environment = Environment.DEMO
    data_dir: Path = Path("data")
    models_dir: Path = PROJECT_ROOT / "models"
    lexicons_dir: Path = PROJECT_ROOT / "lexicons"
    classifier: Annotated[str | None, Field(description="folder under models_dir; None: lexicon alone")] = (
        "classifier"
    )
    asr: AsrModelSettings = AsrModelSettings()
    http: HttpSettings = HttpSettings()
    limits: LimitSettings = LimitSettings()
    worker_batch: Annotated[int, Field(gt=0, description="segments claimed together")] = 4
