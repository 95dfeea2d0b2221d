"""Regular expressions of lexicon entries: macros expanded, literals folded, bounded, with anchor words.

A pattern runs only near an anchor: a literal that every match must contain, found by the automaton. What
cannot be anchored, has no longest match, or nests variable repeats (which backtrack exponentially) is refused.
"""

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.lexicon.classes import MACRO, WordClasses
from service.lexicon.problems import nearest
from service.lexicon.yaml_source import Node
from service.text.fold import fold_term

MAX_WIDTH = 80
"""Longest match of one pattern, in folded characters: a claim of two clauses; keeps search windows short."""
MAX_SET = 40
"""Characters of a set like [最罪嘴] that may serve as anchors."""
MAX_ANCHORS = 4000
"""Anchor words of one pattern."""

_parser: Any = importlib.import_module("re._parser")  # the parser of `re`: no public name, same 3.11–3.14
_PIECE = re.compile(r"\\.|\(\?P?[<=!:]*|[^\\]", re.DOTALL)
_META = frozenset("\\.^$*+?{}[]|()-")
_SIMPLE = 1


class PatternError(ValueError):
    """A pattern that is refused; the message says what is wrong, `advice` how to mend it."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


@dataclass(frozen=True, slots=True)
class BoundedPattern:
    """A compiled pattern, its longest match in characters, its anchors: every match contains one of them."""

    regex: re.Pattern[str]
    width: int
    anchors: tuple[str, ...]


def expand_pattern(text: str, node: Node, classes: WordClasses) -> str:
    """Fold the literals of a pattern and replace each `{class}` by a group of its words, longest first."""

    def group(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in classes.names:
            node.error(f"unknown class {{{name}}}", nearest(name, classes.names))
            return ""
        return "(?:" + "|".join(map(re.escape, classes.words_of(match.group(0), node))) + ")"

    pieces = MACRO.split(text)
    folded = [f"{{{piece}}}" if index % 2 else _fold_literals(piece) for index, piece in enumerate(pieces)]
    return MACRO.sub(group, "".join(folded))


def _fold_literals(text: str) -> str:
    pieces = []
    for piece in _PIECE.findall(text):
        folded = fold_term(piece) if len(piece) == 1 else piece
        pieces.append("\\" + folded if folded != piece and folded in _META else folded)
    return "".join(pieces)


def bound(text: str) -> BoundedPattern:
    """Compile an expanded pattern and derive its anchors.

    Raises PatternError for a syntax error, an unbounded or too long match, nested variable repeats, back
    references, a match of nothing, or when no anchor can be derived.
    """
    try:
        tree = _parser.parse(text)
        regex = re.compile(text)
    except re.error as error:
        raise PatternError(f"not a regular expression: {error}") from error
    low, high = tree.getwidth()
    if high > MAX_WIDTH:
        advice = "write a bound like .{0,8} instead of * or +"
        raise PatternError(f"a match could be longer than {MAX_WIDTH} characters", advice)
    if low == 0:
        raise PatternError("the pattern matches the empty text")
    _refuse_backtracking(tree, inside_repeat=False)
    anchors = _anchors(tree)
    if not anchors:
        advice = "put a literal or a {class} outside of optional parts"
        raise PatternError("there is no word that every match contains", advice)
    if len(anchors) > MAX_ANCHORS:
        raise PatternError(f"{len(anchors)} anchor words are too many", "use fewer words in the class")
    return BoundedPattern(regex, int(high), tuple(sorted(anchors)))


def _refuse_backtracking(tree: Iterable[Any], inside_repeat: bool) -> None:
    for operator, argument in tree:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, body = argument
            variable = low != high
            if variable and inside_repeat:
                raise PatternError("a variable repeat inside a repeat may never end", "flatten the repeats")
            single = len(body) == _SIMPLE and str(body[0][0]) in ("LITERAL", "NOT_LITERAL", "IN", "ANY")
            _refuse_backtracking(body, inside_repeat or (int(high) > 1 and not single))
        elif name == "BRANCH":
            for branch in argument[1]:
                _refuse_backtracking(branch, inside_repeat)
        elif name == "SUBPATTERN":
            _refuse_backtracking(argument[3], inside_repeat)
        elif name in ("GROUPREF", "GROUPREF_EXISTS"):
            raise PatternError("back references are not allowed")


def _anchors(tree: Iterable[Any]) -> frozenset[str]:
    """Best anchor set of a sequence: the one whose shortest word is longest, then the smallest set."""
    best: frozenset[str] = frozenset()
    run: list[str] = []
    for operator, argument in [*tree, (None, None)]:
        if str(operator) == "LITERAL":
            run.append(chr(argument))
            continue
        if run:
            best = _better(best, frozenset({"".join(run)}))
            run = []
        if operator is not None:
            best = _better(best, _element_anchors(str(operator), argument))
    return best


def _element_anchors(name: str, argument: Any) -> frozenset[str]:
    if name == "SUBPATTERN":
        return _anchors(argument[3])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _anchors(argument[2]) if argument[0] > 0 else frozenset()
    if name == "BRANCH":
        sets = [_anchors(branch) for branch in argument[1]]
        return frozenset().union(*sets) if all(sets) else frozenset()
    if name == "IN":
        return _set_anchors(argument)
    return frozenset()


def _set_anchors(members: Iterable[Any]) -> frozenset[str]:
    found: set[str] = set()
    for operator, argument in members:
        name = str(operator)
        if name == "LITERAL":
            found.add(chr(argument))
        elif name == "RANGE" and argument[1] - argument[0] < MAX_SET:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return frozenset()
    return frozenset(found) if len(found) <= MAX_SET else frozenset()


def _better(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    def merit(words: frozenset[str]) -> tuple[int, int]:
        return (min(map(len, words)), -len(words)) if words else (0, 0)

    return left if merit(left) >= merit(right) else right
