"""Anchors of a regular expression: a set of literals of which every match contains at least one.

Works on the parse tree of `re`. Neighbouring elements that stand for a finite set of words are multiplied out
(最 followed by a class of adjectives gives 最好, 最优 …), as in the prefilters of RE2; the best set of a
sequence is the one whose shortest word is longest, and among those the smallest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MAX_PRODUCT = 1500
"""Words up to which neighbouring sets are multiplied out."""
MAX_SET = 40
"""Characters of a set like [最罪嘴] that may serve as anchors."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """`words`, and the fewest and most characters that a match can have before the anchor in it."""

    words: frozenset[str] = frozenset()
    fewest: int = 0
    most: int = 0

    def merit(self) -> tuple[int, int]:
        """Long words first, then few."""
        return (min(map(len, self.words)), -len(self.words)) if self.words else (0, 0)

    def shifted(self, fewest: int, most: int) -> "Anchors":
        """The same anchors with more characters before them."""
        return Anchors(self.words, self.fewest + fewest, self.most + most)


_NONE = Anchors()


def anchors_of(tree: Any) -> Anchors:
    """Anchors of a parsed sequence; without words when there are none."""
    best = _NONE
    running: Anchors | None = None
    fewest = most = 0
    for index, (operator, argument) in enumerate(tree):
        words = _exact(str(operator), argument)
        if words is None:
            best = _better(best, running, _inner(str(operator), argument).shifted(fewest, most))
            running = None
        elif running is not None and len(running.words) * len(words) <= MAX_PRODUCT:
            product = frozenset(left + right for left in running.words for right in words)
            running = Anchors(product, running.fewest, running.most)
        else:
            best = _better(best, running)
            running = Anchors(words, fewest, most)
        low, high = tree[index : index + 1].getwidth()
        fewest, most = fewest + low, most + high
    return _better(best, running)


def _better(*choices: Anchors | None) -> Anchors:
    return max((choice for choice in choices if choice is not None), key=Anchors.merit)


def _exact(name: str, argument: Any) -> frozenset[str] | None:
    """All words that an element matches, None when they are not a small set of non-empty words."""
    if name == "LITERAL":
        return frozenset({chr(argument)})
    if name == "IN":
        return _characters(argument)
    if name == "SUBPATTERN":
        return _exact_sequence(argument[3])
    if name == "BRANCH":
        branches = [_exact_sequence(branch) for branch in argument[1]]
        found = [branch for branch in branches if branch is not None]
        return frozenset().union(*found) if len(found) == len(branches) else None
    return None


def _exact_sequence(tree: Iterable[Any]) -> frozenset[str] | None:
    product = frozenset({""})
    for operator, argument in tree:
        words = _exact(str(operator), argument)
        if words is None or len(product) * len(words) > MAX_PRODUCT:
            return None
        product = frozenset(left + right for left in product for right in words)
    return product if "" not in product else None


def _characters(members: Iterable[Any]) -> frozenset[str] | None:
    found: set[str] = set()
    for operator, argument in members:
        if str(operator) == "LITERAL":
            found.add(chr(argument))
        elif str(operator) == "RANGE" and argument[1] - argument[0] < MAX_SET:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= MAX_SET else None


def _inner(name: str, argument: Any) -> Anchors:
    """Anchors inside an element that is not a finite set itself."""
    if name == "SUBPATTERN":
        return anchors_of(argument[3])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return anchors_of(argument[2]) if argument[0] > 0 else _NONE
    if name == "BRANCH":
        branches = [anchors_of(branch) for branch in argument[1]]
        if all(branch.words for branch in branches):
            words = frozenset().union(*(branch.words for branch in branches))
            return Anchors(words, min(each.fewest for each in branches), max(each.most for each in branches))
    return _NONE
