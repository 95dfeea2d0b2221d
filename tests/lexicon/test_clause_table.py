"""The clause table: complete, and refused with file:line:column when it is not."""

from pathlib import Path

import pytest

from service.domain.vocabulary import Action, Severity, Verdict
from service.lexicon.clauses import load_clauses
from service.lexicon.problems import LexiconError

PATH = Path(__file__).parents[2] / "lexicons" / "clauses.yaml"


def test_the_shipped_table_is_whole() -> None:
    table = load_clauses(PATH)
    assert "".join(table.items) == "abcdefghijklmnop"
    assert all(item.subtypes and item.legal_basis for item in table.items.values())
    assert table.subtypes["c.rank_first"].verdict_ceiling is Verdict.SUSPECTED
    assert table.subtypes["m.private_payment"].severity is Severity.HIGH
    assert table.exemption_verdicts["EX6_4_NAME"] is Verdict.NEEDS_EVIDENCE
    assert table.exemption_verdicts_with_facts["EX6_4_NAME"] is Verdict.EXEMPT
    assert table.severity_actions[Severity.CRITICAL] == (Action.HUMAN_REVIEW, Action.TERMINATE_STREAM)
    assert table.counting["suspend_threshold"] == 2
    assert table.event_merge["merge_gap_s"] == 120


MISTAKES = [
    ("verdict_ceiling: violation", "verdict_ceiling: guilty", "'guilty' is not a verdict"),
    ("severity: high", "severity: hihg", "'hihg' is not a severity"),
    ("title_en:", "title_fr:", "unknown key 'title_fr'"),
    ("slug: m.add_private", "slug: n.add_private", "subtype 'n.add_private' does not belong to item 'm'"),
    ("merge_gap_s: 120", "merge_gap_s: [120", "not valid YAML"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_refuses_a_broken_table(tmp_path: Path, old: str, new: str, message: str) -> None:
    content = PATH.read_text(encoding="utf-8")
    assert old in content
    broken = tmp_path / "clauses.yaml"
    broken.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError) as refused:
        load_clauses(broken)
    problem = refused.value.problems[0]
    assert message in problem.message
    assert refused.value.detail.startswith(f"{broken}:{problem.place.line}:{problem.place.column}: ")


def test_says_that_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot be read"):
        load_clauses(tmp_path / "clauses.yaml")
