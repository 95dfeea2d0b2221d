"""Thresholds and calibration on numbers that can be checked by hand."""

import numpy as np
import pytest

from service.classify.calibration import FEATURES, is_first
from service.classify.decode import FoldedSpan
from training.calibrate import Found, common_threshold, fit_calibration, item_thresholds

BEHIND = FEATURES.index("behind")


def found(mean: float, behind: float, right: bool, lawful: bool) -> Found:
    evidence = np.zeros(len(FEATURES), np.float32)
    evidence[0], evidence[BEHIND] = mean, behind
    return Found(0, FoldedSpan(0, 0, 2), evidence, right, False, lawful)


def test_the_common_cut_lets_the_asked_share_pass() -> None:
    scores = np.array([[0.1], [0.2], [0.3], [0.4], [0.9]])
    lawful = np.array([True, True, True, True, False])
    cut = common_threshold(scores, lawful, 0.75)
    assert cut == 0.4
    assert (scores[lawful].max(axis=1) < cut).mean() == 0.75


def test_an_item_that_costs_nothing_gets_a_lower_bar() -> None:
    scores = np.zeros((20, 2))
    scores[:8, 0] = np.linspace(0.1, 0.45, 8)
    scores[10:16, 1] = 0.42
    accused = np.zeros((20, 2), bool)
    accused[10:16, 1] = True
    lawful = np.arange(20) < 10
    cuts = item_thresholds(scores, accused, lawful, 0.9)
    assert cuts[0] == pytest.approx(0.45)
    assert 0.9 * 0.45 < cuts[1] <= 0.42, "a little lower, not as low as would find more"
    assert (~(scores[lawful] >= cuts).any(axis=1)).mean() >= 0.9


def test_wrong_first_guesses_in_violating_lines_are_left_out() -> None:
    lines = [found(m, 0.0, True, False) for m in (2.0, 3.0)] + [
        found(-m, 0.0, False, True) for m in (2.0, 3.0)
    ]
    seconds = [found(1.0, 2.0, True, False), found(-1.0, 2.0, False, True)]
    confusing = [found(3.0, 0.0, False, False)] * 10
    assert fit_calibration([*lines, *seconds], 1) == fit_calibration([*lines, *seconds, *confusing], 1)


def test_nothing_to_fit_leaves_the_smoothed_rate() -> None:
    calibration = fit_calibration([found(1.0, 0.0, True, False)] * 9, 2)
    sure = np.zeros(len(FEATURES), np.float32)
    assert is_first(sure)
    assert calibration.probability(1, sure) == pytest.approx(9.5 / 10, abs=1e-4)
    sure[BEHIND] = 3.0
    assert calibration.probability(1, sure) == pytest.approx(0.5)
