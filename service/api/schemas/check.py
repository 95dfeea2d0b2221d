"""`/v1/check` and the lines of `bozheng check --jsonl`: words and context in, findings out."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from service.api.schemas.common import Id, Name, Strict
from service.api.schemas.findings import FindingOut
from service.domain.context import AnalysisContext, Product
from service.domain.vocabulary import Advice, Channel, SpeakerRole


class ProductContext(Strict):
    """The product on sale while the words were said (handbook §1.8)."""

    id: Id = "unnamed"
    title: Name = ""
    category: Name | None = Field(None, examples=["普通食品"])
    facts: dict[str, Any] = Field(default_factory=dict, examples=[{"trademark": "极致"}])


class ContextIn(Strict):
    """What the verdict may rest on besides the words (handbook §1.8). Missing fields lower verdicts."""

    home_platform: Annotated[
        list[Name] | None,
        Field(description="platforms that count as on-platform; default: the tenant's setting"),
    ] = None
    speaker_role: SpeakerRole = SpeakerRole.UNKNOWN
    product: ProductContext | None = None
    contact_whitelist: list[Name] = Field(default_factory=list, description="contacts published by law")
    platform_rules: dict[str, str] = Field(default_factory=dict, description="rule number → rule")

    def record(self, channel: Channel, home_platform: frozenset[str] = frozenset()) -> AnalysisContext:
        """The domain record; `home_platform` applies where this context names none."""
        product = self.product
        return AnalysisContext(
            channel=channel,
            home_platform=home_platform if self.home_platform is None else frozenset(self.home_platform),
            speaker_role=self.speaker_role,
            product=Product(product.id, product.title, product.category, product.facts) if product else None,
            contact_whitelist=frozenset(self.contact_whitelist),
            platform_rules=self.platform_rules,
        )


class CheckIn(Strict):
    """Words to check."""

    text: str = Field(description="at most 20,000 code points", examples=["家人们这个价全网最低"])
    channel: Channel = Channel.SPEECH
    context: ContextIn = ContextIn()
    exempt: bool = Field(True, description="also return lawful hits with their exemption code")


class CheckOut(BaseModel):
    """What was found, and what decided it."""

    verdict: Advice
    findings: list[FindingOut]
    versions: dict[str, str]
