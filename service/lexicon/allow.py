"""Reading of `allow.yaml`: phrases that are lawful wherever they stand."""

from service.lexicon.classes import WordClasses
from service.lexicon.entries import read_pattern
from service.lexicon.schema import Allowance
from service.lexicon.yaml_source import Node

_GROUP_KEYS = ("id", "why", "items", "phrases")


def read_allowances(root: Node | None, classes: WordClasses) -> list[Allowance]:
    """Groups of phrases with the reason `why`; `items` limits a group to items, subtypes, families or ids."""
    fields = root.fields(("version", "groups")) if root else {}
    found = []
    for group in fields["groups"].items() if "groups" in fields else []:
        keys = group.fields(_GROUP_KEYS)
        missing = [name for name in ("id", "why", "phrases") if name not in keys]
        if missing:
            group.error(f"the group lacks {' and '.join(missing)}")
            continue
        scope = frozenset(text for text, _ in keys["items"].texts()) if "items" in keys else frozenset()
        for text, node in keys["phrases"].texts():
            pattern = read_pattern(classes.pattern(text, node), node)
            if pattern is not None:
                found.append(Allowance(pattern, scope, keys["id"].text()))
    return found
