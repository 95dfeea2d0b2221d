"""Windows are put together and cut so that sound and transcript stay true to each other."""

import numpy as np
import pytest
import torch
from whisper.audio import log_mel_spectrogram

from training.asr.batches import IGNORED, Labeller
from training.asr.features import FLOOR, log_power, normalise
from training.asr.shards import Utterance
from training.asr.vocabulary import Vocabulary, pieces, tokenizer
from training.asr.windows import FULL_FRAMES, Heard, Window, WindowMaker, cut


def _said(text: str, seconds: float) -> Utterance:
    features = np.full((int(seconds * 100), 80), -3.0, np.float16)
    step = seconds / len(text)
    spans = tuple((index * step, (index + 1) * step) for index in range(len(text)))
    return Utterance(text, features, spans, tuple((start, "a") for start, _ in spans))


def _music() -> Utterance:
    return Utterance("", np.full((300, 80), -3.0, np.float16), (), ())


def test_features_in_two_steps_are_whispers_own() -> None:
    samples = np.random.default_rng(0).normal(0, 0.1, 16_000).astype(np.float32)
    expected = log_mel_spectrogram(torch.from_numpy(samples)).numpy().T
    assert np.abs(normalise(log_power(samples)) - expected).max() < 1e-4


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        (0.0, 3.0, "甲乙,丙"),
        (0.6, 3.0, "乙,丙"),
        (0.4, 3.0, "甲乙,丙"),
        (0.0, 2.4, "甲乙"),
        (1.0, 2.2, "乙"),
        (2.6, 2.9, ""),
    ],
)
def test_a_cut_keeps_the_characters_that_lie_mostly_inside(start: float, end: float, kept: str) -> None:
    heard = [
        Heard("甲", 0.0, 1.0, 0),
        Heard("乙", 1.0, 2.0, 0),
        Heard(",", 2.0, 2.2, 0),
        Heard("丙", 2.2, 3.0, 1),
    ]
    window = cut(Window(np.zeros((300, 80), np.float32), heard, [(0.0, "a"), (1.5, "b")]), start, end)
    assert window.text == kept
    assert window.seconds == pytest.approx(end - start)
    assert all(0 <= h.start <= h.end <= window.seconds + 1e-9 for h in window.heard)


def test_a_full_window_is_what_the_engines_see() -> None:
    maker = WindowMaker([_said("今天下单明天发货", 3.0)], [], [_music()], seed=1)
    for _ in range(20):
        window = maker.full()
        assert window.features.shape == (FULL_FRAMES, 80)
        assert (window.features[-50:] == 0.0).all(), "padding is zero after normalisation"
        assert set(window.text) <= set("今天下单明天发货,")


def test_windows_are_the_same_for_the_same_seed() -> None:
    made = [WindowMaker([_said("今天下单", 2.0)], [], [_music()], seed=5).natural() for _ in range(2)]
    assert made[0].text == made[1].text
    assert np.array_equal(made[0].features, made[1].features)


def test_labels_point_at_the_sound_of_their_token() -> None:
    vocabulary = Vocabulary.of(["今天下单明天发货"])
    maker = WindowMaker([_said("今天下单明天发货", 4.0)], [], [_music()], seed=2)
    labeller = Labeller(vocabulary, ["a"], sorted("今天下单明天发货"), seed=2)
    windows = [maker.easy(5.0) for _ in range(8)]
    batch = labeller.batch(windows, 600)
    for row, window in enumerate(windows):
        targets = [vocabulary.rows[t] for t in batch.targets[row].tolist() if t != IGNORED]
        marks = {tokenizer().to_language_token("zh"), tokenizer().eot}
        text = tokenizer().decode([t for t in targets if t not in marks and t < tokenizer().timestamp_begin])
        assert text == window.text
        starts = batch.attention[row][batch.attention[row][:, 1] > 0][:, 0]
        assert (starts.diff() >= 0).all(), "tokens are heard in order"
    assert batch.character_frames.max() < 8 * 300


def test_tokens_of_one_split_character_share_its_place() -> None:
    found = pieces("螺蛳粉")
    assert [p.token for p in found] == tokenizer().encode("螺蛳粉")
    assert {(p.start, p.end) for p in found} == {(0, 1), (1, 2), (2, 3)}


def test_silence_alone_is_not_louder_than_the_floor() -> None:
    assert log_power(np.zeros(1600, np.float32)).max() == FLOOR
