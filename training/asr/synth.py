"""Texts → speech → shards. Each shard has its own seed: a stopped run goes on."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from training.asr.aac import through_aac
from training.asr.config import SAMPLE_RATE, Config, Voices
from training.asr.espeak import NotSpokenError, Spoken, Voice, espeak
from training.asr.features import log_power
from training.asr.music import tune
from training.asr.shards import Utterance, write_shard
from training.asr.texts import Material, TextSource, script_texts

MUSIC = "music.npy"
SCRIPT_SHARD = "script.npy"


def shard_seed(config: Config, number: int) -> int:
    """Seed of one shard's texts and voices."""
    return config.seed * 100_003 + number


def draw_voice(voices: Voices, dice: random.Random) -> Voice:
    """A training voice at a random rate and pitch."""
    pool = voices.talk if dice.random() < voices.talk_share else ("", *voices.common)
    rate, pitch, width = (dice.randint(*limits) for limits in (voices.rate, voices.pitch, voices.range))
    return Voice(voices.language, dice.choice(pool), rate, pitch, width)


def to_16k(spoken: Spoken) -> NDArray[np.float32]:
    """22.05 kHz int16 → 16 kHz float, loudest sample 0.5."""
    if spoken.sample_rate * 320 != SAMPLE_RATE * 441:
        raise ValueError(f"unexpected sample rate {spoken.sample_rate}")
    samples = resample_poly(spoken.samples.astype(np.float32), 320, 441).astype(np.float32)
    peak = float(np.abs(samples).max()) if len(samples) else 0.0
    return samples * np.float32(0.5 / peak) if peak else samples


def utterance(text: str, voice: Voice, bit_rate: int | None = None) -> Utterance:
    """Speak a text; with a bit rate, through AAC and back. Raises NotSpokenError."""
    spoken = espeak().speak(text, voice)
    samples = to_16k(spoken)
    if bit_rate:
        samples = through_aac(samples, bit_rate)
    return Utterance(text, log_power(samples).astype(np.float16), spoken.spans, spoken.phonemes)


def make_shard(config: Config, material: Material, number: int) -> list[Utterance]:
    """The utterances of shard `number`."""
    synthesis = config.synthesis
    seed = shard_seed(config, number)
    dice = random.Random(seed)
    made: list[Utterance] = []
    for text in TextSource(config.texts, seed, material):
        voice = draw_voice(config.voices, dice)
        bit_rate = dice.choice(synthesis.aac_bit_rates) if dice.random() < synthesis.aac_share else None
        try:
            made.append(utterance(text, voice, bit_rate))
        except NotSpokenError:
            continue  # a rare character without a reading: another text takes its place
        if len(made) == synthesis.shard:
            return made
    raise AssertionError("a text source does not end")


def make_script(config: Config) -> list[Utterance]:
    """The sentences of talk and clips, each many times, half of them in the talk's own voices."""
    dice = random.Random(config.seed)
    own = replace(config.voices, talk_share=0.5)
    rounds = range(config.synthesis.script_rounds)
    return [utterance(text, draw_voice(own, dice)) for _ in rounds for text in script_texts()]


def run(config: Config, folder: Path) -> None:
    """Write what is missing of the music and of all shards."""
    folder.mkdir(parents=True, exist_ok=True)
    music = folder / "music" / MUSIC
    if not music.exists():
        dice = np.random.default_rng(config.seed)
        tunes = [tune(dice, float(dice.uniform(2, 12))) for _ in range(config.synthesis.music_clips)]
        write_shard(music, [Utterance("", log_power(t).astype(np.float16), (), ()) for t in tunes])
    if not (folder / SCRIPT_SHARD).exists():
        write_shard(folder / SCRIPT_SHARD, make_script(config))
    material = Material.gather(config.texts)
    for number in range(config.synthesis.utterances // config.synthesis.shard):
        path = folder / f"{number:04d}.npy"
        if not path.exists():
            write_shard(path, make_shard(config, material, number))
            print(f"shard {path.stem} written", flush=True)
