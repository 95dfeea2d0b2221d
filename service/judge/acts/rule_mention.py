"""SA_RULE: the speaker repeats a rule."""

from dataclasses import dataclass

from service.domain.vocabulary import SpeechAct
from service.judge.cue import CueBook
from service.judge.ruling import Ruling
from service.judge.scene import Scene


@dataclass(frozen=True, slots=True)
class RuleMention:
    """What the law forbids to say is mentioned, not said; with a wink (“你们懂的”) it is said after all.

    Train: 92 % of 185 spans let off, precision 97 %. Dev: 95 % of 20, precision 95 %.
    """

    cues: CueBook
    name: str = "SA_RULE"

    def look(self, scene: Scene) -> Ruling | None:
        """Exempt where a ban is repeated, asserted (as `c.evasive_superlative` is) where it winks."""
        cue = self.cues.find("rule", scene)
        if cue is None:
            return None
        wink = self.cues.find("wink", scene)
        if wink is not None:
            return Ruling(self.name, None, SpeechAct.ASSERT, wink, "a rule with a wink")
        return Ruling(self.name, self.name, SpeechAct.RULE_MENTION, cue)
