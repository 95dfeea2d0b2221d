"""How a command refuses: the problem and what to do on standard error, exit status 2, never a stack trace."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer
from pydantic import ValidationError

from service.errors import BozhengError

P = ParamSpec("P")


def refusals_on_stderr(command: Callable[P, None]) -> Callable[P, None]:
    """Turn a refusal of `command` (BozhengError, unusable settings) into a message and exit status 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except BozhengError as error:
            problem = error.problem
            typer.echo(f"{problem.code}: {problem.title_en}: {error.detail}", err=True)
            typer.echo(f"  {problem.advice_en}", err=True)
            raise typer.Exit(2) from error
        except ValidationError as error:  # of the settings: everything else is validated at its own edge
            for one in error.errors():
                where = "__".join(str(part) for part in one["loc"]).upper()
                typer.echo(f"settings.invalid: BOZHENG_{where}: {one['msg']}", err=True)
            raise typer.Exit(2) from error

    return run
