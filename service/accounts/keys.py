"""API keys: `bozheng_<id>_<secret>`. The secret is 256 random bits: a plain SHA-256 of it is a safe hash."""

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlalchemy import Connection

from service.accounts.problems import KEY_INVALID
from service.accounts.repository import add_key, find_key, get_tenant
from service.domain.account import IssuedKey, Principal, Role
from service.errors import BozhengError

_PREFIX = "bozheng"


def issue_key(connection: Connection, tenant: str, role: Role, label: str, now: datetime) -> IssuedKey:
    """Make a key and keep its hash. The only time that its secret is seen. Raises `tenant.not_found`."""
    get_tenant(connection, tenant)
    key_id, secret = secrets.token_hex(8), secrets.token_hex(32)
    add_key(connection, tenant, key_id, _hash(secret), role, label, now)
    return IssuedKey(key_id, tenant, role, label, f"{_PREFIX}_{key_id}_{secret}")


def authenticate(connection: Connection, presented: str) -> Principal:
    """Who presents this key. Raises `key.invalid` for a malformed, unknown, wrong or revoked one, in the same
    words."""
    key_id, secret = _parse(presented)
    row = find_key(connection, key_id)
    expected = row.secret_sha256 if row else _hash("")
    matches = hmac.compare_digest(expected, _hash(secret))
    if row is None or row.revoked or not matches:
        raise BozhengError(KEY_INVALID, "the key was not accepted")
    return row.principal


def _parse(presented: str) -> tuple[str, str]:
    parts = presented.split("_")
    if len(parts) != 3 or parts[0] != _PREFIX:
        return "", ""
    return parts[1], parts[2]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
