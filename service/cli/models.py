"""`bozheng models`: model folders on disk."""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.fail import refusals_on_stderr

models = typer.Typer(help="Model folders: verify one, or give one its manifest.", no_args_is_help=True)


@models.command()
@refusals_on_stderr
def verify(folder: Annotated[Path, typer.Argument(help="model folder")]) -> None:
    """Check every file of a model against its manifest."""
    from service.model_store import verify as verify_files

    typer.echo(verify_files(folder).identity)


@models.command()
@refusals_on_stderr
def adopt(
    folder: Annotated[Path, typer.Argument(help="a Whisper model converted for CTranslate2")],
    name: Annotated[str, typer.Option(help="name of the model, e.g. whisper-small")],
    licence: Annotated[str, typer.Option(help="its licence, e.g. MIT")],
    version: Annotated[str, typer.Option(help="its release")] = "1",
) -> None:
    """Write the manifest of a speech model that came from elsewhere: every file with its SHA-256."""
    from service.model_store import adopt as write_manifest

    details = {"kind": "asr", "engine_files": {"faster-whisper": "."}, "language": "zh"}
    typer.echo(write_manifest(folder, name, version, licence, details).identity)
