"""The label tables of a run: vocabulary, phonemes, characters. Built once, kept beside the checkpoint."""

import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from training.asr.config import Config
from training.asr.shards import read_shard, shard_paths
from training.asr.synth import shard_seed
from training.asr.texts import COMMA, Material, TextSource
from training.asr.vocabulary import Vocabulary

FILE = "tables.json"


@dataclass(frozen=True, slots=True)
class Tables:
    """`phonemes` and `characters` are label names in order; label 0 is silence."""

    vocabulary: Vocabulary
    phonemes: tuple[str, ...]
    characters: tuple[str, ...]

    @property
    def head_sizes(self) -> tuple[int, int]:
        return len(self.phonemes), len(self.characters)

    @classmethod
    def build(cls, config: Config, work: Path) -> "Tables":
        """Read them, or make them from the texts of every planned shard and the phonemes of the first one."""
        path = work / FILE
        if not path.exists():
            path.write_text(json.dumps(cls._make(config, work).as_json(), ensure_ascii=False), "utf-8")
        row = json.loads(path.read_text("utf-8"))
        return cls(Vocabulary(tuple(row["vocabulary"])), tuple(row["phonemes"]), tuple(row["characters"]))

    @classmethod
    def _make(cls, config: Config, work: Path) -> "Tables":
        material = Material.gather(config.texts)
        count = config.synthesis.shard
        clauses = [
            clause
            for number in range(config.synthesis.utterances // count)
            for text in islice(TextSource(config.texts, shard_seed(config, number), material), count)
            for clause in text.split(COMMA)
        ]
        spoken = read_shard(shard_paths(work / "shards")[0])
        phonemes = {name for utterance in spoken for _, name in utterance.phonemes if name != "_"}
        alphabet = material.alphabet()
        return cls(Vocabulary.of([*clauses, *alphabet]), tuple(sorted(phonemes)), tuple(sorted(alphabet)))

    def as_json(self) -> dict[str, list[int] | list[str]]:
        return {
            "vocabulary": list(self.vocabulary.rows),
            "phonemes": list(self.phonemes),
            "characters": list(self.characters),
        }
