"""Anchors of a regular expression: a set of literals of which every match contains at least one.

Works on the parse tree of `re`. Neighbouring elements that stand for a finite set of words are multiplied out
(最 followed by a class of adjectives gives 最好, 最优 …), as in the prefilters of RE2; the best set of a
sequence is the one whose shortest word is longest, and among those the smallest.
"""

from collections.abc import Iterable
from typing import Any

MAX_PRODUCT = 1500
"""Words up to which neighbouring sets are multiplied out."""
MAX_SET = 40
"""Characters of a set like [最罪嘴] that may serve as anchors."""

Words = frozenset[str]
_NONE: Words = frozenset()


def anchors_of(tree: Iterable[Any]) -> Words:
    """Anchors of a sequence; empty when there are none."""
    best = _NONE
    running: Words | None = None
    for operator, argument in tree:
        exact = _exact(str(operator), argument)
        if exact is None:
            best = _better(best, running or _NONE)
            running = None
            best = _better(best, _inner(str(operator), argument))
        elif running is not None and len(running) * len(exact) <= MAX_PRODUCT:
            running = frozenset(left + right for left in running for right in exact)
        else:
            best = _better(best, running or _NONE)
            running = exact
    return _better(best, running or _NONE)


def _exact(name: str, argument: Any) -> Words | None:
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


def _exact_sequence(tree: Iterable[Any]) -> Words | None:
    product: Words | None = None
    for operator, argument in tree:
        exact = _exact(str(operator), argument)
        if exact is None or len(product or "1") * len(exact) > MAX_PRODUCT:
            return None
        product = exact if product is None else frozenset(a + b for a in product for b in exact)
    return product


def _characters(members: Iterable[Any]) -> Words | None:
    found: set[str] = set()
    for operator, argument in members:
        if str(operator) == "LITERAL":
            found.add(chr(argument))
        elif str(operator) == "RANGE" and argument[1] - argument[0] < MAX_SET:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= MAX_SET else None


def _inner(name: str, argument: Any) -> Words:
    """Anchors inside an element that is not a finite set itself."""
    if name == "SUBPATTERN":
        return anchors_of(argument[3])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return anchors_of(argument[2]) if argument[0] > 0 else _NONE
    if name == "BRANCH":
        sets = [anchors_of(branch) for branch in argument[1]]
        return frozenset().union(*sets) if all(sets) else _NONE
    return _NONE


def _better(left: Words, right: Words) -> Words:
    def merit(words: Words) -> tuple[int, int]:
        return (min(map(len, words)), -len(words)) if words else (0, 0)

    return left if merit(left) >= merit(right) else right
