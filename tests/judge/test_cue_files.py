"""Broken cue and threshold files are refused with the place of the mistake."""

from pathlib import Path

import pytest

from service.errors import BozhengError
from service.judge.library import CueLibrary
from service.judge.order import Rules
from service.judge.thresholds import Thresholds
from tests.judge.conftest import LEXICONS

HEAD = "groups:\n  cue:\n    - "


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        (HEAD + "{at: nowhere, reach: 3, scope: text, any: [a]}", "act.yaml:3:12", "`at` must be one of"),
        (HEAD + "{at: before, reach: x, scope: text, any: [a]}", "act.yaml:3:27", "a number of characters"),
        (HEAD + "{at: before, reach: 500, scope: text, any: [a]}", "act.yaml:3:27", "up to 120"),
        (HEAD + "{at: before, reach: 3, scope: page, any: [a]}", "act.yaml:3:37", "`scope` must be one of"),
        (HEAD + '{at: before, reach: 3, scope: text, any: ["a("]}', "act.yaml:3:49", "not a regular"),
        (HEAD + '{at: before, reach: 3, scope: text, any: ["{no}"]}', "act.yaml:3:49", "unknown words {no}"),
        (HEAD + "{at: before, reach: 3, scope: text}", "act.yaml:3:7", "a cue needs `any`"),
        (HEAD + "{at: before, aim: 3, scope: text, any: [a]}", "act.yaml:3:20", "unknown key 'aim'"),
        ("groups:\n  cue: [\n", "act.yaml:3:1", ""),
        ("groups:\n  cue: words\n", "act.yaml:2:8", "expected a list"),
        ("masks: [a]\n", "act.yaml:1:1", "unknown key 'masks'"),
        ("mask: [a]\nmask: [b]\n", "act.yaml:2:1", "given twice"),
        ("", "act.yaml:1:1", "the file is empty"),
    ],
)
def test_a_mistake_names_its_place(tmp_path: Path, text: str, where: str, what: str) -> None:
    (tmp_path / "words.yaml").write_text("words: {me: [我]}\n", "utf-8")
    (tmp_path / "act.yaml").write_text(text, "utf-8")
    with pytest.raises(BozhengError) as caught:
        CueLibrary.load(tmp_path)
    assert caught.value.problem.code == "lexicon.cues_invalid"
    assert where in caught.value.detail and what in caught.value.detail


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BozhengError, match=r"words.yaml is missing"):
        CueLibrary.load(tmp_path)
    (tmp_path / "words.yaml").write_text("words: {me: [我]}\n", "utf-8")
    with pytest.raises(BozhengError, match=r"not_superlative.yaml is missing"):
        Rules.build(CueLibrary.load(tmp_path))


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("words: {me: [我]}\n", "utf-8")
    act = tmp_path / "act.yaml"
    act.write_text(HEAD + "{at: before, reach: 3, scope: text, any: ['{me}']}", "utf-8")
    first = CueLibrary.load(tmp_path).version
    act.write_text(HEAD + "{at: before, reach: 4, scope: text, any: ['{me}']}", "utf-8")
    assert CueLibrary.load(tmp_path).version != first


def test_every_cue_file_is_used() -> None:
    """A file that no rule reads would be edited in vain."""
    library = CueLibrary.load(LEXICONS / "cues")
    source = "".join(p.read_text("utf-8") for p in (LEXICONS.parent / "service" / "judge").rglob("*.py"))
    unused = [
        name
        for name in library.books
        if f'"{name}"' not in source
        and f'"{name.upper()}"' not in source
        and not name.startswith("look_alike_")
    ]
    assert unused == []


FUSION = "fusion: {bias: 0, lexicon: 1, model: 1, lawful: -1, unseen_prior: 0.5}\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("default: 0.3\n", "fusion needs bias"),
        (FUSION, "default"),
        (FUSION + "default: 0.3\nitems: {z: 0.4}\n", "unknown ['z']"),
        (FUSION.replace("lexicon: 1", "lexicon: -1") + "default: 0.3\n", "accusing weights"),
        (FUSION.replace("lawful: -1", "lawful: 1") + "default: 0.3\n", "lawful one"),
        ("[", "while parsing"),
        ("- a\n", "expected a mapping"),
    ],
)
def test_broken_thresholds_are_refused(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BozhengError) as caught:
        Thresholds.load(path)
    assert caught.value.problem.code == "lexicon.thresholds_invalid" and what in caught.value.detail
