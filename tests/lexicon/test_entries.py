"""Every entry of the shipped lexicon hits its own `hit` examples and passes its `miss` examples."""

from pathlib import Path

import pytest

from service.domain.context import AnalysisContext, Product
from service.domain.vocabulary import Channel
from service.lexicon.load import load_lexicon
from service.lexicon.schema import Entry
from service.text.fold import fold

FOLDER = Path(__file__).parents[2] / "lexicons"
LEXICON = load_lexicon(FOLDER)


def fired(entry: Entry, text: str) -> bool:
    """Whether `entry` is among the reasons of any candidate of `text`."""
    channel = entry.channels[0] if entry.channels else Channel.SPEECH
    product = Product("p", category=entry.categories[0]) if entry.categories else None
    candidates = LEXICON.match(fold(text), AnalysisContext(channel, product=product))
    return any(reason.id == entry.id for candidate in candidates for reason in candidate.reasons)


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: entry.id)
def test_own_examples(entry: Entry) -> None:
    assert entry.hit, "every entry shows what it finds"
    assert [text for text in entry.hit if not fired(entry, text)] == []
    assert [text for text in entry.miss if fired(entry, text)] == []
