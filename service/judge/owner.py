"""Whose contact it is decides between m and f (handbook §1.7 rule 5, §2.f Decidability)."""

from dataclasses import dataclass, replace

from service.domain.finding import Candidate, Reason
from service.domain.vocabulary import ReasonSource
from service.judge.cue import CueBook
from service.judge.scene import Scene

SELLERS, CONSUMERS = "m.contact_disclose", "f.privacy_leak"


@dataclass(frozen=True, slots=True)
class ContactOwner:
    """Moves a contact to the subtype of its owner where the words around name one owner and not the other."""

    cues: CueBook
    version: str

    def assign(self, scene: Scene) -> Candidate:
        """The candidate, with the subtype of the owner that the context names."""
        candidate = scene.candidate
        if candidate.subtype not in (SELLERS, CONSUMERS):
            return candidate
        seller, consumer = self.cues.find("seller", scene), self.cues.find("consumer", scene)
        if (seller is None) == (consumer is None):
            return candidate
        subtype, cue = (SELLERS, seller) if seller else (CONSUMERS, consumer)
        if cue is None or subtype == candidate.subtype:
            return candidate
        reason = Reason(ReasonSource.JUDGE, "contact_owner", self.version, subtype, None, scene.to_raw(cue))
        return replace(candidate, subtype=subtype, reasons=(*candidate.reasons, reason))
