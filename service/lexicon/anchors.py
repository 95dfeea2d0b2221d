"""Anchors of a regular expression: sets of literals, of each of which every match contains at least one.

Works on the parse tree of `re`. Neighbouring elements that stand for a finite set of words are multiplied out
(最 followed by a class of adjectives gives 最好, 最优 …), as in the prefilters of RE2. The set whose words
are rarest in Chinese text says where to look; the next one must be seen too before anything is tried.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.text.rarity import bits

MAX_PRODUCT = 1500
"""Words up to which neighbouring sets are multiplied out."""
MAX_SET = 40
"""Characters of a set like [最罪嘴] that may serve as anchors."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """`words`, and the fewest and most characters that a match can have before the anchor in it."""

    words: frozenset[str]
    fewest: int
    most: int

    @property
    def cost(self) -> float:
        """Estimated share of offsets of ordinary text at which one of the words begins."""
        return math.fsum(2.0 ** -bits(word) for word in self.words)


def anchors_of(tree: Any) -> list[Anchors]:
    """Anchor sets of a parsed sequence, the rarest first; every match contains a word of each, apart."""
    found: list[Anchors] = []
    running: Anchors | None = None
    fewest = most = 0
    for index, (operator, argument) in enumerate(tree):
        words = _exact(str(operator), argument)
        if words is not None and running is not None and len(running.words) * len(words) <= MAX_PRODUCT:
            product = frozenset(left + right for left in running.words for right in words)
            running = Anchors(product, running.fewest, running.most)
        else:
            found += [running] if running else []
            running = Anchors(words, fewest, most) if words is not None else None
            found += _inner(str(operator), argument, fewest, most) if words is None else []
        low, high = tree[index : index + 1].getwidth()
        fewest, most = fewest + low, most + high
    found += [running] if running else []
    return sorted(found, key=lambda each: (each.cost, min(each.words)))


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


def _inner(name: str, argument: Any, fewest: int, most: int) -> list[Anchors]:
    """Anchor sets inside an element that is not a finite set itself, which begins after fewest to most."""
    if name == "SUBPATTERN":
        return [
            Anchors(each.words, each.fewest + fewest, each.most + most) for each in anchors_of(argument[3])
        ]
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] > 0:
        return [
            Anchors(each.words, each.fewest + fewest, each.most + most) for each in anchors_of(argument[2])
        ]
    if name == "BRANCH":
        branches = [anchors_of(branch) for branch in argument[1]]
        if all(branches):
            best = [branch[0] for branch in branches]
            words = frozenset().union(*(each.words for each in best))
            low, high = min(each.fewest for each in best), max(each.most for each in best)
            return [Anchors(words, low + fewest, high + most)]
    return []
