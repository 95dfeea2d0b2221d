"""The worker with the rooms that are shipped: decoder processes, speech regions, lexicon, judge, fuse.

Only the recogniser is small here: it knows the committed clips by their bytes, and what is said in them when.
The classifier is left out, so that a newly trained one changes no expectation.
"""

import hashlib
import io
import json
import wave
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.accounts.repository import put_tenant
from service.audio.decoder import Decoder
from service.audio.records import Waveform
from service.audio.regions import speech_regions
from service.domain.instants import utc_now
from service.domain.segment import SegmentKey, SegmentResult, Submission
from service.domain.transcript import SpeechRegion, Token, Transcript
from service.domain.vocabulary import Advice, Channel, TimePrecision, Verdict
from service.journal.embedded import EmbeddedJournal
from service.pipeline import Pipeline
from service.settings import Settings
from service.storage.embedded import Storage, open_embedded
from service.streams.answers import current_answer, first_answer
from service.streams.repository import put_stream
from service.worker import Machinery, Worker
from tests.worker.stream_world import DECLARED, STREAM, TENANT

CLIPS = Path(__file__).parents[1] / "fixtures" / "audio"
CUT_MS = 2_405
"""Between 网 and 最 of lowest_price.wav."""


class KnownClips:
    """Transcripts by the SHA-256 of the bytes."""

    model = "known@1"

    def __init__(self) -> None:
        self.texts: dict[str, list[tuple[str, int, int]]] = {}

    def recognise(self, waveform: Waveform, regions: tuple[SpeechRegion, ...], sha256: str) -> Transcript:
        heard = self.texts[sha256] if regions else []
        tokens = tuple(Token(c, start, end, 0.9, TimePrecision.WORD) for c, start, end in heard)
        return Transcript("".join(c for c, _, _ in heard), tokens, "zh", "known", self.model, sha256, regions)


@dataclass
class House:
    """Storage, journal and worker over the shipped rooms."""

    storage: Storage
    journal: EmbeddedJournal
    worker: Worker
    clips: KnownClips

    def answer(self, submission: Submission) -> SegmentResult:
        """Append, work, first answer."""
        receipt = self.journal.append(submission)
        while self.worker.step():
            pass
        return self.storage.database.read(lambda c: first_answer(c, TENANT, receipt.segment_id))

    def hear(self, seq: int, audio: bytes, offset_ms: int) -> SegmentResult:
        key = SegmentKey(TENANT, STREAM, Channel.SPEECH, str(seq))
        return self.answer(Submission(key, audio=audio, offset_ms=offset_ms))


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder(processes=1) as decoder:
        yield decoder


@pytest.fixture(scope="module")
def rules() -> Pipeline:
    return Pipeline.load(Settings(), with_model=False)


@pytest.fixture
def house(tmp_path: Path, rules: Pipeline, decoder: Decoder) -> Iterator[House]:
    with open_embedded(tmp_path) as storage:
        journal, clips = EmbeddedJournal(storage.database, storage.blobs), KnownClips()
        worker = Worker(storage.database, journal, Machinery(decoder, speech_regions, clips, rules))
        now = utc_now()
        storage.database.write(lambda c: put_tenant(c, TENANT, "Acme", frozenset(), now)).result()
        storage.database.write(lambda c: put_stream(c, TENANT, DECLARED, now)).result()
        with closing(worker):
            yield House(storage, journal, worker, clips)


def wav(samples: bytes, rate: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples)
    return file.getvalue()


def test_a_phrase_cut_through_the_middle_of_real_sound(house: House) -> None:
    gold = json.loads((CLIPS / "gold.json").read_text("utf-8"))["lowest_price.wav"]["characters"]
    with wave.open(str(CLIPS / "lowest_price.wav"), "rb") as file:
        rate, samples = file.getframerate(), file.readframes(file.getnframes())
    at = CUT_MS * rate // 1000 * 2
    halves = [wav(samples[:at], rate), wav(samples[at:], rate)]
    house.clips.texts = {
        hashlib.sha256(halves[0]).hexdigest(): [c for c in gold if c[2] <= CUT_MS],
        hashlib.sha256(halves[1]).hexdigest(): [
            (c, start - CUT_MS, end - CUT_MS) for c, start, end in gold if start >= CUT_MS
        ],
    }
    first = house.hear(0, halves[0], 60_000)
    second = house.hear(1, halves[1], 60_000 + CUT_MS)
    assert first.findings == () and abs((first.duration_ms or 0) - CUT_MS) <= 1
    key = SegmentKey(TENANT, STREAM, Channel.SPEECH, "0")
    now = house.storage.database.read(lambda c: current_answer(c, key))
    (finding,) = [f for f in now.findings if f.subtype == "c.lowest_price"]
    assert finding.text == "全网最低价" and finding.verdict is Verdict.VIOLATION
    assert (finding.stream_start_ms, finding.stream_end_ms) == (61_803, 63_110)
    assert finding.id in {r.finding.id for r in second.revisions}


def test_music_without_words_passes(house: House) -> None:
    music = (CLIPS / "music.wav").read_bytes()
    house.clips.texts = {hashlib.sha256(music).hexdigest(): []}
    assert house.hear(0, music, 0).verdict is Advice.PASS


def test_bytes_that_are_no_sound_fail_with_the_decoders_problem(house: House) -> None:
    problem = house.hear(0, b"ffconcat version 1.0\nfile /etc/passwd\n", 0).problem
    assert problem is not None and problem.code.startswith("audio.") and problem.status in (415, 422)


@pytest.mark.parametrize(
    ("words", "subtype"), [("加我微信私下交易", "m."), ("这款全网最低价", "c.lowest_price")]
)
def test_messages_meet_the_shipped_lexicon(house: House, words: str, subtype: str) -> None:
    key = SegmentKey(TENANT, STREAM, Channel.DANMU, "m1")
    answer = house.answer(Submission(key, text=words, author_id="fan"))
    assert any(f.subtype.startswith(subtype) for f in answer.findings)
    assert len(answer.versions["lexicon"]) == 12
