"""Entries linked by hash: nothing can be changed or taken out unnoticed. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict

from service.domain.event import Event
from service.domain.instants import rfc3339
from service.domain.ledger import EntryKind, LedgerEntry
from service.domain.review import Decision, DecisionKind
from service.errors import BozhengError
from service.ledger.problems import CHAIN_BROKEN

GENESIS = "0" * 64
"""`previous` of a tenant's first entry."""

_KIND = {DecisionKind.CONFIRM: EntryKind.CONFIRMED, DecisionKind.REJECT: EntryKind.REJECTED}


def next_entry(
    last: LedgerEntry | None, tenant: str, case_id: str, event: Event, decision: Decision
) -> LedgerEntry:
    """The entry that follows `last` (None: the tenant's first)."""
    seq = last.seq + 1 if last else 1
    previous = last.hash if last else GENESIS
    kind = _KIND[decision.kind]
    digest = _digest(tenant, seq, kind, case_id, event, decision, previous)
    return LedgerEntry(tenant, seq, kind, case_id, event, decision, previous, digest)


def verify(entries: Iterable[LedgerEntry]) -> int:
    """Check a tenant's whole chain from its first entry; returns its length. Raises `ledger.chain_broken`
    with the first entry that does not fit."""
    last: LedgerEntry | None = None
    for entry in entries:
        expected = next_entry(last, entry.tenant, entry.case_id, entry.event, entry.decision)
        if entry != expected:
            raise BozhengError(CHAIN_BROKEN, f"entry {entry.seq} of tenant {entry.tenant!r}", seq=entry.seq)
        last = entry
    return last.seq if last else 0


def _digest(
    tenant: str, seq: int, kind: EntryKind, case_id: str, event: Event, decision: Decision, previous: str
) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, instants in RFC 3339."""
    content = {
        "tenant": tenant,
        "seq": seq,
        "kind": kind,
        "case_id": case_id,
        "event": asdict(event),
        "decision": asdict(decision),
        "previous": previous,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=rfc3339)
    return hashlib.sha256(canonical.encode()).hexdigest()
