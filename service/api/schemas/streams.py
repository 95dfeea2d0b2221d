"""Streams: what a platform declares, and what was found in them."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, Field

from service.api.schemas.common import Id, Name, Strict
from service.api.schemas.findings import FindingOut
from service.domain.context import Product, Speaker
from service.domain.event import Located
from service.domain.stream import Stream, StreamSummary
from service.domain.vocabulary import Channel, SpeakerRole


class SpeakerIn(Strict):
    """A declared speaker. With exactly one anchor or co-host, speech is theirs; with several, the operator's
    until a segment names its speaker."""

    id: Id
    role: SpeakerRole = SpeakerRole.ANCHOR
    name: Name = ""


class ProductIn(Strict):
    """A product of the stream, with the facts that exemptions are checked against."""

    id: Id
    title: Name = ""
    category: Name | None = None
    facts: dict[str, Any] = Field(default_factory=dict)


class StreamIn(Strict):
    """Declared facts of a stream (handbook §1.8). Sent again, they replace what was declared before."""

    platform: Name = ""
    room_id: Name = ""
    title: Name = ""
    operator_id: Id | None = None
    merchant_id: Id | None = None
    started_at: AwareDatetime | None = Field(None, description="stream time zero, with zone")
    speakers: Annotated[list[SpeakerIn], Field(max_length=64, default_factory=list)]
    products: Annotated[list[ProductIn], Field(max_length=1000, default_factory=list)]
    contact_whitelist: Annotated[list[Name], Field(max_length=1000, default_factory=list)]
    has_platform_group: bool = True
    home_platform: list[Name] | None = Field(None, description="default: the tenant's setting")

    def record(self, stream_id: str) -> Stream:
        """The domain record."""
        return Stream(
            id=stream_id,
            platform=self.platform,
            room_id=self.room_id,
            title=self.title,
            operator_id=self.operator_id or "",
            merchant_id=self.merchant_id or "",
            started_at=self.started_at,
            speakers=tuple(Speaker(s.id, s.role, s.name) for s in self.speakers),
            products=tuple(Product(p.id, p.title, p.category, p.facts) for p in self.products),
            contact_whitelist=tuple(self.contact_whitelist),
            has_platform_group=self.has_platform_group,
            home_platform=None if self.home_platform is None else tuple(self.home_platform),
        )

    @classmethod
    def of(cls, stream: Stream) -> Self:
        """From the record."""
        return cls(
            platform=stream.platform,
            room_id=stream.room_id,
            title=stream.title,
            operator_id=stream.operator_id or None,
            merchant_id=stream.merchant_id or None,
            started_at=stream.started_at,
            speakers=[SpeakerIn(id=s.id, role=s.role, name=s.name) for s in stream.speakers],
            products=[
                ProductIn(id=p.id, title=p.title, category=p.category, facts=dict(p.facts))
                for p in stream.products
            ],
            contact_whitelist=list(stream.contact_whitelist),
            has_platform_group=stream.has_platform_group,
            home_platform=None if stream.home_platform is None else list(stream.home_platform),
        )


class LocatedOut(BaseModel):
    """A current finding with the segment it belongs to."""

    segment_id: str
    channel: Channel
    finding: FindingOut

    @classmethod
    def of(cls, located: Located) -> Self:
        """From the record."""
        return cls(
            segment_id=located.segment_id,
            channel=located.channel,
            finding=FindingOut.of(located.finding),
        )


class StreamOut(BaseModel):
    """A stream with what it adds up to now."""

    id: str
    revision: int = Field(description="rises with every change of facts or findings")
    created_at: datetime
    updated_at: datetime
    declared: StreamIn
    segments: dict[str, int] = Field(description="by status")
    findings: dict[str, int] = Field(description="current ones by verdict")
    cases: dict[str, int] = Field(description="by status")
    timeline: list[LocatedOut] = Field(description="current findings in stream order")

    @classmethod
    def of(cls, summary: StreamSummary, timeline: tuple[Located, ...] = ()) -> Self:
        """From the records."""
        state = summary.state
        return cls(
            id=state.stream.id,
            revision=state.revision,
            created_at=state.created_at,
            updated_at=state.updated_at,
            declared=StreamIn.of(state.stream),
            segments=summary.segments,
            findings=summary.findings,
            cases=summary.cases,
            timeline=[LocatedOut.of(one) for one in timeline],
        )
