"""What the routes work with, built once by `service.app` and kept on the application's state."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from service.api.inference import Inference
from service.journal.port import Journal
from service.settings import Settings
from service.storage.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms behind the routes. `probe` refuses audio that no worker could use (BozhengError)."""

    settings: Settings
    database: Database
    journal: Journal
    inference: Inference
    probe: Callable[[bytes], object]
    ready: Callable[[], dict[str, bool]]


def services(request: Request) -> Services:
    """Dependency: the services of this application."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found
