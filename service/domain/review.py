"""Cases that people decide, and their decisions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.event import Event
from service.domain.vocabulary import Advice


class CaseKind(StrEnum):
    """A possible violation to judge, or a claim whose evidence is asked for."""

    VIOLATION = "violation"
    EVIDENCE = "evidence"


class CaseStatus(StrEnum):
    """`withdrawn`: later words took the event back before anyone decided."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class DecisionKind(StrEnum):
    """What a reviewer may decide."""

    CONFIRM = "confirm"
    REJECT = "reject"


class ReasonCode(StrEnum):
    """Why a reviewer decided so. Reasons to reject follow handbook §8.2 (`overturned_reason`)."""

    WORDS_SUFFICE = "words_suffice"
    CONTEXT_CONFIRMS = "context_confirms"
    EVIDENCE_MISSING = "evidence_missing"
    ASR_ERROR = "asr_error"
    EXEMPTION_MISSED = "exemption_missed"
    WRONG_SUBJECT = "wrong_subject"
    CONTEXT_MISREAD = "context_misread"
    EVIDENCE_INSUFFICIENT = "evidence_insufficient"
    EVIDENCE_OK = "evidence_ok"


REASONS_FOR: dict[DecisionKind, frozenset[ReasonCode]] = {
    DecisionKind.CONFIRM: frozenset(
        {ReasonCode.WORDS_SUFFICE, ReasonCode.CONTEXT_CONFIRMS, ReasonCode.EVIDENCE_MISSING}
    ),
    DecisionKind.REJECT: frozenset(
        {
            ReasonCode.ASR_ERROR,
            ReasonCode.EXEMPTION_MISSED,
            ReasonCode.WRONG_SUBJECT,
            ReasonCode.CONTEXT_MISREAD,
            ReasonCode.EVIDENCE_INSUFFICIENT,
            ReasonCode.EVIDENCE_OK,
        }
    ),
}
"""Which reasons go with which decision."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a case."""

    kind: DecisionKind
    reviewer: str
    reason: ReasonCode
    note: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class CaseNote:
    """What happened to a case, in order; never edited."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One event put before a person. `deadline` follows handbook §1.3 and is None for `info`.

    After a decision `event` stays as it was decided; `flagged`: later words changed what was decided.
    """

    id: str
    kind: CaseKind
    status: CaseStatus
    event: Event
    advice: Advice
    opened_at: datetime
    deadline: datetime | None
    decision: Decision | None = None
    flagged: bool = False
    notes: tuple[CaseNote, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of cases, most urgent first. `next_cursor` is None on the last page."""

    cases: tuple[Case, ...]
    next_cursor: str | None
