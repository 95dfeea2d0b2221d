"""Cases follow the events of current findings; a person's decision never does (architecture §3d, §3e)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.event import Event
from service.domain.review import Case, CaseStatus, Decision, DecisionKind, ReasonCode
from service.domain.vocabulary import Severity, Verdict
from service.review.opening import open_case
from service.review.reconcile import Plan, reconcile, undecided
from tests.review.findings_for_reconcile import current, event_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def pending(name: str, *ids: str, minute: int = 0) -> Case:
    return open_case(name, event_of(*ids), NOW + timedelta(minutes=minute))


def decided(name: str, kind: DecisionKind, *ids: str) -> Case:
    status = CaseStatus.CONFIRMED if kind is DecisionKind.CONFIRM else CaseStatus.REJECTED
    decision = Decision(kind, "wang", ReasonCode.WORDS_SUFFICE, "", NOW)
    return replace(pending(name, *ids), status=status, decision=decision)


def plan(cases: list[Case], events: list[Event], *ids: str) -> Plan:
    made = reconcile(cases, events, current(*ids))
    assert reconcile(cases[::-1], events, current(*ids)[::-1]) == made
    return made


@pytest.mark.parametrize(
    ("cases", "events", "opened", "followed", "withdrawn"),
    [
        ([], [("a",)], [("a",)], [], []),
        ([("x", "a")], [("a",)], [], [], []),
        ([("x", "a")], [("a", "b")], [], [("x", ("a", "b"))], []),
        ([("x", "a")], [], [], [], ["x"]),
        ([("x", "a"), ("y", "c")], [("a", "b", "c")], [], [("x", ("a", "b", "c"))], ["y"]),
        ([("x", "a", "b")], [("a",), ("b",)], [("b",)], [("x", ("a",))], []),
    ],
    ids=["new", "same", "grown", "gone", "joined", "split"],
)
def test_pending_cases_follow(
    cases: list[tuple[str, ...]],
    events: list[tuple[str, ...]],
    opened: list[tuple[str, ...]],
    followed: list[tuple[str, tuple[str, ...]]],
    withdrawn: list[str],
) -> None:
    stored = [pending(name, *ids, minute=i) for i, (name, *ids) in enumerate(cases)]
    made = plan(stored, [event_of(*ids) for ids in events])
    assert [e.finding_ids for e in made.opening] == opened
    assert [(c.id, e.finding_ids) for c, e in made.following] == followed
    assert [c.id for c, _ in made.withdrawing] == withdrawn
    assert made.flagging == []


def test_an_event_that_a_person_confirmed_covers_what_joins_it() -> None:
    made = plan(
        [decided("x", DecisionKind.CONFIRM, "a"), pending("y", "c")], [event_of("a", "b", "c")], "a", "b", "c"
    )
    assert (made.opening, made.following, made.flagging) == ([], [], [])
    assert [(c.id, "joined with case x" in note) for c, note in made.withdrawing] == [("y", True)]


def test_rejected_findings_form_no_event_again() -> None:
    cases = [decided("x", DecisionKind.REJECT, "a")]
    assert [one.finding.id for one in undecided(current("a", "b"), cases)] == ["b"]
    confirmed = [decided("x", DecisionKind.CONFIRM, "a"), pending("y", "b")]
    assert len(undecided(current("a", "b"), confirmed)) == 2


@pytest.mark.parametrize("kind", list(DecisionKind))
def test_a_decided_case_is_flagged_once_when_its_words_changed(kind: DecisionKind) -> None:
    case = decided("x", kind, "a")
    events = [event_of("a")] if kind is DecisionKind.CONFIRM else []
    assert plan([case], events, "a").flagging == []
    ((flagged, note),) = plan([case], []).flagging
    assert (flagged, "took back" in note) == (case, True)
    weaker = current("a", verdict=Verdict.SUSPECTED)
    ((_, note),) = reconcile([case], events, weaker).flagging
    assert "suspected" in note
    heavier = current("a", severity=Severity.HIGH)
    assert len(reconcile([case], events, heavier).flagging) == 1
    assert reconcile([replace(case, flagged=True)], events, weaker).flagging == []
