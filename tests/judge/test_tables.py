"""Marked sentences, one table per speech act and exemption: the markup is the expectation."""

from pathlib import Path

import pytest

from service.domain.context import AnalysisContext
from service.domain.vocabulary import Channel, Verdict
from tests.judge.conftest import JudgeSpans

TABLES = sorted((Path(__file__).parent / "tables").glob("*.txt"))


def _rows() -> list[object]:
    return [
        pytest.param(*line.split("|", 1), id=f"{table.stem}:{number}")
        for table in TABLES
        for number, line in enumerate(table.read_text("utf-8").splitlines(), 1)
        if line and not line.startswith("#")
    ]


@pytest.mark.parametrize(("channel", "marked"), _rows())
def test_marked_sentence(judged: JudgeSpans, channel: str, marked: str) -> None:
    for given, answer in judged(marked, AnalysisContext(channel=Channel(channel))):
        said = answer.exemption_code
        if given.code is None:
            assert said is None, f"{given.subtype} let off as {said}: {answer.reasons}"
            assert answer.verdict is not Verdict.EXEMPT
        else:
            assert said is not None, f"{given.subtype} asserted"
            assert given.code in ("ANY", said), f"let off as {said}: {answer.reasons}"


def test_the_tables_are_varied() -> None:
    assert len(_rows()) >= 150
