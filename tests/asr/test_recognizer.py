"""From sound to transcript on the bundled checkpoint, and the refusals of a model."""

import json
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from service.asr.engines.load import LoadedEngine
from service.asr.guards.chain import guard_chain
from service.asr.listening import Listening
from service.asr.protocol import Heard, Samples, Word
from service.asr.recognizer import Recognizer
from service.asr.settings import AsrSettings
from service.audio.records import Waveform
from service.domain.spoken import is_spoken
from service.domain.transcript import SpeechRegion, Transcript
from service.domain.vocabulary import TimePrecision
from service.errors import BozhengError
from service.fuse.times import char_times
from service.settings import AsrEngine, Environment, Settings
from tests.asr.conftest import Clip

QUIET = ("silence", "music")


def heard(recognizer: Recognizer, clip: Clip) -> Transcript:
    return recognizer.recognise(clip.waveform, clip.regions, "0" * 64)


def spoken(text: str) -> str:
    return "".join(filter(is_spoken, text))


def test_the_clips_are_understood(recognizer: Recognizer, clips: dict[str, Clip]) -> None:
    """At most one character in twenty is wrong over all clips (≤ 5 % on the tests' kind of sentence)."""
    said = [clip for name, clip in clips.items() if name not in QUIET]
    wrong = sum(
        Levenshtein.distance(spoken(clip.text), spoken(heard(recognizer, clip).text)) for clip in said
    )
    assert wrong <= 0.05 * sum(len(spoken(clip.text)) for clip in said)


@pytest.mark.parametrize("name", ["lowest_price", "best_quality", "add_wechat", "phone_number"])
def test_character_times_are_near_the_gold(recognizer: Recognizer, clips: dict[str, Clip], name: str) -> None:
    """Half of the characters start within 100 ms of where espeak-ng put them."""
    clip = clips[name]
    transcript = heard(recognizer, clip)
    times = char_times(transcript)
    pairs = Levenshtein.opcodes(clip.text, transcript.text)
    equal = [(i + k, j + k) for op, i, i2, j, _ in pairs if op == "equal" for k in range(i2 - i)]
    gold = {i: start for i, (_, start, _) in enumerate(clip.characters)}
    assert len(equal) >= 0.8 * len(clip.text)
    assert median(abs(times.starts[j] - gold[i]) for i, j in equal if i in gold) <= 100


def test_a_transcript_says_what_heard_what(recognizer: Recognizer, clips: dict[str, Clip]) -> None:
    clip = clips["two_sentences"]
    transcript = heard(recognizer, clip)
    assert transcript.engine == "faster-whisper" and transcript.language == "zh"
    assert transcript.model == recognizer.model and "@" in transcript.model
    assert transcript.sha256 == "0" * 64 and transcript.speech == clip.regions
    assert "".join(token.text for token in transcript.tokens) == transcript.text
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(transcript.tokens))
    assert transcript.tokens[0].start_ms >= 0 and transcript.tokens[-1].end_ms <= clip.waveform.decoded_ms
    assert {token.time_precision for token in transcript.tokens} == {TimePrecision.WORD}


@pytest.mark.parametrize("name", QUIET)
def test_silence_and_music_say_nothing(recognizer: Recognizer, clips: dict[str, Clip], name: str) -> None:
    assert heard(recognizer, clips[name]).text == ""


def test_the_same_sound_gives_the_same_transcript_whatever_came_before(
    recognizer: Recognizer, clips: dict[str, Clip]
) -> None:
    first = heard(recognizer, clips["shipping"])
    heard(recognizer, clips["rule_mention"])
    assert heard(recognizer, clips["shipping"]) == first


def test_times_are_those_of_the_segment(recognizer: Recognizer, clips: dict[str, Clip]) -> None:
    """The same clip three seconds later in the segment: the same words, three seconds later."""
    clip = clips["lowest_price"]
    later = Waveform(
        np.concatenate([np.zeros(48_000, np.float32), clip.waveform.samples]), "wav", "pcm_s16le"
    )
    regions = tuple(SpeechRegion(r.start_ms + 3000, r.end_ms + 3000) for r in clip.regions)
    moved = recognizer.recognise(later, regions, "0" * 64)
    still = heard(recognizer, clip)
    assert moved.text == still.text
    assert [t.start_ms - 3000 for t in moved.tokens] == [t.start_ms for t in still.tokens]


class ScriptedEngine:
    """Says what it is told for a window of so many milliseconds; fails when asked about any other."""

    name = "scripted"
    language = "zh"

    def __init__(self, lines: dict[int, str]) -> None:
        self._lines = lines

    def hear(self, samples: Samples) -> Heard:
        ms = len(samples) // 16
        text = self._lines[ms]
        step = ms / len(text)
        return Heard(tuple(Word(c, i * step, (i + 1) * step, 0.9) for i, c in enumerate(text)), -0.2, 0.0)


