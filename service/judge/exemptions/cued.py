"""An exemption that cues alone decide: some cue stands near the span and none that speaks against it."""

from dataclasses import dataclass

from service.domain.vocabulary import SpeechAct
from service.judge.cue import CueBook
from service.judge.exemptions.burden import unproven
from service.judge.facts import confirmed
from service.judge.ruling import Ruling
from service.judge.scene import Scene


@dataclass(frozen=True, slots=True)
class CuedExemption:
    """Code `name` of handbook §2.c where a cue of the file's group `cue` is found and none of `against`.

    `facts`: names of the product facts that turn `needs_evidence` into `exempt` where they agree; they also
    exempt by themselves, without any cue.
    """

    cues: CueBook
    name: str
    facts: tuple[str, ...] = ()

    def look(self, scene: Scene) -> Ruling | None:
        """Exempt with the rule's own code, or nothing."""
        if scene.candidate.item not in "cj":
            return None
        agree = confirmed(scene, self.facts)
        cue = self.cues.find("cue", scene) or (scene.span if agree else None)
        if cue is None or self.cues.find("against", scene) is not None:
            return None
        burden = None if agree else unproven(self.cues, scene)
        return burden or Ruling(self.name, self.name, SpeechAct.ASSERT, cue, facts_agree=agree)
