"""Named word classes (`lexicons/classes.yaml`) and the `{class}` macros that stand for them."""

import re
from collections.abc import Iterable

from service.lexicon.problems import nearest
from service.lexicon.yaml_source import Node
from service.text.fold import fold_term

MACRO = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class WordClasses:
    """Class name → folded words, longest first. Classes may contain other classes, not themselves."""

    def __init__(self, words: dict[str, tuple[str, ...]]) -> None:
        self._words = words

    @property
    def names(self) -> frozenset[str]:
        """Every class name."""
        return frozenset(self._words)

    def expand(self, texts: Iterable[tuple[str, Node]]) -> tuple[str, ...]:
        """Folded words of a list of literals and `{class}` macros; unknown classes are reported."""
        found: dict[str, None] = {}
        for text, node in texts:
            for word in self.words_of(text, node):
                found[word] = None
        return tuple(found)

    def words_of(self, text: str, node: Node) -> tuple[str, ...]:
        """Words that one list element stands for: those of its class, or itself folded."""
        macro = MACRO.fullmatch(text.strip())
        if macro is None:
            word = fold_term(text.strip())
            if not word:
                node.error(f"{text!r} is empty after folding")
            return (word,) if word else ()
        name = macro.group(1)
        if name not in self._words:
            node.error(f"unknown class {{{name}}}", nearest(name, self._words))
        return self._words.get(name, ())


def read_classes(root: Node) -> WordClasses:
    """Read the `classes:` mapping. A class that contains itself, directly or not, is reported."""
    raw = dict(root.pairs())
    done: dict[str, tuple[str, ...]] = {}

    def resolve(name: str, trail: tuple[str, ...]) -> tuple[str, ...]:
        if name in done:
            return done[name]
        node = raw[name]
        found: dict[str, None] = {}
        for text, item in node.texts():
            macro = MACRO.fullmatch(text.strip())
            inner = macro.group(1) if macro else None
            if inner in (*trail, name):
                item.error(f"class {{{inner}}} contains itself")
            elif inner in raw:
                found.update(dict.fromkeys(resolve(inner, (*trail, name))))
            else:
                found.update(dict.fromkeys(WordClasses({}).words_of(text, item)))
        done[name] = tuple(sorted(found, key=lambda word: (-len(word), word)))
        if not done[name]:
            node.error(f"class {name!r} has no words")
        return done[name]

    return WordClasses({name: resolve(name, ()) for name in raw})
