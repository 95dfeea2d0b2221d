"""A lexicon folder of its own for each test."""

from pathlib import Path

import pytest

from service.domain.context import AnalysisContext
from service.text.fold import fold
from tests.lexicon.folders import CLASSES, SPEECH, Folder, Matcher, words


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    found = Folder(tmp_path)
    found.write("classes.yaml", CLASSES)
    return found


@pytest.fixture
def match(folder: Folder) -> Matcher:
    """`match(text, entries, context=…)`: the raw words of each candidate."""

    def run(text: str, entries: str, context: AnalysisContext = SPEECH) -> list[str]:
        folder.entries(entries)
        return words(text, folder.load().match(fold(text), context))

    return run
