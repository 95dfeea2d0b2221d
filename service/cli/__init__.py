"""The command `bozheng`. One file per command; rooms are imported when a command needs them, so that
`bozheng --help` is instant and `bozheng check` loads no server."""

import typer

from service.cli.check import check
from service.cli.demo import demo
from service.cli.keys import keys
from service.cli.models import models
from service.cli.openapi import openapi
from service.cli.serve import serve

app = typer.Typer(
    help="Bozheng 播正: content compliance for Chinese live-commerce streams.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
app.command()(check)
app.command()(demo)
app.command()(serve)
app.command()(openapi)
app.add_typer(keys, name="keys")
app.add_typer(models, name="models")


def main() -> None:
    """Entry point of the command line."""
    app()
