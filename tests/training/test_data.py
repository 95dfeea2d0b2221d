"""The shipped lines are whole, the split is frozen, and nobody but the evaluation opens the test side."""

import ast
from pathlib import Path

import pytest

from training import data
from training.data import DataError, Line, load, read_lines
from training.split import assign, clusters, extend, neighbours

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return [*load("train"), *load("dev"), *load("test", for_evaluation=True)]


def test_every_line_has_one_side(lines: list[Line]) -> None:
    keys = [line.key for line in lines]
    assert len(keys) == len(set(keys)) == len(read_lines())


def test_near_duplicates_and_pairs_are_on_one_side(lines: list[Line]) -> None:
    left, right = neighbours([line.text for line in lines])
    apart = [
        (lines[a].key, lines[b].key)
        for a, b in zip(left, right, strict=True)
        if lines[a].split != lines[b].split
    ]
    assert len(left) > 100
    assert apart == []
    sides: dict[str, set[str]] = {}
    for line in lines:
        if line.pair is not None:
            sides.setdefault(line.pair, set()).add(line.split)
    assert {len(found) for found in sides.values()} == {1}


def test_every_item_and_kind_is_on_every_side(lines: list[Line]) -> None:
    everything = {m.item for line in lines for m in line.marks} | {line.kind for line in lines}
    for side in data.SPLITS:
        mine = [line for line in lines if line.split == side]
        assert {m.item for line in mine for m in line.marks} | {line.kind for line in mine} == everything
        assert len(mine) > 700


def test_the_test_side_needs_the_evaluation() -> None:
    with pytest.raises(PermissionError, match="python -m eval"):
        load("test")
    with pytest.raises(ValueError, match="unknown split"):
        load("all")  # type: ignore[arg-type]  # the mistake under test


def test_only_the_evaluation_asks_for_the_test_side() -> None:
    asking = [
        path.relative_to(ROOT).as_posix()
        for room in ("service", "training", "eval")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "for_evaluation"
    ]
    assert asking == ["eval/__main__.py"]


def test_broken_lines_are_listed_by_place(tmp_path: Path) -> None:
    (tmp_path / "utterances").mkdir()
    (tmp_path / "pairs").mkdir()
    (tmp_path / "utterances" / "x-01.txt").write_text("speech|clean|好\nspeech|clean\n", "utf-8")
    (tmp_path / "pairs" / "y-01.txt").write_text(
        "speech|clean|甲\n\nspeech|clean|乙\nspeech|odd|丙\n", "utf-8"
    )
    with pytest.raises(DataError) as caught:
        read_lines(tmp_path)
    assert str(caught.value).splitlines() == [
        "utterances/x-01.txt:2: expected channel|kind|text, found 2 fields",
        "pairs/y-01.txt:2: a pair has two lines, this block has 1",
        "pairs/y-01.txt:4: unknown kind 'odd': one of plain, evasion, asr_error, paraphrase, exempt, clean",
    ]


def test_new_lines_never_move_old_ones(lines: list[Line]) -> None:
    old = [line for line in lines if line.prefix == "utterances/n"][:60]
    known = assign(clusters(old))
    held_out = next(line for line in old if known[line.key][1] == "dev")
    copy = Line("utterances/own-01.txt", 1, old[0].channel, held_out.kind, held_out.text + "哈", (), None)
    fresh = Line("utterances/own-01.txt", 2, old[0].channel, held_out.kind, "外面下雨了记得带伞", (), None)
    grown = extend(clusters([*old, copy, fresh]), known)
    assert {key: grown[key] for key in known} == known
    assert grown[copy.key] == (known[held_out.key][0], "dev")
    assert grown[fresh.key][1] == "train"
