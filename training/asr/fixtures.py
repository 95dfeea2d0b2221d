"""The committed audio of tests and demo, spoken anew: `make fixtures` (needs espeak-ng and its data).

tests/fixtures/audio: clips with gold texts and character times, a silence, a music-like stretch (16 kHz WAV).
service/cli/demo_data: the talk as 10 s MPEG-TS/AAC segments with its gold.
"""

import json
import re
import wave
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from training.asr.aac import encode_ts
from training.asr.config import ROOT, SAMPLE_RATE, Voices
from training.asr.espeak import espeak
from training.asr.music import tune
from training.asr.synth import to_16k
from training.asr.talk import ROOM_TONE, SEGMENT_S, STREAM_RATE, compose, fixed_voice
from training.asr.texts import SCRIPT

CLIPS = ROOT / "tests" / "fixtures" / "audio"
DEMO = ROOT / "service" / "cli" / "demo_data"
SEED = 7
CLIP_RATE = 185
CLIP_PAD_S = 0.3
BIT_RATE = 64_000
_TRIPLE = re.compile(r'\[\n\s+("[^"\n]"),\n\s+(\d+),\n\s+(\d+)\n\s+\]')


def write_wav(path: Path, samples: NDArray[np.float32]) -> None:
    """16-bit mono WAV at 16 kHz."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((samples * 32767).clip(-32768, 32767).astype("<i2").tobytes())


def write_clips(clips: dict[str, dict[str, str]], folder: Path) -> None:
    """One WAV a clip, a silence, music, and `gold.json`: texts and characters with milliseconds."""
    folder.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(SEED)
    pad = int(CLIP_PAD_S * SAMPLE_RATE)
    gold: dict[str, Any] = {}
    for name, clip in clips.items():
        spoken = espeak().speak(clip["text"], fixed_voice(Voices(), clip["variant"], CLIP_RATE))
        samples = np.pad(to_16k(spoken), pad)
        write_wav(
            folder / f"{name}.wav", samples + noise.normal(0, ROOM_TONE, len(samples)).astype(np.float32)
        )
        gold[f"{name}.wav"] = {
            "text": clip["text"],
            "voice": clip["variant"],
            "characters": [
                [char, round((CLIP_PAD_S + start) * 1000), round((CLIP_PAD_S + end) * 1000)]
                for char, (start, end) in zip(spoken.text, spoken.spans, strict=True)
                if char.isalnum()
            ],
        }
    write_wav(folder / "silence.wav", noise.normal(0, ROOM_TONE, 4 * SAMPLE_RATE).astype(np.float32))
    write_wav(folder / "music.wav", tune(noise, 5.0))
    for name in ("silence.wav", "music.wav"):
        gold[name] = {"text": "", "voice": "", "characters": []}
    _write_json(folder / "gold.json", gold)


def write_talk(lines: list[dict[str, Any]], folder: Path) -> None:
    """`talk-NN.ts` and `talk.json`; times in milliseconds of the talk."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("talk-*.ts"):
        old.unlink()
    talk = compose(lines, Voices(), SEED)
    size = int(SEGMENT_S * STREAM_RATE)
    segments = []
    for index in range(len(talk.samples) // size):
        name = f"talk-{index:02d}.ts"
        part = talk.samples[index * size : (index + 1) * size]
        (folder / name).write_bytes(encode_ts(part, STREAM_RATE, BIT_RATE))
        segments.append(
            {
                "file": name,
                "offset_ms": round(index * SEGMENT_S * 1000),
                "duration_ms": round(SEGMENT_S * 1000),
            }
        )
    sentences = [
        {
            "anchor": said.anchor,
            "text": said.text,
            "expect": said.expect,
            "start_ms": round(said.characters[0][1] * 1000),
            "end_ms": round(said.characters[-1][2] * 1000),
            "characters": [[char, round(a * 1000), round(b * 1000)] for char, a, b in said.characters],
        }
        for said in talk.said
    ]
    stretches = [
        {"kind": kind, "start_ms": round(a * 1000), "end_ms": round(b * 1000)}
        for kind, a, b in talk.stretches
    ]
    _write_json(folder / "talk.json", {"segments": segments, "sentences": sentences, "stretches": stretches})


def _write_json(path: Path, value: Any) -> None:
    """Readable, one line for each innermost object."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(_compact_characters(text) + "\n", "utf-8")


def _compact_characters(text: str) -> str:
    """Character triples on one line each: a gold file is read by people."""
    return _TRIPLE.sub(r"[\1, \2, \3]", text)


def main() -> None:
    """Write everything."""
    script = yaml.safe_load(SCRIPT.read_text("utf-8"))
    write_clips(script["clips"], CLIPS)
    write_talk(script["talk"], DEMO)


if __name__ == "__main__":
    main()
