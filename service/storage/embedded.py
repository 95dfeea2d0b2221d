"""Storage of the embedded mode: a data folder with its lock, its database and its blobs."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from service.storage.blobs import BlobStore
from service.storage.database import Database
from service.storage.lock import FolderLock


@dataclass(frozen=True, slots=True)
class Storage:
    """What every repository and the journal work on."""

    database: Database
    blobs: BlobStore


@contextmanager
def open_embedded(folder: Path) -> Iterator[Storage]:
    """Own `folder` (made if missing) until the context ends.

    Raises BozhengError `storage.locked` for a second process and `storage.foreign_schema`.
    """
    with FolderLock(folder), closing(Database(folder / "bozheng.sqlite")) as database:
        yield Storage(database, BlobStore(folder / "blobs"))