def scripted(lines: dict[int, str], settings: AsrSettings) -> Recognizer:
    loaded = LoadedEngine(ScriptedEngine(lines), "scripted@0", Listening(join_gap_ms=2000))
    return Recognizer(loaded, guard_chain(settings), settings)


SOUND = Waveform(np.zeros(20_000 * 16, np.float32), "wav", "pcm_s16le")
TWO = (SpeechRegion(0, 3000), SpeechRegion(4000, 9000))


def test_regions_are_heard_together_when_that_goes_well(settings: AsrSettings) -> None:
    recognizer = scripted({9000: "今天这款荞麦面一箱十二包"}, settings)
    assert recognizer.recognise(SOUND, TWO, "").text == "今天这款荞麦面一箱十二包"


def test_a_window_that_loops_is_heard_again_region_by_region(settings: AsrSettings) -> None:
    lines = {9000: "我们这里只要三十九" * 9, 3000: "今天这款荞麦面", 5000: "一箱十二包"}
    transcript = scripted(lines, settings).recognise(SOUND, TWO, "")
    assert transcript.text == "今天这款荞麦面 一箱十二包" and transcript.guards == ()


def test_what_goes_wrong_region_by_region_is_cut_and_reported(settings: AsrSettings) -> None:
    lines = {9000: "好的" * 40, 3000: "今天这款荞麦面", 5000: "好的" * 25}
    transcript = scripted(lines, settings).recognise(SOUND, TWO, "")
    assert transcript.text == "今天这款荞麦面 好的"
    assert [(g.guard, g.text) for g in transcript.guards] == [("repetition", "好的" * 24)]
    assert 4000 <= transcript.guards[0].start_ms < transcript.guards[0].end_ms <= 9000


def test_without_speech_the_engine_is_not_asked(settings: AsrSettings) -> None:
    transcript = scripted({}, settings).recognise(SOUND, (), "f" * 64)
    assert (transcript.text, transcript.tokens, transcript.speech) == ("", (), ())


@pytest.fixture
def model_copy(settings: AsrSettings, tmp_path: Path) -> AsrSettings:
    shutil.copytree(settings.model_dir, tmp_path / "copy")
    return replace(settings, model_dir=tmp_path / "copy")


def test_production_refuses_the_demonstration_model(settings: AsrSettings) -> None:
    production = AsrSettings.of(Settings(env=Environment.PRODUCTION))
    with pytest.raises(BozhengError, match=r"asr\.demo_model_in_production") as refused:
        Recognizer.load(replace(production, model_dir=settings.model_dir))
    assert "BOZHENG_ASR__MODEL" in refused.value.problem.advice_en


def test_production_takes_a_model_that_is_not_for_demonstration(
    model_copy: AsrSettings, clips: dict[str, Clip]
) -> None:
    """A folder as a platform makes it of released weights: no `demo_only`, no `listening`."""
    path = model_copy.model_dir / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    del manifest["demo_only"], manifest["listening"]
    path.write_text(json.dumps(manifest), "utf-8")
    assert heard(Recognizer.load(replace(model_copy, production=True)), clips["lowest_price"]).text


def test_a_changed_file_is_refused(model_copy: AsrSettings) -> None:
    with (model_copy.model_dir / "ct2" / "model.bin").open("r+b") as file:
        file.seek(1000)
        file.write(b"changed")
    with pytest.raises(BozhengError, match=r"model\.hash_mismatch: copy/ct2/model\.bin"):
        Recognizer.load(model_copy)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"engine_files": {"faster-whisper": "ct2"}}, "engine_files for openai-whisper"),
        ({"engine_files": {"openai-whisper": "other.pt"}}, "no verified file other.pt"),
        ({"listening": {"ears": 2}}, "ears"),
    ],
)
def test_a_manifest_that_is_not_understood_is_refused(
    model_copy: AsrSettings, change: dict[str, object], told: str
) -> None:
    path = model_copy.model_dir / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(BozhengError, match=rf"asr\.model_unreadable: .*{told}"):
        Recognizer.load(replace(model_copy, engine=AsrEngine.OPENAI_WHISPER))


def test_the_reference_engine_is_chosen_by_the_settings(
    settings: AsrSettings, clips: dict[str, Clip]
) -> None:
    recognizer = Recognizer.load(replace(settings, engine=AsrEngine.OPENAI_WHISPER))
    transcript = heard(recognizer, clips["lowest_price"])
    assert transcript.engine == "openai-whisper" and transcript.text
