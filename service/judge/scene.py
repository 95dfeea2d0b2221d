"""A candidate in its surroundings: the windows of folded text in which rules look for cues.

Windows end at clauses or sentences (`service/text/clauses.py`) and at a number of characters, because half of
all transcripts carry no punctuation: where it is missing the reach alone bounds a cue.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from service.domain.context import AnalysisContext
from service.domain.finding import Candidate, Span
from service.domain.text import NormalizedText, OffsetMap
from service.entities.entity import Entity
from service.text.clauses import clause_spans, sentence_spans


class At(StrEnum):
    """Where a cue stands relative to the span. `head` = before or inside, `tail` = inside or after."""

    BEFORE = "before"
    INSIDE = "inside"
    AFTER = "after"
    HEAD = "head"
    TAIL = "tail"
    AROUND = "around"


class Scope(StrEnum):
    """What ends a window beside its reach."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    TEXT = "text"


@dataclass(frozen=True)
class TextScene:
    """One text, cut once for all of its candidates. `masked`: what each cue book reads, filled as needed."""

    text: NormalizedText
    entities: Sequence[Entity]
    context: AnalysisContext
    masked: dict[str, str] = field(default_factory=dict)

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """Folded clause spans."""
        return clause_spans(self.text.folded)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Folded sentence spans."""
        return sentence_spans(self.text.folded)


@dataclass(frozen=True)
class Scene:
    """One candidate of a text. `start`, `end` are folded offsets of its span."""

    whole: TextScene
    candidate: Candidate
    _bounds: dict[Scope, Span] = field(default_factory=dict)

    @property
    def context(self) -> AnalysisContext:
        """What is known of the stream."""
        return self.whole.context

    @property
    def folded(self) -> str:
        """The whole folded text."""
        return self.whole.text.folded

    @cached_property
    def span(self) -> Span:
        """Folded span of the candidate."""
        return folded_span(self.whole.text.offsets, self.candidate.span)

    @property
    def words(self) -> str:
        """Folded words of the candidate."""
        start, end = self.span
        return self.folded[start:end]

    def bounds(self, scope: Scope) -> Span:
        """Folded span of the clauses or sentences that the candidate touches, or of the whole text."""
        if scope not in self._bounds:
            self._bounds[scope] = self._find_bounds(scope)
        return self._bounds[scope]

    def window(self, at: At, reach: int, scope: Scope) -> Span:
        """Folded span where a cue may stand: `reach` characters from the candidate at most, in `scope`."""
        start, end = self.span
        low, high = self.bounds(scope)
        left = max(low, start - reach) if at in (At.BEFORE, At.HEAD, At.AROUND) else start
        right = min(high, end + reach) if at in (At.AFTER, At.TAIL, At.AROUND) else end
        if at is At.BEFORE:
            right = start
        if at is At.AFTER:
            left = end
        return left, max(left, right)

    def to_raw(self, span: Span) -> Span:
        """Raw span of a folded one."""
        return self.whole.text.offsets.to_raw(*span)

    def _find_bounds(self, scope: Scope) -> Span:
        start, end = self.span
        if scope is Scope.TEXT or start == end:
            return 0, len(self.folded)
        spans = self.whole.clauses if scope is Scope.CLAUSE else self.whole.sentences
        low, high = _holding(spans, start), _holding(spans, end - 1)
        return (low[0] if low else start), max(high[1] if high else end, end)


def _holding(spans: Sequence[Span], at: int) -> Span | None:
    """The one of the ordered `spans` that holds the character at `at`, None between two of them."""
    index = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return spans[index] if index >= 0 and at < spans[index][1] else None


def folded_span(offsets: OffsetMap, raw: Span) -> Span:
    """Smallest folded span that covers what is left of a raw one, by bisection: starts and ends only grow."""
    first = bisect_right(offsets.ends, raw[0])
    after = bisect_left(offsets.starts, raw[1])
    return (first, after) if first < after else (first, first)
