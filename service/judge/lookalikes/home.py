"""What is off-platform depends on which platform is home (handbook §1.8 `home_platform`, §2.m, §2.o)."""

from dataclasses import dataclass

from service.domain.vocabulary import SpeechAct
from service.judge.cue import CueBook
from service.judge.lookalikes.cued import LOOK_ALIKE
from service.judge.ruling import Ruling
from service.judge.scene import Scene

_OFF_PLATFORM = ("m.", "o.competitor_platform")


@dataclass(frozen=True, slots=True)
class HomePlatform:
    """`cues`: one group per platform. A channel of the home platform is at home; naming a foreign one as well
    leaves the claim standing."""

    cues: CueBook
    name: str = "home_platform"

    def look(self, scene: Scene) -> Ruling | None:
        """Exempt where only home platforms are named."""
        home = scene.context.home_platform
        if not home or not scene.candidate.subtype.startswith(_OFF_PLATFORM):
            return None
        named = {group: cue for group in self.cues.groups if (cue := self.cues.find(group, scene))}
        if not named or set(named) - home:
            return None
        cue = next(iter(named.values()))
        return Ruling(self.name, LOOK_ALIKE, SpeechAct.ASSERT, cue, "the home platform")
