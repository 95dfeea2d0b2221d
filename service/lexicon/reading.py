"""One way of reading a text, with what the conditions ask of it, found once."""

from collections.abc import Iterable
from functools import cached_property

from service.domain.finding import Span
from service.domain.text import NormalizedText, OffsetMap
from service.text.clauses import clause_spans
from service.text.pinyin import syllables
from service.text.segment import Segmenter


class Reading:
    """A folded text as it is written. Boundaries and clauses are found on first use."""

    def __init__(self, text: NormalizedText, segmenter: Segmenter) -> None:
        self.text = text
        self.folded = text.folded
        self.segmenter = segmenter

    @cached_property
    def spoken(self) -> str:
        """The syllables of the text, one code point a character."""
        return syllables(self.folded)

    @cached_property
    def boundaries(self) -> frozenset[int]:
        """Offsets between words."""
        return self.segmenter.boundaries(self.folded)

    @cached_property
    def _dictionary_boundaries(self) -> frozenset[int]:
        return self.segmenter.dictionary_boundaries(self.folded)

    def is_no_word(self, start: int, end: int, doubtful: Iterable[int]) -> bool:
        """True for a stretch between words of the dictionary that is itself none, and in which the characters
        at `doubtful` stand alone."""
        ends = self._dictionary_boundaries
        alone = all(at in ends and at + 1 in ends for at in doubtful)
        return alone and start in ends and end in ends and not self.segmenter.knows(self.folded[start:end])

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """Spans of the clauses."""
        return clause_spans(self.folded)

    @property
    def base(self) -> "Reading":
        """The reading in which clauses and context words are looked for."""
        return self

    def to_base(self, span: Span) -> Span:
        """Span of the base reading."""
        return span


class Unveiled(Reading):
    """A text with its disguises undone; clauses and context are looked for in the text as written."""

    def __init__(self, base: Reading, folded: str, inner: OffsetMap) -> None:
        text = NormalizedText(base.text.raw, folded, inner.compose(base.text.offsets))
        super().__init__(text, base.segmenter)
        self._base = base
        self.inner = inner

    @property
    def base(self) -> Reading:
        """The text as written."""
        return self._base

    def to_base(self, span: Span) -> Span:
        """Span of the text as written."""
        return self.inner.to_raw(*span)
