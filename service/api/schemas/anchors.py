"""Anchors: identity, computed counters, and the decided facts behind them."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from service.api.schemas.common import Id, Name, Strict
from service.domain.ledger import Account, Anchor, Counters, EntryKind, LedgerEntry
from service.domain.vocabulary import Severity


class AccountIO(Strict):
    """An account of the anchor on a platform."""

    platform: Name
    account_id: Id


class AnchorIn(Strict):
    """Identity of an anchor; `identity_key` joins the accounts of one person (handbook §5.6)."""

    name: Name = ""
    identity_key: Name = ""
    accounts: list[AccountIO] = Field(default_factory=list)

    def record(self, anchor_id: str) -> Anchor:
        """The domain record."""
        accounts = tuple(Account(a.platform, a.account_id) for a in self.accounts)
        return Anchor(anchor_id, self.name, self.identity_key, accounts)


class CountersOut(BaseModel):
    """Always computed from the record, never incremented."""

    detected: int = Field(description="candidate events")
    pending: int = Field(description="of these, waiting for a person")
    confirmed: int
    rejected: int
    count_units: int = Field(description="次 of clause 7.2.3, handbook §4.3; confirmed events only")

    @classmethod
    def of(cls, counters: Counters) -> Self:
        """From the record."""
        return cls(
            detected=counters.detected, pending=counters.pending, confirmed=counters.confirmed,
            rejected=counters.rejected, count_units=counters.count_units,
        )  # fmt: skip


class EntryOut(BaseModel):
    """One decided fact, appended and never edited; `previous` links it to the one before."""

    seq: int
    kind: EntryKind
    case_id: str
    stream_id: str
    subtype: str
    severity: Severity
    occurred_at: datetime | None
    reviewer: str
    reason: str
    note: str
    decided_at: datetime
    previous: str
    hash: str

    @classmethod
    def of(cls, entry: LedgerEntry) -> Self:
        """From the record."""
        return cls(
            seq=entry.seq,
            kind=entry.kind,
            case_id=entry.case_id,
            stream_id=entry.event.group.stream_id,
            subtype=entry.event.group.subtype,
            severity=entry.event.severity,
            occurred_at=entry.event.occurred_at,
            reviewer=entry.decision.reviewer,
            reason=entry.decision.reason,
            note=entry.decision.note,
            decided_at=entry.decision.decided_at,
            previous=entry.previous,
            hash=entry.hash,
        )


class AnchorOut(BaseModel):
    """An anchor's standing."""

    id: str
    name: str
    identity_key: str
    accounts: list[AccountIO]
    counters: CountersOut
    entries: list[EntryOut] = Field(description="decided facts, oldest first")

    @classmethod
    def of(cls, anchor: Anchor, counters: Counters, entries: tuple[LedgerEntry, ...]) -> Self:
        """From the records."""
        return cls(
            id=anchor.id,
            name=anchor.name,
            identity_key=anchor.identity_key,
            accounts=[AccountIO(platform=a.platform, account_id=a.account_id) for a in anchor.accounts],
            counters=CountersOut.of(counters),
            entries=[EntryOut.of(e) for e in entries],
        )
