"""Every number of the demonstration speech model in one place."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "asr"
"""Shards, checkpoints and logs: large, rebuilt, never committed."""

MODEL_DIR = ROOT / "models" / "asr-demo"

SAMPLE_RATE = 16_000
HOP_S = 0.01
"""Seconds between mel frames; the encoder halves their number (Radford et al. 2022, §2.2)."""

LABEL_HZ = 50
"""Encoder frames per second."""


@dataclass(frozen=True, slots=True)
class Voices:
    """espeak-ng voice variants. The talk's two voices are heard more often than the others."""

    language: str = "cmn-latn-pinyin"
    talk: tuple[str, ...] = ("f4", "m3")
    common: tuple[str, ...] = (
        *("f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"),
        *("Alex", "Andrea", "Andy", "Annie", "Denis", "Diogo", "Gene", "Gene2", "Henrique", "Hugo", "Jacky"),
        *("Lee", "Mario", "Michael", "Nguyen", "adam", "anika", "antonio", "belinda", "benjamin", "boris"),
        *("caleb", "david", "ed", "edward", "grandpa", "gustave", "iven", "john", "linda", "marcelo", "max"),
        *(
            "miguel",
            "norbert",
            "pablo",
            "paul",
            "quincy",
            "rob",
            "sandro",
            "shelby",
            "steph",
            "travis",
            "victor",
        ),
    )
    unseen: tuple[str, ...] = ("Alicia", "Mike", "Marco", "aunty")
    talk_share: float = 0.2
    rate: tuple[int, int] = (165, 240)
    pitch: tuple[int, int] = (35, 65)
    range: tuple[int, int] = (30, 70)


@dataclass(frozen=True, slots=True)
class TextMix:
    """Share of each text source; see texts.py. `words` is how many frequent dictionary words take part."""

    natural: float = 0.30
    crossed: float = 0.16
    chain: float = 0.22
    salad: float = 0.13
    characters: float = 0.03
    numbers: float = 0.06
    script: float = 0.10
    words: int = 30_000
    word_power: float = 0.6
    character_power: float = 0.75
    max_chars: int = 30


@dataclass(frozen=True, slots=True)
class Synthesis:
    """`utterances` in shards of `shard`; a share takes the way of a stream, through AAC and back."""

    utterances: int = 100_000
    shard: int = 2_000
    aac_share: float = 0.15
    aac_bit_rates: tuple[int, ...] = (32_000, 48_000, 64_000, 96_000)
    music_clips: int = 240
    script_rounds: int = 60


@dataclass(frozen=True, slots=True)
class Network:
    """Whisper's own architecture, small. The last channel carries the bias of unused tokens (model.py)."""

    width: int = 192
    heads: int = 3
    encoder_layers: int = 3
    decoder_layers: int = 3
    unused_logit: float = -40.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """Seconds are of audio unless they are named wall seconds. The rate falls twice: a warm restart after the
    first descent still gains on sentences of several clauses."""

    batch_s: float = 36.0
    full_share: float = 0.1
    learning_rate: float = 1.6e-3
    warm_up: int = 200
    weight_decay: float = 0.05
    clip: float = 1.0
    label_smoothing: float = 0.05
    dropout: float = 0.1
    phoneme_weight: float = 0.5
    character_weight: float = 1.0
    forced_steps: int = 3000
    attention_weight: float = 0.6
    wall_s: float = 82 * 60
    second_rate: float = 7e-4
    second_wall_s: float = 11 * 60
    save_every_s: float = 150.0


@dataclass(frozen=True, slots=True)
class Config:
    """What one run is made from."""

    seed: int = 1
    voices: Voices = Voices()
    texts: TextMix = TextMix()
    synthesis: Synthesis = Synthesis()
    network: Network = Network()
    schedule: Schedule = Schedule()
