"""Keys are made once, kept as hashes, and refused in the same words whatever is wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from service.accounts.keys import authenticate, issue_key
from service.accounts.repository import get_tenant, list_tenants, put_tenant, revoke_key
from service.domain.account import IssuedKey, Role
from service.errors import BozhengError
from service.storage.embedded import Storage, open_embedded

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with open_embedded(tmp_path) as storage:
        storage.database.write(lambda c: put_tenant(c, "acme", "Acme", frozenset({"wechat"}), NOW)).result()
        storage.database.write(lambda c: put_tenant(c, "other", "Other", frozenset(), NOW)).result()
        yield storage


@pytest.fixture
def key(storage: Storage) -> IssuedKey:
    return storage.database.write(lambda c: issue_key(c, "acme", Role.MODERATOR, "desk 1", NOW)).result()


def refusal(storage: Storage, presented: str) -> tuple[str, str]:
    with pytest.raises(BozhengError) as refused:
        storage.database.read(lambda c: authenticate(c, presented))
    return refused.value.problem.code, refused.value.detail


@pytest.mark.parametrize("role", list(Role))
def test_a_key_opens_its_tenant_with_its_role(storage: Storage, role: Role) -> None:
    issued = storage.database.write(lambda c: issue_key(c, "acme", role, "x", NOW)).result()
    principal = storage.database.read(lambda c: authenticate(c, issued.secret))
    assert issued.secret.startswith(f"bozheng_{issued.key_id}_")
    assert (principal.tenant.id, principal.role, principal.key_id) == ("acme", role, issued.key_id)
    assert principal.tenant.home_platform == {"wechat"}


def test_every_wrong_key_is_refused_alike(storage: Storage, key: IssuedKey) -> None:
    _, key_id, secret = key.secret.split("_")
    wrong = ["", "x", "bozheng__", f"bozheng_{key_id}_", f"bozheng_{key_id}_{secret[:-1]}0x",
             f"bozheng_{secret}_{key_id}", f"other_{key_id}_{secret}", f"{key.secret}_",
             f"bozheng_{key_id}_\ud800"]  # fmt: skip
    assert {refusal(storage, presented) for presented in wrong} == {
        ("key.invalid", "the key was not accepted")
    }


def test_a_revoked_key_stays_refused(storage: Storage, key: IssuedKey) -> None:
    for _ in range(2):
        storage.database.write(lambda c: revoke_key(c, "acme", key.key_id, NOW)).result()
        assert refusal(storage, key.secret)[0] == "key.invalid"


def test_another_tenant_cannot_revoke_it(storage: Storage, key: IssuedKey) -> None:
    with pytest.raises(BozhengError) as refused:
        storage.database.write(lambda c: revoke_key(c, "other", key.key_id, NOW)).result()
    assert refused.value.problem.code == "key.not_found"
    storage.database.read(lambda c: authenticate(c, key.secret))


def test_the_secret_is_nowhere_on_disk(storage: Storage, key: IssuedKey, tmp_path: Path) -> None:
    secret = key.secret.split("_")[2].encode()
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or secret not in path.read_bytes()


def test_a_key_is_looked_up_by_one_indexed_read(storage: Storage, key: IssuedKey) -> None:
    statements: list[tuple[str, Any]] = []
    engine = storage.database._reading
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append((a[2], a[3])))
    storage.database.read(lambda c: authenticate(c, key.secret))
    (read,) = [s for s in statements if s[0].startswith("SELECT")]
    plan = storage.database.read(lambda c: c.exec_driver_sql(f"EXPLAIN QUERY PLAN {read[0]}", read[1]).all())
    assert all("SEARCH" in row[3] and "SCAN" not in row[3] for row in plan)


def test_a_tenant_is_changed_by_putting_it_again(storage: Storage) -> None:
    put = storage.database.write(lambda c: put_tenant(c, "acme", "New", frozenset({"qq"}), NOW)).result()
    assert put == storage.database.read(lambda c: get_tenant(c, "acme"))
    assert (put.name, put.home_platform) == ("New", {"qq"})
    assert [t.id for t in storage.database.read(list_tenants)] == ["acme", "other"]


@pytest.mark.parametrize("name", ["", "A", "a b", "a" * 65, "甲"])
def test_unusable_tenant_ids_are_refused(storage: Storage, name: str) -> None:
    with pytest.raises(BozhengError) as refused:
        storage.database.write(lambda c: put_tenant(c, name, "x", frozenset(), NOW)).result()
    assert refused.value.problem.code == "tenant.invalid"


def test_a_key_needs_a_tenant(storage: Storage) -> None:
    with pytest.raises(BozhengError) as refused:
        storage.database.write(lambda c: issue_key(c, "nobody", Role.ADMIN, "x", NOW)).result()
    assert refused.value.problem.code == "tenant.not_found"
