"""Opening, listing and deciding cases; a person decides once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from service.domain.event import Event, EventGroup
from service.domain.finding import Subject
from service.domain.review import Case, CaseKind, CaseStatus, DecisionKind, ReasonCode
from service.domain.vocabulary import Advice, Channel, Severity, SubjectKind, Verdict
from service.errors import BozhengError
from service.ledger.repository import chain
from service.ledger.standing import counters_of
from service.review.decisions import decide
from service.review.opening import follow, open_case
from service.review.repository import CaseFilter, get_case, list_cases, save
from service.storage.embedded import Storage, open_embedded

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LI = Subject(SubjectKind.ANCHOR, "li", "only_speaker")
CONFIRM = (DecisionKind.CONFIRM, "wang", ReasonCode.WORDS_SUFFICE, "清楚")


def event(
    severity: Severity = Severity.MEDIUM,
    verdict: Verdict = Verdict.VIOLATION,
    ids: tuple[str, ...] = ("f1",),
    subtype: str = "c.lowest_price",
    stream: str = "s1",
    subject: Subject = LI,
) -> Event:
    group = EventGroup(stream, Channel.SPEECH, subject, subtype, None)
    return Event(group, verdict, severity, ids, tuple("词" for _ in ids), 0, 1_000, NOW)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with open_embedded(tmp_path) as storage:
        yield storage


def keep(storage: Storage, *cases: Case, tenant: str = "acme") -> None:
    for case in cases:
        storage.database.write(lambda c, case=case: save(c, tenant, case)).result()


def refusal(storage: Storage, tenant: str, case_id: str, *decision: Any) -> str:
    with pytest.raises(BozhengError) as refused:
        storage.database.write(lambda c: decide(c, tenant, case_id, *decision, NOW)).result()
    return refused.value.problem.code


@pytest.mark.parametrize(
    ("severity", "verdict", "kind", "advice", "within"),
    [
        (Severity.INFO, Verdict.VIOLATION, CaseKind.VIOLATION, Advice.REVIEW, None),
        (Severity.LOW, Verdict.SUSPECTED, CaseKind.VIOLATION, Advice.REVIEW, timedelta(hours=24)),
        (Severity.MEDIUM, Verdict.VIOLATION, CaseKind.VIOLATION, Advice.REVIEW, timedelta(hours=4)),
        (Severity.HIGH, Verdict.VIOLATION, CaseKind.VIOLATION, Advice.BLOCK, timedelta(minutes=15)),
        (Severity.HIGH, Verdict.SUSPECTED, CaseKind.VIOLATION, Advice.REVIEW, timedelta(minutes=15)),
        (Severity.CRITICAL, Verdict.VIOLATION, CaseKind.VIOLATION, Advice.BLOCK, timedelta(seconds=60)),
        (Severity.HIGH, Verdict.NEEDS_EVIDENCE, CaseKind.EVIDENCE, Advice.REVIEW, timedelta(minutes=15)),
    ],
)
def test_a_case_is_opened_by_severity_and_verdict(
    severity: Severity, verdict: Verdict, kind: CaseKind, advice: Advice, within: timedelta | None
) -> None:
    case = open_case("c1", event(severity, verdict), NOW)
    assert (case.kind, case.advice, case.status) == (kind, advice, CaseStatus.PENDING)
    assert case.deadline == (NOW + within if within else None)
    later = follow(open_case("c1", event(), NOW), event(severity, verdict))
    assert (later.kind, later.advice, later.deadline) == (kind, advice, case.deadline)


def test_the_queue_is_by_urgency_and_pages_miss_and_repeat_nothing(storage: Storage) -> None:
    severities = [Severity.LOW, Severity.CRITICAL, Severity.INFO, Severity.HIGH, Severity.MEDIUM] * 5
    keep(storage, *(open_case(f"c{i:02}", event(s, ids=(f"f{i}",)), NOW) for i, s in enumerate(severities)))
    listed, cursor = [], None
    for size in (1, 7, 7, 7, 7):
        page = storage.database.read(lambda c, n=size, at=cursor: list_cases(c, "acme", CaseFilter(), n, at))
        listed += page.cases
        cursor = page.next_cursor
    assert cursor is None and len({c.id for c in listed}) == 25
    ranks = [c.event.severity.rank for c in listed]
    assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (CaseFilter(), {"a", "b", "c", "d"}),
        (CaseFilter(kind=CaseKind.EVIDENCE), {"b"}),
        (CaseFilter(item="m"), {"c"}),
        (CaseFilter(stream_id="s2"), {"d"}),
        (CaseFilter(min_severity=Severity.HIGH), {"c", "d"}),
        (CaseFilter(subject_kind=SubjectKind.USER, subject_id="fan"), {"d"}),
        (CaseFilter(status=CaseStatus.CONFIRMED), set()),
        (CaseFilter(status=CaseStatus.PENDING, item="c"), {"a", "b", "d"}),
    ],
)
def test_filters(storage: Storage, where: CaseFilter, expected: set[str]) -> None:
    fan = Subject(SubjectKind.USER, "fan", "message_author")
    events = {
        "a": event(),
        "b": event(verdict=Verdict.NEEDS_EVIDENCE),
        "c": event(Severity.HIGH, subtype="m.add_private"),
        "d": event(Severity.CRITICAL, stream="s2", subject=fan),
    }
    keep(storage, *(open_case(name, one, NOW) for name, one in events.items()))
    keep(storage, open_case("foreign", event(), NOW), tenant="other")
    page = storage.database.read(lambda c: list_cases(c, "acme", where, 10))
    assert {c.id for c in page.cases} == expected


@pytest.mark.parametrize("cursor", ["x", "", "甲", "e30", "bm9udW1iZXI6Yw"])
def test_a_made_up_cursor_is_refused(storage: Storage, cursor: str) -> None:
    with pytest.raises(BozhengError) as refused:
        storage.database.read(lambda c: list_cases(c, "acme", CaseFilter(), 5, cursor))
    assert refused.value.problem.code == "cursor.invalid"


def test_a_confirmed_case_is_counted_and_chained(storage: Storage) -> None:
    keep(storage, open_case("c1", event(), NOW))
    read = storage.database.read
    assert read(lambda c: counters_of(c, "acme", LI.kind, "li")).pending == 1
    decided = storage.database.write(lambda c: decide(c, "acme", "c1", *CONFIRM, NOW)).result()
    assert decided.status is CaseStatus.CONFIRMED and decided.decision is not None
    assert (decided.decision.reviewer, decided.decision.note) == ("wang", "清楚")
    assert [n.text for n in decided.notes] == ["confirmed by wang: words_suffice"]
    counters = read(lambda c: counters_of(c, "acme", LI.kind, "li"))
    assert (counters.detected, counters.pending, counters.confirmed, counters.count_units) == (1, 0, 1, 1)
    assert [e.case_id for e in read(lambda c: chain(c, "acme"))] == ["c1"]


def test_a_rejected_case_counts_for_nothing(storage: Storage) -> None:
    keep(storage, open_case("c1", event(), NOW))
    reject = (DecisionKind.REJECT, "wang", ReasonCode.ASR_ERROR, "")
    storage.database.write(lambda c: decide(c, "acme", "c1", *reject, NOW)).result()
    counters = storage.database.read(lambda c: counters_of(c, "acme", LI.kind, "li"))
    assert (counters.rejected, counters.confirmed, counters.count_units) == (1, 0, 0)


def test_bad_decisions_change_nothing(storage: Storage) -> None:
    withdrawn = open_case("gone", event(ids=("f2",)), NOW)
    keep(storage, open_case("c1", event(), NOW), open_case("done", event(ids=("f3",)), NOW))
    keep(storage, replace(withdrawn, status=CaseStatus.WITHDRAWN))
    storage.database.write(lambda c: decide(c, "acme", "done", *CONFIRM, NOW)).result()
    assert refusal(storage, "acme", "nothing", *CONFIRM) == "case.not_found"
    assert refusal(storage, "other", "c1", *CONFIRM) == "case.not_found"
    assert refusal(storage, "acme", "gone", *CONFIRM) == "case.withdrawn"
    for kind, reason in (
        (DecisionKind.CONFIRM, ReasonCode.WORDS_SUFFICE),
        (DecisionKind.REJECT, ReasonCode.ASR_ERROR),
    ):
        assert refusal(storage, "acme", "done", kind, "li", reason, "") == "case.already_decided"
    mismatch = (DecisionKind.CONFIRM, "wang", ReasonCode.ASR_ERROR, "")
    assert refusal(storage, "acme", "c1", *mismatch) == "case.reason_mismatch"
    assert storage.database.read(lambda c: get_case(c, "acme", "c1")).status is CaseStatus.PENDING
    assert len(storage.database.read(lambda c: chain(c, "acme"))) == 1


def test_two_reviewers_at_once_one_decides(storage: Storage) -> None:
    keep(storage, open_case("c1", event(), NOW))
    futures = [
        storage.database.write(
            lambda c, who=who: decide(c, "acme", "c1", DecisionKind.CONFIRM, who, CONFIRM[2], "", NOW)
        )
        for who in ("wang", "zhao", "qian")
    ]
    errors = [f.exception(5) for f in futures]
    assert [e is None for e in errors] == [True, False, False]
    assert all(isinstance(e, BozhengError) and e.problem.status == 409 for e in errors if e)
    assert len(storage.database.read(lambda c: chain(c, "acme"))) == 1
