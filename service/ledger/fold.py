"""What a subject's record adds up to: always computed from what is recorded, never incremented. Pure."""

from collections.abc import Iterable

from service.domain.ledger import Counters, EntryKind, LedgerEntry
from service.ledger.counting import DEFAULT_RULES, CountRules, count_units


def fold(pending: int, entries: Iterable[LedgerEntry], rules: CountRules = DEFAULT_RULES) -> Counters:
    """Counters of one subject: `pending` candidate events wait for a person, `entries` are its decided facts.
    Only confirmed ones form count units (handbook §5.1)."""
    confirmed = []
    rejected = 0
    for entry in entries:
        if entry.kind is EntryKind.CONFIRMED:
            confirmed.append(entry.event)
        else:
            rejected += 1
    return Counters(
        detected=pending + len(confirmed) + rejected,
        pending=pending,
        confirmed=len(confirmed),
        rejected=rejected,
        count_units=count_units(confirmed, rules),
    )
