"""Who may call: tenants, keys, roles."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a key may do (architecture §6)."""

    PLATFORM = "platform"
    MODERATOR = "moderator"
    SENIOR_MODERATOR = "senior_moderator"
    SCIENTIST = "scientist"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Tenant:
    """A platform. `home_platform` names what counts as on-platform (wechat, qq, alipay, taobao, …); empty by
    default: every other way to talk, trade or pay is off-platform."""

    id: str
    name: str
    home_platform: frozenset[str]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Principal:
    """The holder of a valid key."""

    tenant: Tenant
    key_id: str
    role: Role
    label: str


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key. `secret` is the whole `bozheng_<id>_<secret>` string: shown once, never stored."""

    key_id: str
    tenant: str
    role: Role
    label: str
    secret: str
