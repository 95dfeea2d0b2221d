"""Rows of tenants and keys. Only hashes of keys are kept."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from service.accounts.problems import KEY_NOT_FOUND, TENANT_INVALID, TENANT_NOT_FOUND
from service.domain.account import Principal, Role, Tenant
from service.domain.instants import from_ms, to_ms
from service.errors import BozhengError
from service.storage.tables import api_keys, tenants

_TENANT_ID = re.compile(r"[a-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A kept key and its holder."""

    principal: Principal
    secret_sha256: str
    revoked: bool


def put_tenant(
    connection: Connection, tenant: str, name: str, home_platform: frozenset[str], now: datetime
) -> Tenant:
    """Create a tenant or change its name and settings. Raises `tenant.invalid` for an unusable id."""
    if not _TENANT_ID.fullmatch(tenant):
        raise BozhengError(TENANT_INVALID, f"{tenant!r} is not a tenant id")
    values = {"name": name, "home_platform": json.dumps(sorted(home_platform))}
    changed = connection.execute(update(tenants).where(tenants.c.id == tenant).values(values)).rowcount
    if not changed:
        connection.execute(insert(tenants).values(id=tenant, created_at=to_ms(now), **values))
    return get_tenant(connection, tenant)


def get_tenant(connection: Connection, tenant: str) -> Tenant:
    """The tenant. Raises `tenant.not_found`."""
    row = connection.execute(select(tenants).where(tenants.c.id == tenant)).one_or_none()
    if row is None:
        raise BozhengError(TENANT_NOT_FOUND, f"no tenant {tenant!r}")
    return _tenant(row)


def list_tenants(connection: Connection) -> tuple[Tenant, ...]:
    """Every tenant by id; for the operator of the installation only."""
    return tuple(_tenant(row) for row in connection.execute(select(tenants).order_by(tenants.c.id)))


def add_key(
    connection: Connection,
    tenant: str,
    key_id: str,
    secret_sha256: str,
    role: Role,
    label: str,
    now: datetime,
) -> None:
    """Keep a new key's hash."""
    connection.execute(
        insert(api_keys).values(
            id=key_id,
            tenant=tenant,
            secret_sha256=secret_sha256,
            role=role.value,
            label=label,
            created_at=to_ms(now),
        )
    )


def find_key(connection: Connection, key_id: str) -> KeyRow | None:
    """The key with its tenant, by primary key. The one look-up that comes before the tenant is known."""
    row = connection.execute(
        select(
            tenants.c.id,
            tenants.c.name,
            tenants.c.home_platform,
            tenants.c.created_at,
            api_keys.c.secret_sha256,
            api_keys.c.role,
            api_keys.c.label,
            api_keys.c.revoked_at,
        )
        .join_from(api_keys, tenants, api_keys.c.tenant == tenants.c.id)
        .where(api_keys.c.id == key_id)
    ).one_or_none()
    if row is None:
        return None
    principal = Principal(_tenant(row), key_id, Role(row.role), row.label)
    return KeyRow(principal, row.secret_sha256, row.revoked_at is not None)


def revoke_key(connection: Connection, tenant: str, key_id: str, now: datetime) -> None:
    """The key is refused from now on; revoking twice changes nothing. Raises `key.not_found`."""
    mine = (api_keys.c.tenant == tenant) & (api_keys.c.id == key_id)
    if connection.execute(select(api_keys.c.id).where(mine)).one_or_none() is None:
        raise BozhengError(KEY_NOT_FOUND, f"no key {key_id!r}")
    connection.execute(
        update(api_keys).where(mine, api_keys.c.revoked_at.is_(None)).values(revoked_at=to_ms(now))
    )


def _tenant(row: Row[*tuple[Any, ...]]) -> Tenant:
    return Tenant(row.id, row.name, frozenset(json.loads(row.home_platform)), from_ms(row.created_at))
