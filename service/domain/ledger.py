"""Decided facts about people (architecture §5) and what they add up to."""

from dataclasses import dataclass
from enum import StrEnum

from service.domain.event import Event
from service.domain.review import Decision


class EntryKind(StrEnum):
    """What was decided."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One decided fact, appended and never edited. `seq` counts from 1 in its tenant; `previous` is the hash
    of the entry before (64 zeros for the first), `hash` that of this one with `previous` in it.
    """

    tenant: str
    seq: int
    kind: EntryKind
    case_id: str
    event: Event
    decision: Decision
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account of an anchor on a platform."""

    platform: str
    account_id: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A person (or declared digital person) on record; `identity_key` joins accounts (handbook §5.6)."""

    id: str
    name: str = ""
    identity_key: str = ""
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Counters:
    """What a subject's record adds up to, always computed. Candidate events are `detected`; of these
    `pending` wait for a person, the others are `confirmed` or `rejected`. A claim that only needs evidence
    counts for nothing until a person decides (handbook §1.2). `count_units` are the 次 of clause 7.2.3
    (handbook §4.3)."""

    detected: int
    pending: int
    confirmed: int
    rejected: int
    count_units: int
