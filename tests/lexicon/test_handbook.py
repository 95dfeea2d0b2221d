"""The lexicon alone on the examples of the handbook: every V span is found under its item, and look-alikes
whose words merely contain a trigger word are left alone. Lawful uses that carry a code (negation, rule
mention, exemption of item c …) may be found: the judge frees those."""

import re

import pytest

from service.domain.context import AnalysisContext
from service.domain.finding import Candidate
from service.domain.vocabulary import Channel
from service.lexicon.load import load_lexicon
from service.text.fold import fold
from tests.lexicon.handbook_examples import HANDBOOK, Example, look_alikes, violating

LEXICON = load_lexicon(HANDBOOK.parents[1] / "lexicons")
CONTEXT = AnalysisContext(Channel.SPEECH)
WEAK = 0.5
"""Prior of the weak tier (lexicons/classes.yaml): such a hit needs the classifier's support."""

JUDGED = re.compile(r"SA_|EX\d|EX_|NOT_SUPERLATIVE|QUANT_LIMIT|SUBJ_PREF|needs_evidence")
"""Reasons that belong to the judge, not to the words."""


def candidates(text: str) -> list[Candidate]:
    """What the lexicon finds in a spoken `text`."""
    return LEXICON.match(fold(text), CONTEXT)


def test_the_handbook_was_read() -> None:
    assert len(violating()) >= 180
    assert len(look_alikes()) >= 180
    assert {example.item for example in violating()} == set("abcdefghijklmnop")


@pytest.mark.parametrize("example", violating(), ids=lambda example: example.name)
def test_every_violating_span_is_found_under_its_item(example: Example) -> None:
    found = [each.span for each in candidates(example.text) if each.item == example.item]
    missed = [
        example.text[start:end]
        for start, end in example.spans
        if not any(left < end and start < right for left, right in found)
    ]
    assert missed == []


@pytest.mark.parametrize(
    "example",
    [example for example in look_alikes() if not JUDGED.search(example.label)],
    ids=lambda example: example.name,
)
def test_look_alikes_are_left_alone(example: Example) -> None:
    accused = [each for each in candidates(example.text) if each.score > WEAK]
    assert [(each.subtype, example.text[slice(*each.span)]) for each in accused] == []
