"""Originals of accepted segments: files named by their SHA-256, written once, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from service.errors import BozhengError
from service.storage.problems import UNAVAILABLE


class BlobStore:
    """A folder of content-addressed files. Safe from any thread: writers of the same content agree."""

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True, exist_ok=True)

    def put(self, data: bytes) -> str:
        """Keep `data`; returns its SHA-256 after bytes and name are on disk.

        Raises BozhengError `storage.unavailable` when the disk refuses; nothing half-written stays.
        """
        digest = hashlib.sha256(data).hexdigest()
        target = self._path(digest)
        if target.is_file():
            return digest
        try:
            _make_folder(target.parent)
            _write(target, data)
        except OSError as error:
            raise BozhengError(UNAVAILABLE, f"{error.strerror}") from error
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of a kept blob. Raises FileNotFoundError, and OSError when the disk no longer holds what
        was written."""
        data = self._path(digest).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise OSError(f"blob {digest} is damaged")
        return data

    def _path(self, digest: str) -> Path:
        return self._root / digest[:2] / digest


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _write(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """A new name is durable only after its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
