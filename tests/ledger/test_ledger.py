"""Decided facts form a chain that shows every tampering, and anchors are registered per tenant."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service.domain.ledger import Account, Anchor, Counters
from service.domain.review import DecisionKind
from service.domain.vocabulary import SubjectKind
from service.errors import BozhengError
from service.ledger.entries import GENESIS, verify
from service.ledger.repository import append, chain, entries_of, get_anchor, put_anchor
from service.ledger.standing import counters_of
from service.storage.embedded import Storage, open_embedded
from tests.ledger.ledger_data import LI, NOW, decision, event


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with open_embedded(tmp_path) as storage:
        yield storage


def fill(storage: Storage, tenant: str = "acme", count: int = 4) -> None:
    for i in range(count):
        kind = DecisionKind.REJECT if i == 1 else DecisionKind.CONFIRM
        decided = decision(kind, note=f"第{i}次")
        storage.database.write(
            lambda c, i=i, d=decided: append(c, tenant, f"case{i}", event(name=f"f{i}"), d)
        ).result()


def test_the_chain_holds_per_tenant(storage: Storage) -> None:
    fill(storage)
    fill(storage, "other", 2)
    entries = storage.database.read(lambda c: chain(c, "acme"))
    assert [e.seq for e in entries] == [1, 2, 3, 4] and entries[0].previous == GENESIS
    assert [e.previous for e in entries[1:]] == [e.hash for e in entries[:-1]]
    assert verify(entries) == 4
    assert verify(storage.database.read(lambda c: chain(c, "other"))) == 2
    assert verify([]) == 0


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE ledger SET data = replace(data, '第2次', '第9次') WHERE tenant = 'acme'", 3),
        ("UPDATE ledger SET data = replace(data, 'confirmed', 'rejected') WHERE seq = 4", 4),
        ("DELETE FROM ledger WHERE tenant = 'acme' AND seq = 2", 3),
        ("DELETE FROM ledger WHERE tenant = 'acme' AND seq = 1", 2),
    ],
)
def test_tampering_shows(storage: Storage, statement: str, broken_at: int) -> None:
    fill(storage)
    storage.database.write(lambda c: c.execute(text(statement))).result()
    with pytest.raises(BozhengError) as refused:
        verify(storage.database.read(lambda c: chain(c, "acme")))
    assert (refused.value.problem.code, refused.value.extra["seq"]) == ("ledger.chain_broken", broken_at)


def test_what_is_kept_is_what_was_decided(storage: Storage) -> None:
    fill(storage, count=1)
    (entry,) = storage.database.read(lambda c: entries_of(c, "acme", LI.kind, LI.id))
    assert (entry.event, entry.decision) == (event(name="f0"), decision(note="第0次"))


def test_counters_are_folded_from_entries_of_the_tenant(storage: Storage) -> None:
    fill(storage)
    read = storage.database.read
    assert read(lambda c: counters_of(c, "acme", LI.kind, LI.id)) == Counters(4, 0, 3, 1, 1)
    nothing = Counters(0, 0, 0, 0, 0)
    assert read(lambda c: counters_of(c, "other", LI.kind, LI.id)) == nothing
    assert read(lambda c: counters_of(c, "acme", SubjectKind.USER, LI.id)) == nothing


def test_anchors_are_registered_changed_and_foreign_ones_unknown(storage: Storage) -> None:
    anchor = Anchor("li", "李", "id-key", (Account("douyin", "1"), Account("kuaishou", "2")))
    for name in ("李", "李佳"):
        put = Anchor("li", name, anchor.identity_key, anchor.accounts)
        storage.database.write(lambda c, a=put: put_anchor(c, "acme", a, NOW)).result()
    assert storage.database.read(lambda c: get_anchor(c, "acme", "li")).name == "李佳"
    with pytest.raises(BozhengError) as refused:
        storage.database.read(lambda c: get_anchor(c, "other", "li"))
    assert refused.value.problem.code == "anchor.not_found"


def test_rows_hold_the_hash_of_their_entry(storage: Storage) -> None:
    """The chain is in the data itself: a backup of the table alone can be verified."""
    fill(storage, count=2)
    rows = storage.database.read(
        lambda c: c.execute(text("SELECT data FROM ledger ORDER BY seq")).scalars().all()
    )
    first, second = (json.loads(row) for row in rows)
    assert second["previous"] == first["hash"]
