"""`bozheng demo`: the main job end to end, as a platform would run it, on the bundled synthetic talk.

Starts the real service in a process of its own with an empty store, talks to it over HTTP only, prints what
it answers, and stops it. Nothing is left behind.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import typer
from rich.console import Console
from sqlalchemy import Connection

from service.cli.fail import refusals_on_stderr

START_SECONDS = 60
"""Longest start: reading and verifying all models takes about 3 s of one core."""

POLL_S = 0.1
"""Between two questions whether the service is ready: another process cannot be waited for otherwise."""


@refusals_on_stderr
def demo() -> None:
    """Run the main job end to end: audio in, violation spans and an anchor's counters out."""
    from service.cli.demo_story import Story

    console = Console(highlight=False)
    with tempfile.TemporaryDirectory(prefix="bozheng-demo-") as folder:
        data_dir = Path(folder)
        keys = demo_keys(data_dir)
        with running_service(data_dir) as (address, _), httpx2.Client(base_url=address, timeout=70) as client:
            Story(client, console, keys).tell()


def demo_keys(data_dir: Path) -> dict[str, str]:
    """A platform's and a moderator's key, made before the service takes the store."""
    from service.accounts.keys import issue_key
    from service.accounts.repository import put_tenant
    from service.domain.account import Role
    from service.domain.instants import utc_now
    from service.storage.embedded import open_embedded

    now = utc_now()
    with open_embedded(data_dir) as storage:

        def change(conn: Connection) -> dict[str, str]:
            put_tenant(conn, "demo", "Demonstration platform", frozenset(), now)
            roles = (Role.PLATFORM, Role.MODERATOR)
            return {role: issue_key(conn, "demo", role, "demo", now).secret for role in roles}

        return storage.database.write(change).result()


@contextmanager
def running_service(data_dir: Path) -> Iterator[tuple[str, int]]:
    """A service on a free port of this machine; yields its address and process id, and stops
    it at the end.

    Raises typer.Exit(1) with the service's own words when it does not become ready.
    """
    port, metrics_port = _free_ports(2)
    log = data_dir / "service.log"
    command = [sys.executable, "-m", "service", "serve", "--port", str(port), "--data-dir", str(data_dir)]
    environment = os.environ | {"BOZHENG_HTTP__METRICS_PORT": str(metrics_port)}
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        if not _becomes_ready(process, address):
            typer.echo(log.read_text(encoding="utf-8", errors="replace"), err=True)
            raise typer.Exit(1)
        yield address, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _becomes_ready(process: "subprocess.Popen[bytes]", address: str) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx2.get(f"{address}/readyz", timeout=2).status_code == 200:
                return True
        except httpx2.TransportError:
            pass
        time.sleep(POLL_S)
    return False


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
