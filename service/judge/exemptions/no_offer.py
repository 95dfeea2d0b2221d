"""OTHER_OBJECT: a bare superlative with nothing on offer near it."""

from dataclasses import dataclass

from service.domain.vocabulary import Channel, SpeechAct
from service.judge.cue import CueBook
from service.judge.ruling import Ruling
from service.judge.scene import Scene

_BARE = ("c.best_quality", "c.rank_first")
_BARE_CHARS = 6
"""A longer span names its object itself (最有效的一款精华); 最漂亮的 and its like do not."""


@dataclass(frozen=True, slots=True)
class NothingOffered:
    """An absolute claim speaks of the goods (handbook §2.c): 最 alone where nothing is offered does not.

    Titles always offer something. Half of ordinary chat's superlatives have no sign of goods near them, and
    one in a hundred bare ones of the violating lines.
    """

    cues: CueBook
    name: str = "OTHER_OBJECT"

    def look(self, scene: Scene) -> Ruling | None:
        """Exempt where neither goods nor a market are named around a short span."""
        candidate = scene.candidate
        if candidate.subtype not in _BARE or scene.context.channel is Channel.TITLE:
            return None
        if not scene.words.startswith("最") or len(scene.words) > _BARE_CHARS:
            return None
        if self.cues.find("offer", scene) or self.cues.find("scoped", scene):
            return None
        return Ruling(self.name, self.name, SpeechAct.ASSERT, scene.span, "nothing on offer")
