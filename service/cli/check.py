"""`bozheng check`: one text, one audio file, or a file of JSON lines, through the service's own pipeline."""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.fail import refusals_on_stderr
from service.domain.vocabulary import Channel

_MEDIA_SUFFIXES = {
    ".ts", ".flv", ".mp4", ".m4a", ".aac", ".mp3", ".ogg", ".opus", ".webm", ".mkv", ".flac", ".wav",
}  # fmt: skip


def _is_file(path: Path) -> bool:
    """False also for words that no path can be made of."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


@refusals_on_stderr
def check(
    text_or_file: Annotated[str | None, typer.Argument(help="words to check, or an audio file")] = None,
    jsonl: Annotated[
        str | None, typer.Option(help='file of lines {"id","text","channel"}; - for standard input')
    ] = None,
    channel: Annotated[Channel, typer.Option(help="channel of the words")] = Channel.SPEECH,
    model: Annotated[bool, typer.Option(help="use the classifier beside the lexicon")] = True,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="also show spans below their threshold, down to this confidence"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON instead of a table")] = False,
) -> None:
    """Check words or a clip without a service; nothing is stored."""
    if (text_or_file is None) == (jsonl is None):
        raise typer.BadParameter("give either words (or an audio file) or --jsonl FILE, not both")
    if jsonl is not None:
        if jsonl != "-" and not Path(jsonl).is_file():
            raise typer.BadParameter(f"no such file: {jsonl}")
        from service.cli.jsonl import check_lines

        raise typer.Exit(check_lines(jsonl, with_model=model, min_confidence=min_confidence))
    assert text_or_file is not None
    from service.cli.single import check_clip, check_words

    path = Path(text_or_file)
    if _is_file(path):
        check_clip(path, with_model=model, min_confidence=min_confidence, as_json=as_json)
    elif path.suffix.lower() in _MEDIA_SUFFIXES and text_or_file.isascii() and " " not in text_or_file:
        raise typer.BadParameter(f"no such file: {path}")
    else:
        check_words(text_or_file, channel, with_model=model, min_confidence=min_confidence, as_json=as_json)
