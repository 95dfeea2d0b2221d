"""What several rooms' tests share: the real pipeline, built once."""

import pytest

from service.pipeline import Pipeline
from service.settings import Settings


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The shipped lexicon and classifier."""
    return Pipeline.load(Settings())
