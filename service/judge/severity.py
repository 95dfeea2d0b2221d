"""Severity of a finding: the subtype's own, moved at most one step each way (handbook §1.3)."""

from service.domain.clauses import Subtype
from service.domain.vocabulary import Evasion, Severity
from service.judge.cue import CueBook
from service.judge.ruling import Ruling
from service.judge.scene import Scene

_ELDERLY_CRITICAL = "b.official_project"
_INTENTIONAL = "c.evasive_superlative"
"""An evasion by nature: never milder (handbook §2.c), and its disguise is already its severity."""


def severity_of(scene: Scene, subtype: Subtype, ruling: Ruling | None, cues: CueBook) -> Severity:
    """Up: evasion, elderly, minors, the frail (n), the effects of art. 11 of the guideline (c). Down: taken
    back at once, uncertain hearing. Both ways at once cancel; `critical` does not go down."""
    if subtype.slug == _ELDERLY_CRITICAL and cues.find("elderly", scene):
        return Severity.CRITICAL
    return subtype.severity.shifted(_up(scene, subtype, cues) - _down(scene, subtype, ruling))


def _up(scene: Scene, subtype: Subtype, cues: CueBook) -> int:
    if scene.candidate.evasion is not Evasion.NONE and subtype.slug != _INTENTIONAL:
        return 1
    groups = ["elderly", "minors", "no_leniency"] + (["frail"] if subtype.item == "n" else [])
    return int(any(cues.find(group, scene) for group in groups))


def _down(scene: Scene, subtype: Subtype, ruling: Ruling | None) -> int:
    if subtype.slug == _INTENTIONAL:
        return 0
    taken_back = ruling is not None and ruling.severity_steps < 0
    return int(taken_back or scene.candidate.asr_suspect)
