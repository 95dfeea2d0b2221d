"""Contacts that may be named: published ones, and numbers that are masked (handbook §1.8, f-N02, m-N13)."""

from dataclasses import dataclass

from service.domain.vocabulary import SpeechAct
from service.entities.entity import EntityKind
from service.judge.lookalikes.cued import LOOK_ALIKE
from service.judge.ruling import Ruling
from service.judge.scene import Scene

_CONTACTS = frozenset({EntityKind.PHONE, EntityKind.WECHAT, EntityKind.QQ, EntityKind.URL})
_ABOUT_CONTACTS = ("m.contact_disclose", "m.add_private", "m.external_platform", "f.privacy_leak")

_MASKABLE = ("m.contact_disclose", "f.privacy_leak")
_MASKED_CHARS = 14
"""A longer span names more than the masked number itself (恭喜手机尾号八零零零的宝宝)."""


@dataclass(frozen=True, slots=True)
class PublishedContact:
    """A candidate whose every contact stands in `contact_whitelist` is a published one."""

    name: str = "contact_whitelist"

    def look(self, scene: Scene) -> Ruling | None:
        """Exempt where all contacts are published, or where the only number is masked."""
        if not scene.candidate.subtype.startswith(_ABOUT_CONTACTS):
            return None
        low, high = scene.candidate.span
        near = [e for e in scene.whole.entities if e.span[0] < high + 1 and e.span[1] > low - 1]
        contacts = [e for e in near if e.kind in _CONTACTS]
        allowed = scene.context.contact_whitelist
        if contacts and all(e.value in allowed for e in contacts):
            return Ruling(self.name, LOOK_ALIKE, SpeechAct.ASSERT, scene.span, "published contact")
        if (
            scene.candidate.subtype in _MASKABLE
            and high - low <= _MASKED_CHARS
            and not contacts
            and any(e.kind is EntityKind.MASKED_PHONE for e in near)
        ):
            return Ruling("masked_number", LOOK_ALIKE, SpeechAct.ASSERT, scene.span, "masked number")
        return None
