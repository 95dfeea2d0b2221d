"""Every example of handbook §2: violating words are asserted, look-alikes are let pass.

Look-alikes that no rule of the judge decides are never found in the first place: neighbours in sound, words
inside words and ordinary words that no lexicon entry holds. They are named here, so that the list is seen to
shrink and not to grow.
"""

import re
from pathlib import Path

import pytest

from service.domain.clauses import ClauseTable
from service.domain.vocabulary import Verdict
from service.lexicon.clauses import load_clauses
from tests.judge.conftest import LEXICONS, JudgeSpans

HANDBOOK = (Path(__file__).resolve().parents[2] / "docs" / "handbook.zh-CN.md").read_text("utf-8")
VIOLATIONS = re.findall(r"^- ([a-p]-V\d+) \[([a-z._]+)\] (.*)$", HANDBOOK, re.MULTILINE)
LOOK_ALIKES = re.findall(r"^- ([a-p]-N\d+) (.*?) — .*$", HANDBOOK, re.MULTILINE)
NEVER_FOUND = re.findall(
    r"\S+",
    """
    a-N12 d-N06 d-N09 f-N09 g-N10 g-N11 g-N12 l-N01 o-N03 o-N04 o-N05 o-N08 o-N09
    """,
)
DECIDED = [each for each in LOOK_ALIKES if each[0] not in NEVER_FOUND]


@pytest.fixture(scope="module")
def clauses() -> ClauseTable:
    return load_clauses(LEXICONS / "clauses.yaml")


@pytest.mark.parametrize(("name", "subtype", "text"), VIOLATIONS, ids=lambda v: v if "-V" in v else "")
def test_violating_words_are_asserted(judged: JudgeSpans, name: str, subtype: str, text: str) -> None:
    spoken = re.sub(r"（[^）]*）$", "", text)
    for _, answer in judged(re.sub(r"【(.*?)】", rf"〖{subtype}:\1〗", spoken)):
        assert answer.exemption_code is None, answer.reasons


@pytest.mark.parametrize(("name", "text"), DECIDED, ids=lambda v: v if "-N" in v else "")
def test_look_alikes_pass(judged: JudgeSpans, clauses: ClauseTable, name: str, text: str) -> None:
    """Under the subtype that fits best, all marked words are exempt or wait for evidence."""
    passed = []
    for subtype in clauses.items[name[0]].subtypes:
        answers = judged(re.sub(r"〔(.*?)〕", rf"〖{subtype.slug}:\1〗", text))
        passed.append(all(a.verdict in (Verdict.EXEMPT, Verdict.NEEDS_EVIDENCE) for _, a in answers))
    assert any(passed)


def test_the_handbook_was_read() -> None:
    assert len(VIOLATIONS) >= 170 and len(LOOK_ALIKES) >= 180
