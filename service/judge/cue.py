"""Cues: words whose place around a span decides what the speaker does with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.finding import Span
from service.judge.scene import At, Scene, Scope

_BLANK = "\u25a1"
"""Stands for a masked character: matches no cue."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A set of patterns at one place. `only` and `never` are items or subtypes; empty `only` means all."""

    at: At
    reach: int
    scope: Scope
    patterns: tuple[re.Pattern[str], ...]
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    channels: frozenset[str] = frozenset()

    def applies(self, scene: Scene) -> bool:
        """Whether the cue speaks of candidates like this one."""
        subtype = scene.candidate.subtype
        if self.only and not subtype.startswith(self.only):
            return False
        if self.never and subtype.startswith(self.never):
            return False
        return not self.channels or scene.context.channel in self.channels


@dataclass(frozen=True, slots=True)
class CueBook:
    """The cues of one file by group. `mask` blanks look-alikes of cues before anything is sought."""

    name: str
    version: str
    groups: Mapping[str, tuple[Cue, ...]]
    mask: re.Pattern[str] | None

    def find(self, group: str, scene: Scene) -> Span | None:
        """Folded span of the first cue of `group` that stands near the candidate, or None."""
        for cue in self.groups[group]:
            if not cue.applies(scene):
                continue
            low, high = scene.window(cue.at, cue.reach, cue.scope)
            text = self._masked(scene)[low:high]
            for pattern in cue.patterns:
                match = pattern.search(text)
                if match is not None and match.end() > match.start():
                    return low + match.start(), low + match.end()
        return None

    def _masked(self, scene: Scene) -> str:
        """The whole text with this book's look-alikes of cues blanked, once per text."""
        if self.mask is None:
            return scene.folded
        cache = scene.whole.masked
        if self.name not in cache:
            cache[self.name] = self.mask.sub(lambda m: _BLANK * (m.end() - m.start()), scene.folded)
        return cache[self.name]
