"""Regular expressions of lexicon entries, bounded and anchored.

A pattern runs only near an anchor: a literal that every match contains, found by the automaton. What cannot
be anchored, has no longest match, or repeats something variable (exponential backtracking) is refused.
"""

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from service.lexicon.anchors import anchors_of

MAX_WIDTH = 80
"""Longest match of one pattern in folded characters: a claim of two clauses; keeps search windows short."""
MAX_ANCHORS = 4000
"""Anchor words of one pattern; a larger set means that the pattern says almost nothing."""

MAX_GUARD_COST = 0.04
"""A guard seen more often than in one line of 26 characters spares nothing."""
MAX_NESTED = 3
"""Times that something of variable length may be repeated: 2 to the power of it is still nothing."""

# The parser and compiler of `re` have no public name; they are the same in Python 3.11–3.14.
_parser: Any = importlib.import_module("re._parser")
_compiler: Any = importlib.import_module("re._compiler")
_META = frozenset("\\.^$*+?{}[]|()")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_ONE_CHARACTER = ("LITERAL", "NOT_LITERAL", "IN", "ANY")


class PatternError(ValueError):
    """A pattern that is refused; the message says what is wrong, `advice` how to mend it."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


@dataclass(frozen=True, slots=True)
class BoundedPattern:
    """A compiled pattern, its longest match in characters, and its anchors: every match contains one of them
    after `fewest` to `most` characters, and also one of the `guards` unless there are none."""

    regex: re.Pattern[str]
    width: int
    anchors: tuple[str, ...]
    fewest: int
    most: int
    guards: tuple[str, ...]


def bound(text: str) -> BoundedPattern:
    """Compile an expanded pattern and derive its anchors.

    Raises PatternError for a syntax error, an unbounded or too long match, nested variable repeats, back
    references, a match of nothing, or when no anchor can be derived.
    """
    tree = _parse(text)
    low, high = tree.getwidth()
    if high > MAX_WIDTH:
        length = "any number of" if high > 1_000_000 else str(high)
        advice = f"at most {MAX_WIDTH}: bound each repeat, .{{0,8}} instead of * or +"
        raise PatternError(f"a match could have {length} characters", advice)
    if low == 0:
        raise PatternError("the pattern matches the empty text")
    anchors = anchors_of(tree)
    if not anchors:
        advice = "put a literal or a {class} outside of optional parts"
        raise PatternError("there is no word that every match contains", advice)
    first = anchors[0]
    if len(first.words) > MAX_ANCHORS:
        raise PatternError(f"{len(first.words)} anchor words are too many", "use fewer words in the class")
    guards = next((each for each in anchors[1:] if each.cost <= MAX_GUARD_COST), None)
    return BoundedPattern(
        regex=_compiler.compile(tree),
        width=int(high),
        anchors=tuple(sorted(first.words)),
        fewest=int(first.fewest),
        most=int(first.most),
        guards=tuple(sorted(guards.words)) if guards else (),
    )


@lru_cache(maxsize=8192)
def check_condition(text: str) -> None:
    """Check a pattern that is only ever searched near a hit. Raises PatternError like `bound`."""
    if _META.isdisjoint(text):
        return
    low, high = _parse(text).getwidth()
    if high > MAX_WIDTH:
        raise PatternError(f"a match could be longer than {MAX_WIDTH} characters", "bound each repeat")
    if low == 0:
        raise PatternError("the pattern matches the empty text")


@lru_cache(maxsize=8192)
def compile_conditions(texts: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for any of several checked ones; entries that share them share the compiled pattern."""
    return re.compile("|".join(texts))


def _parse(text: str) -> Any:
    try:
        tree = _parser.parse(text)
    except re.error as error:
        raise PatternError(f"not a regular expression: {error}") from error
    _refuse_backtracking(tree, inside_repeat=False)
    return tree


def _refuse_backtracking(tree: Iterable[Any], inside_repeat: bool) -> None:
    for operator, argument in tree:
        name = str(operator)
        if name in _REPEATS:
            low, high, body = argument
            if low != high and inside_repeat:
                advice = "flatten the repeats: (?:ab?){0,4} may be tried in exponentially many ways"
                raise PatternError("a variable repeat inside a repeat", advice)
            single = len(body) == 1 and str(body[0][0]) in _ONE_CHARACTER
            _refuse_backtracking(body, inside_repeat or (int(high) > MAX_NESTED and not single))
        elif name == "BRANCH":
            for branch in argument[1]:
                _refuse_backtracking(branch, inside_repeat)
        elif name == "SUBPATTERN":
            _refuse_backtracking(argument[3], inside_repeat)
        elif name in ("GROUPREF", "GROUPREF_EXISTS", "ASSERT", "ASSERT_NOT"):
            raise PatternError("back references and lookaround are not allowed")
