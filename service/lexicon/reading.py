"""One way of reading a text (as written, squeezed …) with what the conditions ask of it, found once."""

from functools import cached_property

from service.domain.finding import Span
from service.domain.text import NormalizedText
from service.domain.vocabulary import Evasion
from service.text.clauses import clause_spans, sentence_spans
from service.text.segment import Segmenter


class Reading:
    """A folded view of the raw text; boundaries, clauses and sentences are found on first use."""

    def __init__(self, text: NormalizedText, segmenter: Segmenter, evasion: Evasion = Evasion.NONE) -> None:
        self.text = text
        self.folded = text.folded
        self.evasion = evasion
        self._segmenter = segmenter

    @cached_property
    def boundaries(self) -> frozenset[int]:
        """Offsets between words."""
        return self._segmenter.boundaries(self.folded)

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """Spans of the clauses."""
        return clause_spans(self.folded)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Spans of the sentences."""
        return sentence_spans(self.folded)
