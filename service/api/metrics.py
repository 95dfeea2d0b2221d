"""Prometheus metrics: HTTP latency by route, segments waiting; served on a port of their own."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY, Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.journal.port import Journal
from service.settings import HttpSettings

HTTP_SECONDS = Histogram(
    "bozheng_http_request_seconds",
    "Time from the first byte read to the last byte sent",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60),
)


class HttpMetrics:
    """ASGI middleware that times every request under its route's template, never under raw paths."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and observe how long it took."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", "unmatched")
            HTTP_SECONDS.labels(scope["method"], route, status).observe(time.perf_counter() - began)


class _JournalLag(Collector):
    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def collect(self) -> Iterable[GaugeMetricFamily]:
        lag = self.journal.lag()
        yield GaugeMetricFamily("bozheng_journal_lag", "Accepted segments that are not settled", lag)


@contextmanager
def serve_metrics(
    http: HttpSettings, journal: Journal, registry: CollectorRegistry = REGISTRY
) -> Iterator[None]:
    """Serve /metrics on `http.metrics_port` while the context is open. Raises OSError for a taken port."""
    assert http.metrics_port is not None
    lag = _JournalLag(journal)
    registry.register(lag)
    server, thread = start_http_server(http.metrics_port, http.host, registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        registry.unregister(lag)
