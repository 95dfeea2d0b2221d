"""What any text classifier answers."""

from collections.abc import Sequence
from typing import Protocol

from service.classify.scores import TextScores
from service.domain.context import AnalysisContext
from service.domain.text import NormalizedText

__all__ = ["Classifier", "TextScores"]


class Classifier(Protocol):
    """Scores texts. Implementations are thread-safe, and the scores of a text do not depend on its batch."""

    @property
    def name(self) -> str:
        """Name of the model, as in its manifest."""
        ...

    @property
    def version(self) -> str:
        """Version of the model, as in its manifest."""
        ...

    def score(self, texts: Sequence[NormalizedText], contexts: Sequence[AnalysisContext]) -> list[TextScores]:
        """One answer per text, in order."""
        ...
