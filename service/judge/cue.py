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
    pattern: re.Pattern[str]
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
            window = scene.window(cue.at, cue.reach, cue.scope)
            text = self._masked(window.text)
            match = cue.pattern.search(text)
            if match is not None and match.end() > match.start():
                return window.start + match.start(), window.start + match.end()
        return None

    def _masked(self, text: str) -> str:
        if self.mask is None:
            return text
        return self.mask.sub(lambda m: _BLANK * (m.end() - m.start()), text)
