"""Clauses with and without punctuation."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.clauses import clause_spans, sentence_spans, span_around

CLAUSES = [
    ("加微信,别走平台", ["加微信", "别走平台"]),
    ("好用。真的!快拍", ["好用", "真的", "快拍"]),
    ("这个便宜但是不能说家人们快拍", ["这个便宜", "但是不能说", "家人们快拍"]),
    ("a b", ["a", "b"]),
    (",,。", []),
    ("", []),
]


@pytest.mark.parametrize(("folded", "expected"), CLAUSES)
def test_clauses(folded: str, expected: list[str]) -> None:
    assert [folded[slice(*span)] for span in clause_spans(folded)] == expected


def test_sentences_end_only_at_full_stops() -> None:
    assert [*sentence_spans("加微信,快。真的?")] == [(0, 5), (6, 8)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 2, "加微信"), (2, 6, "加微信,别走平台"), (5, 6, "别走平台"), (3, 4, ",")],
)
def test_span_around(start: int, end: int, expected: str) -> None:
    folded = "加微信,别走平台"
    assert folded[slice(*span_around(clause_spans(folded), start, end))] == expected


@given(st.text(alphabet="加微,。 但是家人们\n", max_size=40))
def test_clauses_are_ordered_and_apart(folded: str) -> None:
    spans = clause_spans(folded)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
