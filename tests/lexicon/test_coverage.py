"""Every subtype of clause 7.4.6.1 has words of its own."""

from collections import Counter
from pathlib import Path

import pytest

from service.lexicon.clauses import load_clauses
from service.lexicon.load import load_lexicon

FOLDER = Path(__file__).parents[2] / "lexicons"
LEXICON = load_lexicon(FOLDER)
LEAST = 5
"""Terms or patterns that a subtype must have at least (a pattern counts as one)."""

WORDS = Counter[str]()
for _entry in LEXICON.entries:
    WORDS[_entry.subtype] += max(1, len(_entry.terms))


@pytest.mark.parametrize("slug", sorted(load_clauses(FOLDER / "clauses.yaml").subtypes))
def test_a_subtype_has_five_terms_or_patterns(slug: str) -> None:
    assert WORDS[slug] >= LEAST


def test_each_entry_is_named_after_its_subtype() -> None:
    assert [entry.id for entry in LEXICON.entries if not entry.id.startswith(f"{entry.subtype}.")] == []
