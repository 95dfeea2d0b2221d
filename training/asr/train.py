"""The training loop: one core, bfloat16 arithmetic on float32 weights, resumed from its own checkpoint.

The schedule runs by wall seconds, not steps, so that a run ends when it was said to end. Exports use
the moving average of the weights, which is good at any time.
"""

import math
import time
from collections import defaultdict
from dataclasses import fields
from pathlib import Path

import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.asr.batches import Batch, Labeller, batches
from training.asr.config import Config, Schedule
from training.asr.losses import Losses, forced_attention, losses
from training.asr.model import Trainee
from training.asr.shards import Utterance, read_shard, shard_paths
from training.asr.synth import MUSIC
from training.asr.tables import Tables
from training.asr.texts import COMMA, script_texts
from training.asr.vocabulary import Vocabulary, tokenizer
from training.asr.windows import WindowMaker

CHECKPOINT = "checkpoint.pt"
AVERAGE_DECAY = 0.999
REPORT_STEPS = 50
FINAL_RATE = 0.01
"""Learning rate at the end, as a share of the highest."""


class Utterances(list[Utterance]):
    """Everything spoken so far that the vocabulary can spell; `grow` picks up shards written since."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._folder = folder
        self._spelled: dict[str, bool] = {COMMA: True}
        self._local = vocabulary.local()
        self._read: set[Path] = set()
        self._sentences = set(script_texts())
        self.script: list[Utterance] = []
        self.grow()

    def grow(self) -> None:
        for path in shard_paths(self._folder):
            if path not in self._read:
                self._read.add(path)
                spelled = [said for said in read_shard(path) if all(map(self._can_spell, said.text))]
                self.extend(spelled)
                self.script.extend(said for said in spelled if said.text in self._sentences)

    def _can_spell(self, character: str) -> bool:
        if character not in self._spelled:
            tokens = tokenizer().encode(character)
            self._spelled[character] = all(token in self._local for token in tokens)
        return self._spelled[character]


class Run:
    """One training run; owns the checkpoint file."""

    def __init__(self, config: Config, work: Path) -> None:
        torch.manual_seed(config.seed)
        self._config = config
        self._path = work / CHECKPOINT
        self.tables = Tables.build(config, work)
        self._model = Trainee(config.network, len(self.tables.vocabulary.rows), *self.tables.head_sizes)
        self._average = AveragedModel(self._model, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE_DECAY))
        self._optimizer = _optimizer(self._model, config.schedule)
        self._step, self._wall = 0, 0.0
        if self._path.exists():
            self._resume()
        self._utterances = Utterances(work / "shards", self.tables.vocabulary)
        music = read_shard(work / "shards" / "music" / MUSIC)
        seed = config.seed + 7919 * self._step  # a resumed run goes on with other windows
        self._batches = batches(
            WindowMaker(self._utterances, self._utterances.script, music, seed),
            Labeller(self.tables.vocabulary, self.tables.phonemes, self.tables.characters, seed),
            config.schedule,
            seed,
            self._step,
        )

    def train(self) -> None:
        """Until the wall time of the schedule is spent."""
        schedule = self._config.schedule
        sums: dict[str, float] = defaultdict(float)
        saved = last = time.monotonic()
        while self._wall < schedule.wall_s + schedule.second_wall_s:
            parts = self._one_step(next(self._batches))
            now = time.monotonic()
            self._wall += now - last
            last = now
            self._step += 1
            for part in fields(parts)[1:]:
                sums[part.name] += getattr(parts, part.name) / REPORT_STEPS
            if self._step % REPORT_STEPS == 0:
                self._report(sums)
                sums.clear()
            if now - saved > schedule.save_every_s:
                saved = now
                self._save()
                self._utterances.grow()
        self._save()

    def _one_step(self, batch: Batch) -> Losses:
        schedule = self._config.schedule
        for group in self._optimizer.param_groups:
            group["lr"] = rate(schedule, self._step, self._wall)
        share = max(0.0, 1.0 - self._step / schedule.forced_steps)
        forced = forced_attention(batch.attention, batch.features.shape[-1] // 2, share) if share else None
        output = self._model(batch.features.bfloat16(), batch.tokens, schedule.dropout, forced)
        parts = losses(self._model, output, batch, schedule)
        self._optimizer.zero_grad()
        parts.total.backward()
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), schedule.clip)
        self._optimizer.step()
        self._model.hold_bias_channel()
        self._average.update_parameters(self._model)
        return parts

    def _report(self, sums: dict[str, float]) -> None:
        parts = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
        print(
            f"step {self._step} wall {self._wall / 60:.1f} min of {self._config.schedule.wall_s / 60:.0f} "
            f"utterances {len(self._utterances)} {parts}",
            flush=True,
        )

    def _save(self) -> None:
        partial = self._path.with_suffix(".part")
        state = {
            "model": self._model.state_dict(),
            "average": self._average.module.state_dict(),
            "averaged": self._average.n_averaged,
            "optimizer": self._optimizer.state_dict(),
            "step": self._step,
            "wall": self._wall,
        }
        torch.save(state, partial)
        partial.rename(self._path)

    def _resume(self) -> None:
        state = torch.load(self._path, weights_only=True)
        self._model.load_state_dict(state["model"])
        self._average.module.load_state_dict(state["average"])
        self._average.n_averaged.copy_(state["averaged"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._step, self._wall = state["step"], state["wall"]


def rate(schedule: Schedule, step: int, wall: float) -> float:
    """Learning rate: a linear start over steps, then half a cosine over wall time, twice."""
    if wall < schedule.wall_s:
        highest, done = schedule.learning_rate, wall / schedule.wall_s
    else:
        highest, done = schedule.second_rate, min(1.0, (wall - schedule.wall_s) / schedule.second_wall_s)
    cosine = 0.5 * (1 + math.cos(math.pi * done))
    start = min(1.0, (step + 1) / schedule.warm_up)
    return highest * start * (FINAL_RATE + (1 - FINAL_RATE) * cosine)


def _optimizer(model: Trainee, schedule: Schedule) -> torch.optim.AdamW:
    learnt = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in learnt if p.dim() > 1], "weight_decay": schedule.weight_decay},
        {"params": [p for p in learnt if p.dim() <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=schedule.learning_rate, betas=(0.9, 0.98), fused=True)
