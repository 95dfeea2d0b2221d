"""One SQLite database: many readers, one writer thread (`writer.py`).

WAL with synchronous=FULL: what a future has confirmed survives power loss, not only a killed process.
"""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event

from service.errors import BozhengError
from service.storage.problems import FOREIGN_SCHEMA
from service.storage.tables import SCHEMA_VERSION, metadata
from service.storage.writer import Writer

Result = TypeVar("Result")

BUSY_TIMEOUT_S = 30
"""How long SQLite waits for a lock; at this value no load test saw "database is locked"."""


class Database:
    """Statements run through here. Safe to share between threads; close it once."""

    def __init__(self, path: Path) -> None:
        """Open or create the database at `path`. Raises BozhengError `storage.foreign_schema`."""
        self._writing = _engine(path, "BEGIN IMMEDIATE", ("journal_mode=WAL", "synchronous=FULL"))
        self._reading = _engine(path, "BEGIN", ("query_only=ON",))
        _create(self._writing)
        self._writer = Writer(self._writing)

    def read(self, query: Callable[[Connection], Result]) -> Result:
        """Run `query` on the calling thread against one snapshot."""
        with self._reading.begin() as connection:
            return query(connection)

    def write(self, job: Callable[[Connection], Result]) -> "Future[Result]":
        """Queue `job`; the future completes once its transaction is on disk, or raises what it raised."""
        return self._writer.submit(job)

    def close(self) -> None:
        """Finish queued writes and close every connection."""
        self._writer.close()
        self._writing.dispose()
        self._reading.dispose()


def _engine(path: Path, begin: str, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
        for pragma in ("foreign_keys=ON", *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _create(engine: Engine) -> None:
    with engine.begin() as connection:
        found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if found not in (0, SCHEMA_VERSION):
            raise BozhengError(FOREIGN_SCHEMA, f"schema {found} found, {SCHEMA_VERSION} needed", found=found)
        metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
