"""Word classes and regex fragments (`lexicons/classes.yaml`) and the `{name}` macros that stand for them."""

import re
from collections.abc import Iterable
from functools import lru_cache

from service.lexicon.problems import nearest
from service.lexicon.yaml_source import Node
from service.text.fold import fold_term

MACRO = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_PIECE = re.compile(r"\\.|\(\?P?[<=!:]*|[^\\]", re.DOTALL)
_META = frozenset("\\.^$*+?{}[]|()-")


class WordClasses:
    """What `{name}` stands for: the folded words of a class, longest first, or a folded regex fragment."""

    def __init__(self, words: dict[str, tuple[str, ...]], fragments: dict[str, str]) -> None:
        self._words = words
        self._groups = {name: f"(?:{fragment})" for name, fragment in fragments.items()}
        self._groups |= {name: f"(?:{'|'.join(map(re.escape, each))})" for name, each in words.items()}

    @property
    def all_words(self) -> tuple[str, ...]:
        """Every word of every class, once, in order."""
        return tuple(sorted({word for words in self._words.values() for word in words}))

    def words(self, texts: Iterable[tuple[str, Node]]) -> tuple[str, ...]:
        """Folded words of a list of literals and `{class}` macros; unknown classes are reported."""
        found: dict[str, None] = {}
        for text, node in texts:
            macro = MACRO.fullmatch(text.strip())
            if macro is None:
                found[_folded_word(text, node)] = None
            elif macro.group(1) in self._words:
                found.update(dict.fromkeys(self._words[macro.group(1)]))
            else:
                node.error(f"unknown class {macro.group()}", nearest(macro.group(1), self._words))
        return tuple(word for word in found if word)

    def pattern(self, text: str, node: Node) -> str:
        """Fold the literals of a pattern and replace each macro by a non-capturing group."""

        def group(match: re.Match[str]) -> str:
            name = match.group(1)
            if name not in self._groups:
                node.error(f"unknown class {{{name}}}", nearest(name, self._groups))
            return self._groups.get(name, "")

        return MACRO.sub(group, fold_pattern(text))


def fold_pattern(text: str) -> str:
    """Fold each literal of a pattern; escapes, group heads and macros stay as written."""
    if text.isascii() and text.islower():
        return text
    return "".join(_fold_piece(piece) for piece in _PIECE.findall(text))


@lru_cache(maxsize=65536)
def _fold_piece(piece: str) -> str:
    folded = fold_term(piece) if len(piece) == 1 else piece
    return "\\" + folded if folded != piece and folded in _META else folded


def _folded_word(text: str, node: Node) -> str:
    word = fold_term(text.strip())
    if not word:
        node.error(f"{text!r} is empty after folding")
    return word


def read_classes(classes: Node | None, fragments: Node | None) -> WordClasses:
    """Read the `classes:` and `fragments:` mappings. A class that contains itself is reported."""
    nodes = dict(classes.pairs()) if classes else {}
    words: dict[str, tuple[str, ...]] = {}
    for name in nodes:
        _resolve(name, (), nodes, words)
    plain = WordClasses(words, {})
    regexes: dict[str, str] = {}
    for name, node in fragments.pairs() if fragments else ():
        regexes[name] = WordClasses(words, regexes).pattern(node.text(), node)
        if name in words:
            node.error(f"{name!r} is already a class")
    return WordClasses(words, regexes) if regexes else plain


def _resolve(
    name: str, trail: tuple[str, ...], nodes: dict[str, Node], done: dict[str, tuple[str, ...]]
) -> None:
    if name in done:
        return
    found: dict[str, None] = {}
    for text, item in nodes[name].texts():
        macro = MACRO.fullmatch(text.strip())
        inner = macro.group(1) if macro else ""
        if not inner:
            found[_folded_word(text, item)] = None
        elif inner in (*trail, name):
            item.error(f"class {{{inner}}} contains itself")
        elif inner not in nodes:
            item.error(f"unknown class {{{inner}}}", nearest(inner, nodes))
        else:
            _resolve(inner, (*trail, name), nodes, done)
            found.update(dict.fromkeys(done[inner]))
    done[name] = tuple(sorted(filter(None, found), key=lambda word: (-len(word), word)))
    if not done[name]:
        nodes[name].error(f"class {name!r} has no words")
