"""Everything that decides a training run, in one frozen record that is kept with the model."""

from dataclasses import dataclass, field

from training.augment.augmenter import Rates


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the network (see `training.network.Shape`)."""

    hidden: int = 96
    heads: int = 4
    inner: int = 192
    blocks: str = "cca"
    character_size: int = 64
    syllable_size: int = 32
    ngram_size: int = 0
    dropout: float = 0.3


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each head's loss counts beside that of the item spans (per character)."""

    subtype: float = 0.5
    lawful: float = 0.5
    utterance: float = 0.1


@dataclass(frozen=True, slots=True)
class Recipe:
    """One run. `characters` is the padded size of a batch; `*_dropout` blank whole views of a character."""

    name: str = "classifier"
    version: str = "0.1.0"
    seed: int = 1
    epochs: int = 10
    characters: int = 2048
    longest: int = 126
    rate: float = 2e-3
    table_rate: float = 2.0
    decay: float = 0.02
    warmup: int = 300
    average: float = 0.995
    ngram_dropout: float = 0.4
    character_dropout: float = 0.15
    bfloat16: bool = True
    augment: bool = True
    sizes: Sizes = Sizes()
    weights: Weights = Weights()
    rates: Rates = field(default_factory=Rates)
