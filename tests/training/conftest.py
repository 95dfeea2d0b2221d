"""One tiny training for all tests of this room."""

from pathlib import Path

import pytest

from training.__main__ import run
from training.data import Line, load
from training.recipe import Recipe, Sizes

TINY = Recipe(
    name="tiny", epochs=2, sizes=Sizes(hidden=16, heads=2, inner=16, character_size=8, syllable_size=4)
)


@pytest.fixture(scope="session")
def few_lines() -> list[Line]:
    """Every eighth training line: all items and kinds, small enough for seconds."""
    return load("train")[::8]


@pytest.fixture(scope="session")
def tiny_model(few_lines: list[Line], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder made by the one command, from few lines."""
    folder = tmp_path_factory.mktemp("models") / "tiny"
    run(TINY, folder, few_lines, load("dev")[::6])
    return folder
