"""Whose violation it would be (architecture §3, handbook §5.6)."""

import pytest

from service.domain.context import Speaker
from service.domain.segment import SegmentKey, Submission
from service.domain.stream import Stream
from service.domain.vocabulary import Channel, SpeakerRole, SubjectKind
from service.streams.subjects import role_of, subject_of

LI, BO = Speaker("li", SpeakerRole.ANCHOR), Speaker("bo", SpeakerRole.CO_HOST)
GUEST, SHOP = Speaker("gu", SpeakerRole.GUEST), Speaker("shop", SpeakerRole.MERCHANT)


def stream(*speakers: Speaker, operator_id: str = "op", merchant_id: str = "mer") -> Stream:
    return Stream("s", speakers=speakers, operator_id=operator_id, merchant_id=merchant_id)


def speech(speaker_id: str | None = None) -> Submission:
    key = SegmentKey("t", "s", Channel.SPEECH, "1")
    return Submission(key, audio=b"x", offset_ms=0, speaker_id=speaker_id)


def message(
    channel: Channel, author_id: str | None = None, role: SpeakerRole = SpeakerRole.UNKNOWN
) -> Submission:
    return Submission(SegmentKey("t", "s", channel, "m"), text="x", author_id=author_id, author_role=role)


@pytest.mark.parametrize(
    ("declared", "submission", "kind", "subject_id", "basis"),
    [
        (stream(LI), speech(), SubjectKind.ANCHOR, "li", "only_speaker"),
        (stream(BO), speech(), SubjectKind.ANCHOR, "bo", "only_speaker"),
        (stream(LI, BO), speech(), SubjectKind.OPERATOR, "op", "speaker_unknown"),
        (stream(LI, GUEST), speech(), SubjectKind.OPERATOR, "op", "speaker_unknown"),
        (stream(), speech(), SubjectKind.OPERATOR, "op", "speaker_unknown"),
        (stream(operator_id=""), speech(), SubjectKind.OPERATOR, "stream:s", "speaker_unknown"),
        (stream(LI, BO), speech("bo"), SubjectKind.ANCHOR, "bo", "speaker_named"),
        (stream(LI), speech("stranger"), SubjectKind.OPERATOR, "op", "speaker_not_declared"),
        (stream(LI, GUEST), speech("gu"), SubjectKind.OPERATOR, "op", "speaker_named_guest"),
        (stream(GUEST), speech(), SubjectKind.OPERATOR, "op", "only_speaker_guest"),
        (stream(LI, SHOP), speech("shop"), SubjectKind.MERCHANT, "shop", "speaker_named"),
        (stream(LI), message(Channel.DANMU, "fan"), SubjectKind.USER, "fan", "message_author"),
        (stream(LI), message(Channel.COMMENT, "li"), SubjectKind.USER, "li", "message_author"),
        (stream(LI), message(Channel.DANMU), SubjectKind.USER, "message:m", "author_unknown"),
        (stream(LI), message(Channel.TITLE), SubjectKind.OPERATOR, "op", "published_in_stream"),
        (stream(LI), message(Channel.TITLE, "li"), SubjectKind.OPERATOR, "op", "published_in_stream"),
        (
            stream(LI),
            message(Channel.TITLE, role=SpeakerRole.MERCHANT),
            SubjectKind.MERCHANT,
            "mer",
            "published_by_merchant",
        ),
    ],
)
def test_subject(
    declared: Stream, submission: Submission, kind: SubjectKind, subject_id: str, basis: str
) -> None:
    subject = subject_of(declared, submission)
    assert (subject.kind, subject.id, subject.basis) == (kind, subject_id, basis)


@pytest.mark.parametrize(
    ("declared", "submission", "role"),
    [
        (stream(LI), speech(), SpeakerRole.ANCHOR),
        (stream(LI, BO), speech(), SpeakerRole.UNKNOWN),
        (stream(LI), message(Channel.DANMU, "fan"), SpeakerRole.USER),
        (stream(LI), message(Channel.TITLE), SpeakerRole.OPERATOR),
        (stream(LI), message(Channel.COMMENT, "x", SpeakerRole.OPERATOR), SpeakerRole.OPERATOR),
    ],
)
def test_role(declared: Stream, submission: Submission, role: SpeakerRole) -> None:
    assert role_of(declared, submission) is role
