"""Marked-up sentences: 【words】 is the expected entity, its value stands beside the sentence."""

from service.entities.entity import EntityKind
from service.entities.find import find_entities
from service.text.fold import fold

Row = tuple[str, str]
"""Sentence with at most one 【…】, and the value of the entity in it ('' for none)."""


def found(marked: str, kind: EntityKind) -> list[tuple[str, str]]:
    """(raw words, value) of the entities of one kind in a sentence, its marks taken away."""
    text = marked.replace("【", "").replace("】", "")
    return [(text[slice(*each.span)], each.value) for each in find_entities(fold(text)) if each.kind is kind]


def expected(marked: str, value: str) -> list[tuple[str, str]]:
    """What `found` must give for a row."""
    return [(marked[marked.index("【") + 1 : marked.index("】")], value)] if value else []
