"""The frozen split: near-duplicates and pairs stay together, every writer and kind is on every side.

`python -m training.split` assigns lines that have no side yet and never moves one that has. Two lines are
near-duplicates when the sets of their character 3-grams overlap by a Jaccard index of at least `JACCARD`, or
when the shorter one is contained in the longer by `CONTAINED`; clusters are connected components.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer

from training.data import SPLIT_FILE, SPLITS, Line, Split, read_lines, read_split
from training.plain import plain

JACCARD = 0.3
"""Measured on the first 7,675 lines: beside the contrast pairs only a handful of lines reach 0.3 (the same
sentence with other words around it), and no cluster has more than two lines."""
CONTAINED = 0.75
MIN_GRAMS = 8
"""Containment is asked of texts of at least this many grams: a shorter one is contained by chance."""
SEED = 20261124
BLOCK: tuple[Split, ...] = ("train",) * 8 + ("dev", "test")


def neighbours(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Index pairs (i < j) of near-duplicate texts."""
    grams = CountVectorizer(analyzer="char", ngram_range=(3, 3), binary=True, lowercase=False, dtype=np.int32)
    matrix = grams.fit_transform([plain(text) or "\0\0\0" for text in texts]).tocsr()
    sizes = np.asarray(matrix.sum(axis=1)).ravel()
    common = (matrix @ matrix.T).tocoo()
    upper = common.row < common.col
    left, right, shared = common.row[upper], common.col[upper], common.data[upper]
    smaller = np.minimum(sizes[left], sizes[right])
    jaccard = shared / (sizes[left] + sizes[right] - shared)
    near = (jaccard >= JACCARD) | ((shared >= CONTAINED * smaller) & (smaller >= MIN_GRAMS))
    return left[near], right[near]


def clusters(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines grouped by near-duplication and by pair, groups in order of their first line."""
    left, right = neighbours([line.text for line in lines])
    edges = list(zip(left.tolist(), right.tolist(), strict=True))
    first_of_pair: dict[str, int] = {}
    for index, line in enumerate(lines):
        if line.pair is not None:
            edges.append((first_of_pair.setdefault(line.pair, index), index))
    rows = np.array([edge[0] for edge in edges], dtype=np.int64)
    cols = np.array([edge[1] for edge in edges], dtype=np.int64)
    graph = coo_matrix((np.ones(len(edges)), (rows, cols)), shape=(len(lines), len(lines)))
    _, label = connected_components(graph, directed=False)
    groups: dict[int, list[Line]] = defaultdict(list)
    for index, line in enumerate(lines):
        groups[int(label[index])].append(line)
    return list(groups.values())


def assign(groups: Iterable[list[Line]], seed: int = SEED) -> dict[str, tuple[str, str]]:
    """Key → (cluster, split): 8 : 1 : 1 in every run of like clusters (writer, kind, item)."""
    rng = random.Random(seed)
    ordered = sorted((_stratum(group), rng.random(), group) for group in groups)
    block: list[Split] = []
    rows: dict[str, tuple[str, str]] = {}
    for _, _, group in ordered:
        if not block:
            block = rng.sample(BLOCK, len(BLOCK))
        split = "train" if len(group) > len(BLOCK) else block.pop()
        rows |= {line.key: (group[0].key, split) for line in group}
    return rows


def extend(groups: Iterable[list[Line]], known: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Add new lines without moving old ones: a near-duplicate of an old line joins its side, all others go to
    train. Raises ValueError where a new line would join a held-out side to another one."""
    rows = dict(known)
    for group in groups:
        new = [line for line in group if line.key not in known]
        sides = {known[line.key] for line in group if line.key in known}
        if not new:
            continue
        if len({split for _, split in sides}) > 1:
            raise ValueError(f"{new[0].key} resembles lines of several sides: {sorted(sides)}; write it anew")
        cluster, split = min(sides) if sides else (group[0].key, "train")
        rows |= {line.key: (cluster, split) for line in new}
    return rows


def main() -> None:
    """Write split.tsv: a first split where there is none, otherwise the new lines only."""
    lines = read_lines()
    groups = clusters(lines)
    rows = extend(groups, read_split()) if SPLIT_FILE.exists() else assign(groups)
    SPLIT_FILE.write_text("".join(f"{line.key}\t{chr(9).join(rows[line.key])}\n" for line in lines), "utf-8")
    counts = {split: sum(row[1] == split for row in rows.values()) for split in SPLITS}
    print(f"{len(lines)} lines, {len(groups)} clusters, {counts}")


def _stratum(group: list[Line]) -> str:
    first = group[0]
    item = first.marks[0].item if first.marks else "-"
    return f"{first.prefix}\t{first.kind}\t{item}"


if __name__ == "__main__":
    main()
