"""Where a subject stands now: its counters, computed on every read."""

from sqlalchemy import Connection

from service.domain.ledger import Counters
from service.domain.vocabulary import SubjectKind
from service.ledger.counting import DEFAULT_RULES, CountRules
from service.ledger.fold import fold
from service.ledger.repository import entries_of, pending_violations


def counters_of(
    connection: Connection,
    tenant: str,
    kind: SubjectKind,
    subject_id: str,
    rules: CountRules = DEFAULT_RULES,
) -> Counters:
    """Counters of a subject; all zero for one that nothing is known of."""
    pending = pending_violations(connection, tenant, kind, subject_id)
    return fold(pending, entries_of(connection, tenant, kind, subject_id), rules)
