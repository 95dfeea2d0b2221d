"""Whose violation it would be (architecture §3, handbook §5.6). Pure."""

from service.domain.context import Speaker
from service.domain.finding import Subject
from service.domain.segment import Submission
from service.domain.stream import Stream
from service.domain.vocabulary import Channel, SpeakerRole, SubjectKind

ANCHOR_ROLES = frozenset({SpeakerRole.ANCHOR, SpeakerRole.CO_HOST})
"""Roles that are judged as anchors; guests are the operator's (handbook §5.6)."""


def speaker_of(stream: Stream, submission: Submission) -> Speaker | None:
    """The declared speaker of a speech segment: the one it names, else the only one there is."""
    if submission.speaker_id is not None:
        named = [s for s in stream.speakers if s.id == submission.speaker_id]
        return named[0] if named else None
    return stream.speakers[0] if len(stream.speakers) == 1 else None


def subject_of(stream: Stream, submission: Submission) -> Subject:
    """Subject of every finding of this segment; `basis` names the rule that chose it."""
    channel = submission.key.channel
    if channel is Channel.SPEECH:
        return _speaking(stream, submission)
    if channel is Channel.TITLE:
        return _publishing(stream, submission)
    if submission.author_id is None:
        return Subject(SubjectKind.USER, f"message:{submission.key.key}", "author_unknown")
    return Subject(SubjectKind.USER, submission.author_id, "message_author")


def role_of(stream: Stream, submission: Submission) -> SpeakerRole:
    """Who speaks or writes, for the judge."""
    if submission.key.channel is Channel.SPEECH:
        speaker = speaker_of(stream, submission)
        return speaker.role if speaker else SpeakerRole.UNKNOWN
    if submission.author_role is not SpeakerRole.UNKNOWN:
        return submission.author_role
    return SpeakerRole.OPERATOR if submission.key.channel is Channel.TITLE else SpeakerRole.USER


def _speaking(stream: Stream, submission: Submission) -> Subject:
    speaker = speaker_of(stream, submission)
    named = submission.speaker_id is not None
    if speaker is None:
        basis = "speaker_not_declared" if named else "speaker_unknown"
        return Subject(SubjectKind.OPERATOR, _operator(stream), basis)
    basis = "speaker_named" if named else "only_speaker"
    if speaker.role in ANCHOR_ROLES:
        return Subject(SubjectKind.ANCHOR, speaker.id, basis)
    if speaker.role is SpeakerRole.MERCHANT:
        return Subject(SubjectKind.MERCHANT, speaker.id, basis)
    return Subject(SubjectKind.OPERATOR, _operator(stream), f"{basis}_{speaker.role.value}")


def _publishing(stream: Stream, submission: Submission) -> Subject:
    if submission.author_role is SpeakerRole.MERCHANT:
        return Subject(
            SubjectKind.MERCHANT, submission.author_id or stream.merchant_id, "published_by_merchant"
        )
    return Subject(SubjectKind.OPERATOR, _operator(stream), "published_in_stream")


def _operator(stream: Stream) -> str:
    """The declared operator, else one that stands for whoever runs this stream."""
    return stream.operator_id or f"stream:{stream.id}"
