"""How fast a person must look (handbook §1.3, suggested values). Pure."""

from datetime import datetime, timedelta

from service.domain.vocabulary import Severity

REVIEW_WITHIN: dict[Severity, timedelta | None] = {
    Severity.INFO: None,
    Severity.LOW: timedelta(hours=24),
    Severity.MEDIUM: timedelta(hours=4),
    Severity.HIGH: timedelta(minutes=15),
    Severity.CRITICAL: timedelta(seconds=60),
}


def deadline(severity: Severity, opened_at: datetime) -> datetime | None:
    """When a case must be decided; None where nothing requires it."""
    within = REVIEW_WITHIN[severity]
    return opened_at + within if within is not None else None
