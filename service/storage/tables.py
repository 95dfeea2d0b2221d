"""The tables. Times are milliseconds since 1970 (`*_at`) or of a lane (`*_ms`); `data` is a record's JSON.

Every row belongs to a tenant. `findings` and `ledger` are append-only: a finding's newest revision is the
current one.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 1

NEVER = 253_402_300_799_000
"""`cases.due_at` of a case without deadline: the end of the year 9999."""

metadata = MetaData()

tenants = Table(
    "tenants",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("home_platform", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String, primary_key=True),
    Column("tenant", String, ForeignKey("tenants.id"), nullable=False),
    Column("secret_sha256", String(64), nullable=False),
    Column("role", String, nullable=False),
    Column("label", String, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
)

streams = Table(
    "streams",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("data", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    # BigInteger would not be SQLite's row id, which is what counts up by itself
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("segment_id", String, nullable=False, unique=True),
    Column("tenant", String, nullable=False),
    Column("stream_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("key", String, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("data", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("accepted_at", BigInteger, nullable=False),
    Column("problem", Text),
    UniqueConstraint("tenant", "stream_id", "channel", "key", name="journal_key"),
    Index("journal_turn", "state", "position"),
)

segments = Table(
    "segments",
    metadata,
    Column("segment_id", String, primary_key=True),
    Column("tenant", String, nullable=False),
    Column("stream_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("key", String, nullable=False),
    Column("lane", String, nullable=False),
    Column("start_ms", BigInteger, nullable=False),
    Column("end_ms", BigInteger, nullable=False),
    Column("offset_ms", BigInteger),
    Column("product_id", String),
    Column("transcript", Text),
    Column("text", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("answer", Text),
    Index("segments_lane", "tenant", "stream_id", "lane", "start_ms"),
)

findings = Table(
    "findings",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("stream_id", String, nullable=False),
    Column("segment_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("subject_kind", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("subtype", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("change", String, nullable=False),
    Column("caused_by", String, nullable=False),
    Column("stream_revision", Integer, nullable=False),
    Column("data", Text, nullable=False),
    Index("findings_segment", "tenant", "segment_id"),
    Index("findings_group", "tenant", "stream_id", "subject_kind", "subject_id", "subtype"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", String, primary_key=True),
    Column("tenant", String, nullable=False),
    Column("stream_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("severity_rank", Integer, nullable=False),
    Column("item", String(1), nullable=False),
    Column("subject_kind", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("flagged", Boolean, nullable=False),
    Column("event", Text, nullable=False),
    Column("advice", String, nullable=False),
    Column("decision", Text),
    Index("cases_queue", "tenant", "status", "due_at", "id"),
    Index("cases_subject", "tenant", "subject_kind", "subject_id"),
    Index("cases_stream", "tenant", "stream_id"),
)

case_findings = Table(
    "case_findings",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("finding_id", String, primary_key=True),
    Column("case_id", String, ForeignKey("cases.id"), primary_key=True),
    Index("case_findings_case", "case_id"),
)

case_notes = Table(
    "case_notes",
    metadata,
    Column("case_id", String, ForeignKey("cases.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("tenant", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("subject_kind", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("data", Text, nullable=False),
    Index("ledger_subject", "tenant", "subject_kind", "subject_id"),
)

anchors = Table(
    "anchors",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("data", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
)
