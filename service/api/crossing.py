"""The one place where `async` routes cross into synchronous storage (architecture §7)."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from service.storage.database import Database

T = TypeVar("T")


async def read(database: Database, query: Callable[[Connection], T]) -> T:
    """Run a read on a thread of its own."""
    return await asyncio.to_thread(database.read, query)


async def write(database: Database, change: Callable[[Connection], T]) -> T:
    """Hand a change to the writer thread and wait for its commit."""
    return await asyncio.wrap_future(database.write(change))
