"""Folds, automaton and word boundaries on 26-character lines, one core, against jieba and a pure-Python trie.

Goal: at least 600,000 characters a second for fold, syllables, automata and boundaries (43 µs a line). The
peer does the same with the same literals and folds: a dictionary trie for the automaton (the "DFA" of open
sensitive-word filters) and jieba for the boundaries. `match` and `entities` are run on every line.
"""

import json
import logging
import time
from collections.abc import Callable

import jieba

from service.domain.context import AnalysisContext
from service.domain.vocabulary import Channel
from service.entities.find import find_entities
from service.lexicon.compiled import LiteralIndex
from service.lexicon.load import load_lexicon
from service.lexicon.schema import Entry
from service.settings import Settings
from service.text.fold import fold
from service.text.pinyin import syllables
from service.text.segment import Segmenter
from training.data import load

WIDTH = 26
"""Characters of a line: the width for which the goal is stated."""
LINES = 1500
ROUNDS = 5

Trie = dict[str, "Trie"]
_END = "\0"


def lines_of_width(width: int, count: int) -> list[str]:
    """Dev lines joined and cut to equal width, so that figures compare over changes of the data."""
    joined = "，".join(line.text for line in load("dev"))
    return [joined[at : at + width] for at in range(0, width * count, width)]


def build_trie(words: list[str]) -> Trie:
    """Nested dictionaries, one character a level."""
    root: Trie = {}
    for word in words:
        node = root
        for sign in word:
            node = node.setdefault(sign, {})
        node[_END] = {}
    return root


def find_in_trie(root: Trie, folded: str) -> list[tuple[int, int]]:
    """All overlapping hits, from every offset."""
    found = []
    for start in range(len(folded)):
        node: Trie | None = root
        for end in range(start, len(folded)):
            node = node.get(folded[end]) if node is not None else None
            if node is None:
                break
            if _END in node:
                found.append((start, end + 1))
    return found


def run() -> dict[str, float]:
    """Characters per CPU second of each way, median of interleaved rounds, and the ratios to the peers."""
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    lexicon = load_lexicon(Settings().lexicons_dir)
    words = sorted({term for entry in lexicon.entries for term in entry.terms} | _anchors(lexicon.entries))
    literals, sounds = LiteralIndex(words), LiteralIndex(map(syllables, words))
    segmenter, trie = Segmenter(), build_trie(words)
    context = AnalysisContext(Channel.SPEECH)

    def stages(line: str) -> None:
        folded = fold(line).folded
        literals.find(folded)
        sounds.find(syllables(folded))
        segmenter.boundaries(folded)

    def peer(line: str) -> None:
        folded = fold(line).folded
        find_in_trie(trie, folded)
        find_in_trie(trie, syllables(folded))
        list(jieba.cut(folded))

    ways: dict[str, Callable[[str], object]] = {
        "stages": stages,
        "fold": fold,
        "automaton": literals.find,
        "trie": lambda line: find_in_trie(trie, line),
        "boundaries": segmenter.boundaries,
        "jieba": lambda line: list(jieba.cut(line)),
        "peer": peer,
        "match": lambda line: lexicon.match(fold(line), context),
        "entities": lambda line: find_entities(fold(line)),
    }
    speed = measure(ways, lines_of_width(WIDTH, LINES))
    figures = {f"{name}_characters_per_second": value for name, value in speed.items()}
    return figures | {
        "literals": len(words),
        "stages_over_peer": speed["stages"] / speed["peer"],
        "automaton_over_trie": speed["automaton"] / speed["trie"],
        "boundaries_over_jieba": speed["boundaries"] / speed["jieba"],
    }


def _anchors(entries: tuple[Entry, ...]) -> set[str]:
    return {anchor for entry in entries if entry.pattern for anchor in entry.pattern.anchors}


def measure(ways: dict[str, Callable[[str], object]], lines: list[str]) -> dict[str, float]:
    """Characters per CPU second of each way over the same lines, median of interleaved rounds."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            began = time.process_time()
            for line in lines:
                way(line)
            seconds[name].append(time.process_time() - began)
    characters = sum(map(len, lines))
    return {name: characters / sorted(times)[ROUNDS // 2] for name, times in seconds.items()}


def main() -> None:
    """Print the figures as one JSON line."""
    print(json.dumps(run()))


if __name__ == "__main__":
    main()
