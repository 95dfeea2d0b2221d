"""`bozheng serve`: the service on this machine, embedded storage, one process."""

import logging
from pathlib import Path
from typing import Annotated

import typer

from service.cli.fail import refusals_on_stderr


@refusals_on_stderr
def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="where everything accepted is kept")] = None,
) -> None:
    """Run the service until it is told to stop. Settings come from BOZHENG_* and these options."""
    import uvicorn

    from service.app import create_app, open_house
    from service.settings import Settings

    settings = Settings()
    http = settings.http.model_copy(
        update={name: value for name, value in (("host", host), ("port", port)) if value is not None}
    )
    settings = settings.model_copy(update={"http": http, "data_dir": data_dir or settings.data_dir})
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with open_house(settings) as house:  # refuses here, in plain words, before anything listens
        app = create_app(settings, house)
        uvicorn.run(app, host=http.host, port=http.port, log_config=None, access_log=False)
