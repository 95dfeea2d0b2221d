"""Look-alikes that cues decide, one cue file per item."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.vocabulary import SpeechAct, Verdict
from service.judge.cue import CueBook
from service.judge.ruling import Ruling
from service.judge.scene import Scene

LOOK_ALIKE = "LOOK_ALIKE"
"""Code of words that resemble a violation of their item and are none (handbook §2, `x-N…`)."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """`books`: item → cues. `lawful` exempts, `evidence` asks for evidence, `against` overrules both."""

    books: Mapping[str, CueBook]
    name: str = LOOK_ALIKE

    def look(self, scene: Scene) -> Ruling | None:
        """Exempt, or needs_evidence where the words may be lawful by a document."""
        book = self.books.get(scene.candidate.item)
        if book is None or book.find("against", scene) is not None:
            return None
        name = f"{self.name}.{scene.candidate.item}"
        cue = book.find("lawful", scene)
        if cue is not None:
            return Ruling(name, LOOK_ALIKE, SpeechAct.ASSERT, cue)
        cue = book.find("evidence", scene) if "evidence" in book.groups else None
        if cue is None:
            return None
        detail = "lawful with its document"
        return Ruling(name, None, SpeechAct.ASSERT, cue, detail, verdict=Verdict.NEEDS_EVIDENCE)
