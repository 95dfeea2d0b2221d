"""Exactly one process owns a data folder: an advisory lock that the system drops when the process dies."""

import fcntl
import os
from pathlib import Path
from typing import IO, Self

from service.errors import BozhengError
from service.storage.problems import LOCKED


class FolderLock:
    """Context manager. Entering raises BozhengError `storage.locked` while another process holds it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "bozheng.lock"
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            owner = file.read().strip() or "unknown"
            file.close()
            raise BozhengError(LOCKED, f"{self._path.parent} is owned by process {owner}") from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
