"""Talk to measure readers on: lines of the train split."""

import pytest

from training.data import load


@pytest.fixture(scope="session")
def talk() -> list[str]:
    """Every seventh train line, so that every writer is heard."""
    return [line.text for line in load("train")][::7]
