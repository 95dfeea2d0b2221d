"""What a segment is judged by, taken once from stream, tenant and submission. Pure."""

from collections.abc import Mapping

from service.domain.context import AnalysisContext, Product
from service.domain.instants import to_ms
from service.domain.kept import KeptSegment, SegmentFacts
from service.domain.segment import Claimed, Submission
from service.domain.stream import Stream
from service.domain.transcript import Transcript
from service.domain.vocabulary import Channel
from service.streams.subjects import role_of, subject_of

SPEECH_LANE = "speech"


def facts_of(
    stream: Stream, home_platform: frozenset[str], submission: Submission, versions: Mapping[str, str]
) -> SegmentFacts:
    """Context, subject and versions for the first and every later analysis. `home_platform` is the tenant's
    setting, which a stream may override."""
    home = home_platform if stream.home_platform is None else frozenset(stream.home_platform)
    context = AnalysisContext(
        channel=submission.key.channel,
        home_platform=home,
        speaker_role=role_of(stream, submission),
        product=_product(stream, submission),
        contact_whitelist=frozenset(stream.contact_whitelist),
        has_platform_group=stream.has_platform_group,
    )
    subject = subject_of(stream, submission)
    return SegmentFacts(context, subject, stream.started_at, submission.sent_at, dict(versions))


def keep(
    claimed: Claimed, facts: SegmentFacts, transcript: Transcript | None, duration_ms: int
) -> KeptSegment:
    """The segment on its lane. `duration_ms` is that of its sound, 0 for a message."""
    submission = claimed.submission
    lane, start_ms = _place(claimed)
    return KeptSegment(
        segment_id=claimed.segment_id,
        key=submission.key,
        lane=lane,
        start_ms=start_ms,
        end_ms=start_ms + duration_ms,
        text=transcript.text if transcript else submission.text or "",
        transcript=transcript,
        facts=facts,
        offset_ms=_stream_time(submission, facts),
    )


def _place(claimed: Claimed) -> tuple[str, int]:
    """Lane and time on it. A message without author or time is a lane of its own: nothing joins it."""
    submission = claimed.submission
    if submission.key.channel is Channel.SPEECH and submission.offset_ms is not None:
        return SPEECH_LANE, submission.offset_ms
    if submission.author_id is None:
        return f"alone:{claimed.segment_id}", 0
    author = f"{submission.key.channel.value}:{submission.author_id}"
    if submission.sent_at is not None:
        return author, to_ms(submission.sent_at)
    if submission.offset_ms is not None:
        return f"{author}:offset", submission.offset_ms
    return f"alone:{claimed.segment_id}", 0


def _stream_time(submission: Submission, facts: SegmentFacts) -> int | None:
    if submission.offset_ms is not None:
        return submission.offset_ms
    if submission.sent_at is None or facts.started_at is None:
        return None
    return to_ms(submission.sent_at) - to_ms(facts.started_at)


def _product(stream: Stream, submission: Submission) -> Product | None:
    """The named product with its declared facts; one that was not declared is known by its id alone."""
    if submission.product_id is None:
        return None
    declared = [p for p in stream.products if p.id == submission.product_id]
    return declared[0] if declared else Product(submission.product_id)
