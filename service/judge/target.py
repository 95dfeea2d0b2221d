"""What a claim is about (handbook §3.4 `target`)."""

from service.domain.vocabulary import Target
from service.judge.cue import CueBook
from service.judge.scene import Scene

_BY_ITEM = {"a": Target.STATE, "d": Target.STATE, "j": Target.COMPETITOR, "k": Target.THIRD_PARTY}
_BY_SUBTYPE = {
    "f.privacy_leak": Target.CONSUMER,
    "g.abuse_swearing": Target.CONSUMER,
    "p.data_collection": Target.CONSUMER,
    "b.leader_image": Target.STATE,
    "b.organ_endorsement": Target.OWN_PRODUCT,
    "j.confusion": Target.OWN_BRAND,
    "j.ip_misuse": Target.OWN_PRODUCT,
    "e.disaster_rumor": Target.NONE,
    "e.market_rumor": Target.THIRD_PARTY,
}
_ABOUT_GOODS = "bchin"
_GROUPS = {"competitor": Target.COMPETITOR, "own_brand": Target.OWN_BRAND}


def target_of(scene: Scene, cues: CueBook) -> Target:
    """By what is named beside the span where item and subtype leave it open."""
    subtype, item = scene.candidate.subtype, scene.candidate.item
    known = _BY_SUBTYPE.get(subtype) or _BY_ITEM.get(item)
    if known is not None:
        return known
    for group, target in _GROUPS.items():
        if cues.find(group, scene) is not None:
            return target
    if cues.find("consumer", scene) is not None:
        return Target.CONSUMER
    return Target.OWN_PRODUCT if item in _ABOUT_GOODS else Target.NONE
