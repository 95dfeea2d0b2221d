"""The numbered examples of handbook §2, read from docs/handbook.zh-CN.md (notation: handbook §0.4)."""

import re
from dataclasses import dataclass
from pathlib import Path

from service.domain.finding import Span

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook.zh-CN.md"

_VIOLATING = re.compile(r"- ([a-p]-V\d+) \[([a-z_.]+)\] (.+)")
_LOOK_ALIKE = re.compile(r"- ([a-p]-N\d+) (.+?) — (.+)")


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its number, the utterance without brackets, the bracketed spans (code points, half open),
    and the subtype (V) or the reason why it is lawful (N)."""

    name: str
    text: str
    spans: tuple[Span, ...]
    label: str

    @property
    def item(self) -> str:
        """Clause letter a–p."""
        return self.name[0]


def violating() -> list[Example]:
    """All V examples in the order of the handbook."""
    return [_example(row[1], row[3], "【】", row[2]) for row in _rows(_VIOLATING)]


def look_alikes() -> list[Example]:
    """All N examples in the order of the handbook."""
    return [_example(row[1], row[2], "〔〕", row[3]) for row in _rows(_LOOK_ALIKE)]


def _rows(pattern: re.Pattern[str]) -> list[re.Match[str]]:
    lines = HANDBOOK.read_text("utf-8").splitlines()
    return [found for line in lines if (found := pattern.fullmatch(line.strip()))]


def _example(name: str, marked: str, brackets: str, label: str) -> Example:
    opening, closing = brackets
    text, spans, start = "", [], 0
    for char in marked:
        if char == opening:
            start = len(text)
        elif char == closing:
            spans.append((start, len(text)))
        else:
            text += char
    return Example(name, text, tuple(spans), label)
