"""`/v1/check` and the lines of `bozheng check --jsonl`: words and context in, findings out."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from service.api.schemas.common import Name, Strict
from service.api.schemas.findings import FindingOut
from service.domain.context import AnalysisContext, Product
from service.domain.vocabulary import Advice, Channel, SpeakerRole


def _as_list(value: object) -> object:
    """One platform may be given as a word."""
    return [value] if isinstance(value, str) else value


class ContextIn(Strict):
    """What the verdict may rest on besides the words, under the names of handbook §1.8. Missing fields lower
    verdicts."""

    home_platform: Annotated[
        list[Name] | None,
        BeforeValidator(_as_list),
        Field(description="platforms that count as on-platform; default: the tenant's setting"),
    ] = None
    speaker_role: SpeakerRole = SpeakerRole.UNKNOWN
    product_title: Name = ""
    product_category: Annotated[Name | None, Field(examples=["普通食品"])] = None
    product_facts: dict[str, Any] = Field(default_factory=dict, examples=[{"trademark": "极致"}])
    contact_whitelist: list[Name] = Field(default_factory=list, description="contacts published by law")
    platform_rule_table: dict[str, str] = Field(default_factory=dict, description="rule number → rule")

    def record(self, channel: Channel, home_platform: frozenset[str] = frozenset()) -> AnalysisContext:
        """The domain record; `home_platform` applies where this context names none."""
        product = None
        if self.product_title or self.product_category or self.product_facts:
            product = Product("", self.product_title, self.product_category, self.product_facts)
        return AnalysisContext(
            channel=channel,
            home_platform=home_platform if self.home_platform is None else frozenset(self.home_platform),
            speaker_role=self.speaker_role,
            product=product,
            contact_whitelist=frozenset(self.contact_whitelist),
            platform_rules=self.platform_rule_table,
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
