"""What the detector is told about a stream (handbook §1.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.vocabulary import Channel, SpeakerRole


@dataclass(frozen=True, slots=True)
class Speaker:
    """A declared speaker of a stream."""

    id: str
    role: SpeakerRole
    name: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A product on sale: category and the facts that exemptions are checked against."""

    id: str
    title: str = ""
    category: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnalysisContext:
    """Everything besides the words that a verdict may rest on. Missing fields lower verdicts and never
    raise one.

    `home_platform` names the platforms that count as on-platform (wechat, qq, alipay, taobao, douyin, …);
    empty means that none of them is home.
    """

    channel: Channel
    home_platform: frozenset[str] = frozenset()
    speaker_role: SpeakerRole = SpeakerRole.UNKNOWN
    product: Product | None = None
    contact_whitelist: frozenset[str] = frozenset()
    has_platform_group: bool = True
    platform_rules: Mapping[str, str] = field(default_factory=dict)

    @property
    def present(self) -> frozenset[str]:
        """Names of the §1.8 fields that were given, for `Subtype.requires`."""
        names = {"home_platform"}
        if self.product is not None and self.product.category:
            names.add("product_category")
        if self.product is not None and self.product.facts:
            names.add("product_facts")
        if self.contact_whitelist:
            names.add("contact_whitelist")
        if self.platform_rules:
            names.add("platform_rule_table")
        return frozenset(names)
