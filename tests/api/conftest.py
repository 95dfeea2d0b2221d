"""A real service in this process: SQLite in a temporary folder, the demonstration models, a real worker."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from service.accounts.keys import issue_key
from service.accounts.repository import put_tenant
from service.app import create_app
from service.domain.account import Role
from service.domain.instants import utc_now
from service.settings import HttpSettings, Settings
from service.storage.embedded import open_embedded

AUDIO = Path(__file__).parents[1] / "fixtures" / "audio"


@dataclass(frozen=True)
class Caller:
    """The API as one key sees it."""

    client: TestClient
    secret: str

    def __call__(self, method: str, path: str, **arguments: Any) -> Response:
        headers = {
            "Authorization": f"Bearer {self.secret}",
            "Prefer": "wait=60",
            **arguments.pop("headers", {}),
        }
        return self.client.request(method, path, headers=headers, **arguments)

    def send(self, stream: str, **message: Any) -> Response:
        """POST one text message."""
        body = {"channel": "danmu", "author_id": "user-1", **message}
        return self("POST", f"/v1/streams/{stream}/segments", json=body)

    def say(self, stream: str, audio: bytes, **meta: Any) -> Response:
        """POST one audio segment as multipart."""
        import json

        return self(
            "POST",
            f"/v1/streams/{stream}/segments",
            files={"audio": ("clip", audio)},
            data={"meta": json.dumps({"seq": 0, "offset_ms": 0, **meta})},
        )


@dataclass(frozen=True)
class Callers:
    """Keys of two tenants; `platform` and the other roles are of tenant one, `stranger` of tenant two."""

    keys: dict[str, str]
    client: TestClient

    def __getattr__(self, name: str) -> Caller:
        return Caller(self.client, self.keys[name])


@pytest.fixture(scope="session")
def callers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callers]:
    """A running service and a key for every role."""
    data_dir = tmp_path_factory.mktemp("store")
    now = utc_now()
    keys = {}
    with open_embedded(data_dir) as storage:
        for tenant in ("one", "two"):
            storage.database.write(
                lambda conn, tenant=tenant: put_tenant(conn, tenant, tenant, frozenset(), now)
            ).result()
        for name, tenant, role in [*((r.value, "one", r) for r in Role), ("stranger", "two", Role.PLATFORM)]:
            issued = storage.database.write(
                lambda conn, t=tenant, r=role: issue_key(conn, t, r, "test", now)
            ).result()
            keys[name] = issued.secret
    settings = Settings(data_dir=data_dir, http=HttpSettings(metrics_port=None))
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield Callers(keys, client)


@pytest.fixture
def stream(callers: Callers, request: pytest.FixtureRequest) -> str:
    """A stream of its own for this test, with one declared anchor."""
    stream_id = f"stream-{abs(hash(request.node.nodeid))}"
    body = {"speakers": [{"id": "anchor-1", "role": "anchor"}], "operator_id": "operator-1"}
    assert callers.platform("PUT", f"/v1/streams/{stream_id}", json=body).status_code == 200
    return stream_id
