"""SA_NEG: denial, refusal, a promise declined."""

from dataclasses import dataclass

from service.domain.vocabulary import SpeechAct
from service.judge.cue import CueBook
from service.judge.ruling import Ruling
from service.judge.scene import Scene

_GROUPS = ("deny_before", "deny_inside", "deny_head", "deny_after")


@dataclass(frozen=True, slots=True)
class Negation:
    """Denied words are lawful, words denied twice are asserted: “这要不是全网最低，你来骂我”.

    Idioms that only sound like a denial (“不是我吹”, “别不信”, “没有之一”) are masked in the cue file.

    Train: 86 % of 326 spans let off, precision 92 %. Dev: 89 % of 38, precision 86 %.
    """

    cues: CueBook
    name: str = "SA_NEG"

    def look(self, scene: Scene) -> Ruling | None:
        """Exempt where a denial governs the span, asserted where it is denied twice."""
        double = self.cues.find("double", scene)
        if double is not None:
            return Ruling(self.name, None, SpeechAct.ASSERT, double, "double negation asserts")
        for group in _GROUPS:
            cue = self.cues.find(group, scene)
            if cue is not None:
                return Ruling(self.name, self.name, SpeechAct.NEGATE, cue)
        return None
