"""A submission as the journal keeps it: everything but the audio bytes, and a fingerprint of all of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from service.domain.segment import SegmentKey, Submission
from service.domain.vocabulary import SpeakerRole
from service.storage.codec import dump


@dataclass(frozen=True, slots=True)
class Envelope:
    """The fields of a `Submission` beside its key and audio."""

    text: str | None
    offset_ms: int | None
    sent_at: datetime | None
    speaker_id: str | None
    author_id: str | None
    author_role: SpeakerRole
    product_id: str | None

    @classmethod
    def of(cls, submission: Submission) -> Self:
        """Take what the journal's row holds."""
        return cls(
            text=submission.text,
            offset_ms=submission.offset_ms,
            sent_at=submission.sent_at,
            speaker_id=submission.speaker_id,
            author_id=submission.author_id,
            author_role=submission.author_role,
            product_id=submission.product_id,
        )

    def submission(self, key: SegmentKey, audio: bytes | None) -> Submission:
        """The submission again."""
        return Submission(
            key=key,
            audio=audio,
            text=self.text,
            offset_ms=self.offset_ms,
            sent_at=self.sent_at,
            speaker_id=self.speaker_id,
            author_id=self.author_id,
            author_role=self.author_role,
            product_id=self.product_id,
        )

    def fingerprint(self, content_sha256: str) -> str:
        """SHA-256 of content and meta: equal for a repeat, different for other content under the same key."""
        return hashlib.sha256(f"{dump(self)}\n{content_sha256}".encode()).hexdigest()
