"""Windows → tensors: tokens, what each should attend to, frame labels."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch

from training.asr.config import LABEL_HZ, Schedule
from training.asr.features import MELS
from training.asr.vocabulary import TIMESTAMP_STEP_S, TIMESTAMPS, Piece, Vocabulary, pieces, tokenizer
from training.asr.windows import FULL_FRAMES, Heard, Window, WindowMaker

IGNORED = -100
SILENCE = 0
TIMESTAMP_SHARE = 0.25
FULL_WINDOWS = 2
POOL_BATCHES = 8
EASY_STEPS = 3000
EASY_S = (2.5, 7.0)
"""The network first has to find that characters are heard one after the other: in windows of many sentences
it did not within 800 steps (attention loss 2.2), so short ones come first and grow."""
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Batch:
    """B windows, F mel frames, T tokens, C labelled characters.

    features [B, 80, F]; tokens and targets [B, T] local ids (target −100: no loss); attention [B, T, 2]
    encoder frames [start, end) in which token t's successor was heard (0, 0: anywhere); phonemes [B, F/2];
    character_frames and characters [C]: flat encoder frame → label.
    """

    features: torch.Tensor
    tokens: torch.Tensor
    targets: torch.Tensor
    attention: torch.Tensor
    phonemes: torch.Tensor
    character_frames: torch.Tensor
    characters: torch.Tensor


class Labeller:
    """Labels windows by fixed tables; unknown phonemes count as silence."""

    def __init__(
        self, vocabulary: Vocabulary, phonemes: Sequence[str], characters: Sequence[str], seed: int
    ) -> None:
        self._local = vocabulary.local()
        self._phonemes = {name: index + 1 for index, name in enumerate(phonemes)}
        self._characters = {name: index + 1 for index, name in enumerate(characters)}
        self._dice = random.Random(seed)

    def batch(self, windows: Sequence[Window], frames: int) -> Batch:
        """Pad windows to `frames` mel frames (even) and label them."""
        features = np.zeros((len(windows), MELS, frames), np.float32)
        phonemes = np.zeros((len(windows), frames // 2), np.int64)
        spelled = [self._spell(window) for window in windows]
        length = max(len(tokens) for tokens, _ in spelled)
        eot, silent = self._local[tokenizer().eot], self._local[tokenizer().no_speech]
        plain = self._local[tokenizer().no_timestamps]
        tokens = torch.full((len(windows), length), eot)
        targets = torch.full((len(windows), length), IGNORED)
        attention = torch.zeros(len(windows), length, 2)
        frame_ids: list[int] = []
        frame_labels: list[int] = []
        for row, (window, (ids, spans)) in enumerate(zip(windows, spelled, strict=True)):
            count, first = len(window.features), 3 if ids[3] == plain else 2
            if self._dice.random() < 0.3:
                features[row] = window.features.min()
            features[row, :, :count] = window.features.T
            phonemes[row] = self._frame_phonemes(window, frames // 2)
            tokens[row, : len(ids)] = torch.tensor(ids)
            targets[row, : len(ids) - 1] = torch.tensor(ids[1:])
            targets[row, 1:first] = IGNORED  # the caller gives these
            if not window.heard:
                targets[row, 0] = silent
            attention[row, : len(ids) - 1] = torch.tensor(spans[1:]) * LABEL_HZ
            for at, label in self._character_frames(window, frames // 2):
                frame_ids.append(row * (frames // 2) + at)
                frame_labels.append(label)
        return Batch(
            torch.from_numpy(features), tokens, targets, attention, torch.from_numpy(phonemes),
            torch.tensor(frame_ids, dtype=torch.long), torch.tensor(frame_labels, dtype=torch.long),
        )  # fmt: skip

    def _spell(self, window: Window) -> tuple[list[int], list[Span]]:
        """Local token ids from start-of-transcript to end-of-text, and the seconds of each."""
        marks = tokenizer()
        stamped = self._dice.random() < TIMESTAMP_SHARE
        ids = [*marks.sot_sequence] if stamped else [*marks.sot_sequence_including_notimestamps]
        spans: list[Span] = [(0.0, 0.0)] * len(ids)
        for sentence in self._sentences(window, stamped):
            if stamped:
                ids.append(_stamp(sentence[0].start))
                spans.append((sentence[0].start, sentence[0].start + 0.04))
            for piece in self._pieces("".join(h.character for h in sentence)):
                ids.append(piece.token)
                spans.append((sentence[piece.start].start, sentence[piece.end - 1].end))
            if stamped:
                ids.append(_stamp(sentence[-1].end))
                spans.append((sentence[-1].end - 0.04, sentence[-1].end))
        if not window.heard and self._dice.random() < 0.3:
            # Decoders forbid an empty answer; the most harmless one is a pause.
            ids += [_stamp(0.0), *marks.encode(","), _stamp(window.seconds)] if stamped else marks.encode(",")
            spans += [(0.0, 0.0)] * (len(ids) - len(spans))
        end = window.heard[-1].end if window.heard else 0.0
        return [self._local[token] for token in (*ids, marks.eot)], [*spans, (end, max(end, window.seconds))]

    def _pieces(self, text: str) -> list[Piece]:
        """The usual tokens; where a cut gives one that is not in the vocabulary, character by character."""
        found = pieces(text)
        if all(piece.token in self._local for piece in found):
            return found
        return [
            Piece(piece.token, index, index + 1) for index, char in enumerate(text) for piece in pieces(char)
        ]

    def _sentences(self, window: Window, stamped: bool) -> list[list[Heard]]:
        """The sentences between timestamps, without the pauses between them; else all in one."""
        if not stamped:
            return [window.heard] if window.heard else []
        groups: dict[int, list[Heard]] = {}
        for heard in window.heard:
            groups.setdefault(heard.sentence, []).append(heard)
        for group in groups.values():
            if group[-1].character == ",":
                group.pop()
        return [group for group in groups.values() if group]

    def _frame_phonemes(self, window: Window, frames: int) -> np.ndarray:
        labels = np.zeros(frames, np.int64)
        for (start, name), (end, _) in pairwise([*window.phonemes, (window.seconds, "")]):
            labels[int(start * LABEL_HZ) : int(end * LABEL_HZ)] = self._phonemes.get(name, SILENCE)
        return labels

    def _character_frames(self, window: Window, frames: int) -> Iterator[tuple[int, int]]:
        """Three frames of each character: all would say the same at five times the cost."""
        for heard in window.heard:
            label = self._characters.get(heard.character, SILENCE)
            for _ in range(3):
                at = int(self._dice.uniform(heard.start, max(heard.start, heard.end - 0.01)) * LABEL_HZ)
                yield min(at, frames - 1), label


def _stamp(seconds: float) -> int:
    step = max(0, min(TIMESTAMPS - 1, round(seconds / TIMESTAMP_STEP_S)))
    return tokenizer().timestamp_begin + step


def batches(
    maker: WindowMaker, labeller: Labeller, schedule: Schedule, seed: int, step: int
) -> Iterator[Batch]:
    """Endless batches of about `batch_s` seconds: easy ones first, then pools by length and full windows."""
    dice = random.Random(seed)
    while step < EASY_STEPS:
        seconds = EASY_S[0] + (EASY_S[1] - EASY_S[0]) * step / EASY_STEPS
        count = int(schedule.batch_s / seconds)
        yield _padded(labeller, [maker.easy(seconds) for _ in range(count)])
        step += 1
    while True:
        for group in _pool(maker, dice, schedule.batch_s * POOL_BATCHES, schedule.batch_s):
            if dice.random() < schedule.full_share:
                yield labeller.batch([maker.full() for _ in range(FULL_WINDOWS)], FULL_FRAMES)
            yield _padded(labeller, group)


def _pool(maker: WindowMaker, dice: random.Random, pool_s: float, batch_s: float) -> list[list[Window]]:
    windows: list[Window] = []
    while sum(window.seconds for window in windows) < pool_s:
        windows.append(maker.natural())
    windows.sort(key=lambda window: window.seconds)
    groups: list[list[Window]] = [[]]
    for window in windows:
        if groups[-1] and (len(groups[-1]) + 1) * window.seconds > batch_s:
            groups.append([])
        groups[-1].append(window)
    dice.shuffle(groups)
    return groups


def _padded(labeller: Labeller, windows: Sequence[Window]) -> Batch:
    frames = max(len(window.features) for window in windows) + 4
    return labeller.batch(windows, frames + frames % 2)
