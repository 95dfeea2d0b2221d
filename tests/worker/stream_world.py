"""A small real world around the worker: SQLite, blobs, journal, worker; only sound and language are small.

Sound: a segment's bytes are the words that are said in it, 100 ms a character from its first sample, `_` is
silence. Language: a few phrases with three habits of the real judge that need a window: a correction up to
15 s later exempts, a quoting word up to 60 s earlier makes a claim merely suspected, a denial right before it
leaves nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from service.accounts.repository import put_tenant
from service.audio.records import Waveform
from service.domain.context import Speaker
from service.domain.finding import Finding, Reason
from service.domain.segment import Receipt, SegmentKey, SegmentResult, Submission
from service.domain.stream import Stream
from service.domain.transcript import SpeechRegion, Token, Transcript
from service.domain.vocabulary import (
    Channel,
    Evasion,
    ReasonSource,
    Severity,
    SpeakerRole,
    SpeechAct,
    Target,
    TimePrecision,
    Verdict,
)
from service.errors import BozhengError, ProblemType
from service.fuse.times import char_times
from service.journal.embedded import EmbeddedJournal
from service.pipeline import Message, Versions
from service.storage.embedded import Storage, open_embedded
from service.streams.answers import current_answer, first_answer
from service.streams.repository import put_stream
from service.worker import Machinery, Worker

CHAR_MS = 100
SILENT = "_"
TENANT = "acme"
STREAM = "live-1"
STARTED = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANCHOR = Speaker("anchor-li", SpeakerRole.ANCHOR, "李")
DECLARED = Stream(STREAM, started_at=STARTED, speakers=(ANCHOR,))

PHRASES = {
    "全网最低价": ("c.lowest_price", Verdict.VIOLATION, Severity.MEDIUM),
    "加我微信": ("m.add_private", Verdict.VIOLATION, Severity.HIGH),
    "包治百病": ("n.medical_claim", Verdict.VIOLATION, Severity.HIGH),
    "销量第一": ("i.false_sales", Verdict.NEEDS_EVIDENCE, Severity.MEDIUM),
}
CORRECTION, QUOTATION, DENIAL = "说错了", "有人讲", "不许"

UNREADABLE = ProblemType("audio.undecodable", 422, "unreadable", "无法解码", "send sound", "请发送音频")


class WordDecoder:
    """Bytes are UTF-8 words; those that start with ! are refused, with ? crash."""

    def decode(self, data: bytes) -> Waveform:
        words = data.decode()
        if words.startswith("!"):
            raise BozhengError(UNREADABLE, "not sound")
        if words.startswith("?"):
            raise RuntimeError("a defect in the decoder")
        codes = [0 if char == SILENT else ord(char) for char in words]
        samples = np.repeat(np.array(codes, np.float32), CHAR_MS * 16)
        return Waveform(samples, "words", "words", truncated=words.endswith("…"))


def spoken_regions(waveform: Waveform) -> tuple[SpeechRegion, ...]:
    """One region from the first spoken sample to the last."""
    spoken = np.flatnonzero(waveform.samples)
    return (SpeechRegion(int(spoken[0]) // 16, int(spoken[-1]) // 16 + 1),) if len(spoken) else ()


class WordRecognizer:
    """Reads the words off the waveform; counts how often it was asked about speech."""

    model = "words@1"

    def __init__(self) -> None:
        self.heard = 0

    def recognise(self, waveform: Waveform, regions: tuple[SpeechRegion, ...], sha256: str) -> Transcript:
        self.heard += bool(regions)
        codes = waveform.samples[:: CHAR_MS * 16].astype(int)
        tokens = tuple(
            Token(chr(code), i * CHAR_MS, (i + 1) * CHAR_MS, 1.0, TimePrecision.WORD)
            for i, code in enumerate(codes)
            if code and regions
        )
        text = "".join(t.text for t in tokens)
        return Transcript(text, tokens, "zh", "words", self.model, sha256, regions)


class PhrasePipeline:
    """Finds `PHRASES`; pure, like the real one."""

    def __init__(self) -> None:
        self.versions = Versions("c1", "l1", "none", "p1")
        self.before: Callable[[], None] = lambda: None

    def analyse(self, messages: Sequence[Message]) -> list[tuple[Finding, ...]]:
        self.before()
        return [tuple(self._findings(message)) for message in messages]

    def _findings(self, message: Message) -> Iterator[Finding]:
        times = char_times(message.transcript) if message.transcript else None
        for match in re.finditer("|".join(PHRASES), message.text):
            subtype, verdict, severity = PHRASES[match[0]]
            start, end = match.span()
            if message.text[:start].endswith(DENIAL):
                continue
            if CORRECTION in message.text[end : end + 20]:
                verdict = Verdict.EXEMPT
            elif QUOTATION in message.text[:start] and verdict is Verdict.VIOLATION:
                verdict = Verdict.SUSPECTED
            begin_ms, end_ms, precision = (
                times.span(start, end) if times else (None, None, TimePrecision.NONE)
            )
            yield Finding(
                item=subtype[0],
                subtype=subtype,
                verdict=verdict,
                severity=severity,
                confidence=0.9,
                span=(start, end),
                text=match[0],
                speech_act=SpeechAct.ASSERT,
                target=Target.OWN_PRODUCT,
                evasion=Evasion.NONE,
                speaker_role=message.context.speaker_role,
                asr_suspect=False,
                exemption_code="SA_CORR" if verdict is Verdict.EXEMPT else None,
                reasons=(Reason(ReasonSource.LEXICON, subtype, "1", cue=(start, end)),),
                legal_basis=("law",),
                recommended_actions=(),
                start_ms=begin_ms,
                end_ms=end_ms,
                time_precision=precision,
                product_id=message.context.product.id if message.context.product else None,
            )


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 13, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class World:
    """One data folder with a declared stream, driven step by step."""

    storage: Storage
    journal: EmbeddedJournal
    worker: Worker
    recognizer: WordRecognizer
    pipeline: PhrasePipeline
    clock: Clock

    def say(self, seq: int, words: str, offset_ms: int | None = None, **facts: Any) -> Receipt:
        """Append 10 s of speech number `seq`."""
        key = SegmentKey(TENANT, STREAM, Channel.SPEECH, str(seq))
        offset = seq * 10_000 if offset_ms is None else offset_ms
        return self.journal.append(Submission(key, audio=words.encode(), offset_ms=offset, **facts))

    def write(self, key: str, words: str, channel: Channel = Channel.DANMU, **facts: Any) -> Receipt:
        """Append a text message."""
        return self.journal.append(Submission(SegmentKey(TENANT, STREAM, channel, key), text=words, **facts))

    def work(self) -> None:
        """Let the worker empty the journal."""
        while self.worker.step():
            pass

    def first(self, receipt: Receipt) -> SegmentResult:
        """The first answer."""
        return self.storage.database.read(lambda c: first_answer(c, TENANT, receipt.segment_id))

    def current(self, seq: int) -> SegmentResult:
        """The current view of speech segment `seq`."""
        key = SegmentKey(TENANT, STREAM, Channel.SPEECH, str(seq))
        return self.storage.database.read(lambda c: current_answer(c, key))

    def heard(self, seq: int, words: str, **facts: Any) -> SegmentResult:
        """Say, work, answer."""
        receipt = self.say(seq, words, **facts)
        self.work()
        return self.first(receipt)


@contextmanager
def open_world(folder: Path, stream: Stream = DECLARED) -> Iterator[World]:
    """The world in `folder`; opened again it finds what was kept."""
    with open_embedded(folder) as storage:
        clock = Clock()
        journal = EmbeddedJournal(storage.database, storage.blobs, clock)
        recognizer, pipeline = WordRecognizer(), PhrasePipeline()
        machinery = Machinery(WordDecoder(), spoken_regions, recognizer, pipeline)
        worker = Worker(storage.database, journal, machinery, retry_delays_s=(0.0,), clock=clock)
        write = storage.database.write
        write(lambda c: put_tenant(c, TENANT, "Acme", frozenset(), clock())).result()
        write(lambda c: put_stream(c, TENANT, stream, clock())).result()
        with closing(worker):
            yield World(storage, journal, worker, recognizer, pipeline, clock)


def filled(words: str, chars: int = 100, at: int = 0) -> str:
    """`words` at character `at` of a segment of `chars` characters, the rest silence."""
    return (SILENT * at + words).ljust(chars, SILENT)
