"""Instants: aware UTC datetimes in records, milliseconds since 1970 in tables, RFC 3339 in JSON."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_now() -> datetime:
    """Now, in UTC, cut to the millisecond that tables keep."""
    return from_ms(to_ms(datetime.now(UTC)))


def to_ms(instant: datetime) -> int:
    """Whole milliseconds since 1970. Raises ValueError for a datetime without time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    """The UTC instant `ms` milliseconds after 1970."""
    return _EPOCH + timedelta(milliseconds=ms)


def rfc3339(instant: datetime) -> str:
    """`2026-11-24T08:00:00.000Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
