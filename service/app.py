"""`create_app(settings)`: the house built from its rooms — storage, journal, one worker thread, HTTP.

Owns the storage lock, the decoder's child process and the worker thread from start-up to shutdown. Models and
lexicons are read and verified before the first request is taken; a broken one stops the start.
"""

import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, nullcontext
from functools import partial

from fastapi import FastAPI

from service.accounts.repository import list_tenants
from service.api.document import build_api
from service.api.inference import Inference
from service.api.limit import BodyLimit
from service.api.metrics import HttpMetrics, serve_metrics
from service.api.services import Services
from service.asr.recognizer import Recognizer
from service.asr.settings import AsrSettings
from service.audio.decoder import Decoder
from service.audio.limits import DecodeLimits
from service.audio.regions import speech_regions
from service.journal.embedded import EmbeddedJournal
from service.ledger.entries import verify
from service.ledger.repository import chain
from service.pipeline import Pipeline
from service.settings import Settings
from service.storage.database import Database
from service.storage.embedded import open_embedded
from service.worker import Machinery, Worker

log = logging.getLogger(__name__)


@contextmanager
def open_house(settings: Settings) -> Iterator[Services]:
    """The rooms behind the routes, while the context is open. Raises BozhengError for a locked store, a wrong
    model hash, a demonstration model in production or a broken lexicon file."""
    with ExitStack() as stack:
        yield _build(settings, stack)


def create_app(settings: Settings, house: Services | None = None) -> FastAPI:
    """The ASGI application of an open house; without one it opens its own at start-up and closes it at the
    end (what `open_house` raises then stops the start)."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with nullcontext(house) if house is not None else open_house(settings) as services:
            app.state.services = services
            log.info("ready: %s", services.inference.pipeline.versions)
            yield

    app = build_api(lifespan=lifespan)
    # base64 is 4/3 of the bytes it carries; 64 KiB for the rest of the body
    app.add_middleware(BodyLimit, max_bytes=settings.limits.audio_bytes * 4 // 3 + 65_536)
    app.add_middleware(HttpMetrics)
    return app


def _build(settings: Settings, stack: ExitStack) -> Services:
    pipeline = Pipeline.load(settings)
    recognizer = Recognizer.load(AsrSettings.of(settings))
    storage = stack.enter_context(open_embedded(settings.data_dir))
    _verify_ledgers(storage.database)
    decoder = stack.enter_context(Decoder(DecodeLimits.of(settings.limits)))
    journal = EmbeddedJournal(storage.database, storage.blobs)
    machinery = Machinery(decoder, speech_regions, recognizer, pipeline)
    worker = Worker(storage.database, journal, machinery, batch=settings.worker_batch)
    thread = stack.enter_context(_working(worker))
    inference = Inference(pipeline)
    stack.callback(inference.close)
    if settings.http.metrics_port is not None:
        stack.enter_context(serve_metrics(settings.http, journal))
    return Services(
        settings=settings,
        database=storage.database,
        journal=journal,
        inference=inference,
        probe=decoder.probe,
        ready=lambda: {"worker": thread.is_alive()},
    )


def _verify_ledgers(database: Database) -> None:
    """Check every tenant's chain of decided facts before it grows. Raises `ledger.chain_broken`."""
    for tenant in database.read(list_tenants):
        verify(database.read(partial(chain, tenant=tenant.id)))


@contextmanager
def _working(worker: Worker) -> Iterator[threading.Thread]:
    """Run the worker in its thread; at the end let it finish the segment in hand."""
    thread = threading.Thread(target=worker.run, name="worker")
    thread.start()
    try:
        yield thread
    finally:
        worker.stop()
        thread.join()
