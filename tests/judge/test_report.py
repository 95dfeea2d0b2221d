"""The judge on the labelled development spans: the floor it may not fall under."""

import pytest

from eval.judge_report import Case, accused_table, cases, coded_table, shown
from service.judge.judge import Judge
from training.data import load

LET_OFF_FLOOR = 0.90
"""Share of coded spans that must be let off; 0.942 when the floor was set."""
LET_GO_CEILING = 0.04
"""Share of violating spans that may be let go; 0.030 when it was set."""


@pytest.fixture(scope="module")
def found(judge: Judge) -> list[Case]:
    return list(cases(load("dev"), judge))


def test_lawful_spans_are_let_off(found: list[Case]) -> None:
    coded = [case for case in found if case.mark.code is not None]
    assert sum(case.lenient for case in coded) >= LET_OFF_FLOOR * len(coded)


def test_violating_spans_are_not(found: list[Case]) -> None:
    plain = [case for case in found if case.mark.code is None]
    assert sum(case.lenient for case in plain) <= LET_GO_CEILING * len(plain)


def test_the_report_names_codes_items_and_mistakes(found: list[Case]) -> None:
    assert "SA_NEG" in coded_table(found)
    assert accused_table(found).splitlines()[-1].startswith("all")
    mistake = next(case for case in found if not case.right)
    assert "【" in shown(mistake) and mistake.mark.subtype in shown(mistake)
