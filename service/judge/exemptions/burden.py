"""ART7_BURDEN: who claims an exempt fact must prove it (Guideline art. 7)."""

from service.domain.vocabulary import SpeechAct
from service.judge.cue import CueBook
from service.judge.ruling import Ruling
from service.judge.scene import Scene

CODE = "ART7_BURDEN"


def unproven(cues: CueBook, scene: Scene) -> Ruling | None:
    """`suspected` where the speaker admits to have no proof (“证书弄没了”): the book's group `burden`."""
    cue = cues.find("burden", scene) if "burden" in cues.groups else None
    return Ruling(CODE, CODE, SpeechAct.ASSERT, cue, "claimed without proof") if cue else None
