"""EX6_6_FACT: order in time and place, sales and share figures."""

from dataclasses import dataclass

from service.domain.vocabulary import SpeechAct
from service.judge.cue import CueBook
from service.judge.exemptions.burden import unproven
from service.judge.ruling import Ruling
from service.judge.scene import Scene


@dataclass(frozen=True, slots=True)
class LimitedFact:
    """A fact limited in time and place, with where it can be checked, needs evidence; without either of the
    two limits the exemption does not apply (handbook §2.c)."""

    cues: CueBook
    name: str = "EX6_6_FACT"

    def look(self, scene: Scene) -> Ruling | None:
        """`EX6_6_FACT` where time, place and a source are named; see `burden.py` for none."""
        cue = self.cues.find("cue", scene)
        if cue is None or self.cues.find("against", scene):
            return None
        burden = unproven(self.cues, scene)
        if burden is not None or self.cues.find("sourced", scene) is None:
            return burden
        return Ruling(self.name, self.name, SpeechAct.ASSERT, cue)
