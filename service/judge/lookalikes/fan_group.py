"""The three ways of 粉丝群/粉丝团 (handbook §2.m, Decidability)."""

from dataclasses import dataclass

from service.domain.vocabulary import SpeechAct
from service.judge.cue import CueBook
from service.judge.lookalikes.cued import LOOK_ALIKE
from service.judge.ruling import Ruling
from service.judge.scene import Scene

_SUBTYPES = ("m.private_group", "m.add_private", "m.covert_hint")


@dataclass(frozen=True, slots=True)
class FanGroup:
    """A platform function is lawful; an outside channel is asserted; a bare fan group is let pass where the
    platform has groups of its own, and suspected where it has none."""

    cues: CueBook
    name: str = "fan_group"

    def look(self, scene: Scene) -> Ruling | None:
        """Exempt, asserted, or nothing where no fan group is named."""
        if not scene.candidate.subtype.startswith(_SUBTYPES):
            return None
        named = self.cues.find("fan_group", scene)
        if named is None:
            return None
        outside = self.cues.find("outside", scene)
        if outside is not None:
            return Ruling(self.name, None, SpeechAct.ASSERT, outside, "a group outside the platform")
        inside = self.cues.find("on_platform", scene)
        if inside is not None or scene.context.has_platform_group:
            return Ruling(self.name, LOOK_ALIKE, SpeechAct.ASSERT, inside or named, "a group of the platform")
        return Ruling(self.name, None, SpeechAct.ASSERT, named, "no group of the platform exists")
