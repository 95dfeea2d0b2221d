"""YAML with places: every node knows its file, line and column, and mistakes are collected, not raised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from service.lexicon.problems import Problem, nearest
from service.lexicon.schema import Place

Chosen = TypeVar("Chosen", bound=StrEnum)


@dataclass(slots=True)
class Report:
    """Problems found so far while one folder is read. Written by the readers, read by `load`."""

    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, list[str]] = field(default_factory=dict)

    def add(self, place: Place, message: str, advice: str = "") -> None:
        """Note one mistake."""
        self.problems.append(Problem(place, message, advice))


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML node with its place. Accessors of the wrong kind report and return an empty value."""

    raw: yaml.Node
    file: str
    report: Report

    @property
    def place(self) -> Place:
        """1-based place of the node's first character."""
        mark = self.raw.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def error(self, message: str, advice: str = "") -> None:
        """Report a mistake at this node."""
        self.report.add(self.place, message, advice)

    def child(self, node: yaml.Node) -> "Node":
        """Wrap a child node."""
        return Node(node, self.file, self.report)

    @property
    def is_null(self) -> bool:
        """True for `null`, `~` or nothing."""
        return self.raw.tag == "tag:yaml.org,2002:null"

    def fields(self, known: Iterable[str]) -> dict[str, "Node"]:
        """Mapping with only known keys, each once."""
        if not isinstance(self.raw, yaml.MappingNode):
            self.error("expected a mapping (key: value)")
            return {}
        names = frozenset(known)
        found: dict[str, Node] = {}
        for key_node, value_node in self.raw.value:
            key = self.child(key_node)
            name = str(key_node.value)
            if name not in names:
                key.error(f"unknown key {name!r}", nearest(name, names))
            elif name in found:
                key.error(f"key {name!r} is given twice")
            else:
                found[name] = self.child(value_node)
        return found

    def pairs(self) -> Iterator[tuple[str, "Node"]]:
        """Key → node of a mapping whose keys are free."""
        if not isinstance(self.raw, yaml.MappingNode):
            self.error("expected a mapping (key: value)")
            return
        for key_node, value_node in self.raw.value:
            yield str(key_node.value), self.child(value_node)

    def items(self) -> list["Node"]:
        """Elements of a sequence; nothing for null."""
        if self.is_null:
            return []
        if not isinstance(self.raw, yaml.SequenceNode):
            self.error("expected a list", "write [one, two] or one '- item' a line")
            return []
        return [self.child(node) for node in self.raw.value]

    def text(self) -> str:
        """A non-empty scalar as written."""
        if not isinstance(self.raw, yaml.ScalarNode) or self.is_null or not str(self.raw.value).strip():
            self.error("expected a non-empty text")
            return ""
        return str(self.raw.value)

    def texts(self) -> list[tuple[str, "Node"]]:
        """A list of non-empty texts with their nodes."""
        return [(text, node) for node in self.items() if (text := node.text())]

    def flag(self) -> bool:
        """true or false."""
        value = str(self.raw.value) if isinstance(self.raw, yaml.ScalarNode) else ""
        if value not in ("true", "false"):
            self.error("expected true or false")
        return value == "true"

    def number(self, low: float, high: float) -> float:
        """A number in [low, high]."""
        try:
            value = float(str(self.raw.value))
        except ValueError:
            self.error("expected a number")
            return low
        if not low <= value <= high:
            self.error(f"{value:g} is outside {low:g}–{high:g}")
        return value

    def day(self) -> date | None:
        """A date (2026-11-24) or null."""
        if self.is_null:
            return None
        try:
            return date.fromisoformat(str(self.raw.value))
        except ValueError:
            self.error("expected a date like 2026-11-24")
            return None

    def plain(self) -> object:
        """The value as YAML's safe types (numbers, texts, lists, mappings)."""
        value: object = yaml.constructor.SafeConstructor().construct_document(self.raw)
        return value

    def choice(self, kind: type[Chosen], fallback: Chosen) -> Chosen:
        """One word of a closed vocabulary."""
        name = self.text()
        try:
            return kind(name)
        except ValueError:
            if name:
                self.error(
                    f"{name!r} is not a {kind.__name__.lower()}",
                    nearest(name, [member.value for member in kind]),
                )
            return fallback


def parse_file(path: Path, report: Report) -> Node | None:
    """Parse one UTF-8 YAML file; what keeps it from being read is reported with its place and gives None."""
    try:
        content = path.read_bytes().decode("utf-8")
    except OSError as error:
        report.add(Place(str(path), 1, 1), f"cannot be read: {error.strerror}")
        return None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        report.add(Place(str(path), line, 1), "not UTF-8", "save the file as UTF-8")
        return None
    return _parse(content, str(path), report)


def _parse(content: str, file: str, report: Report) -> Node | None:
    report.sources[file] = content.splitlines()
    try:
        root = yaml.compose(content, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(file, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)
        report.add(
            place, f"not valid YAML: {error.problem or error}", "quote texts that contain : # { [ or a tab"
        )
        return None
    except yaml.YAMLError as error:
        report.add(Place(file, 1, 1), f"not valid YAML: {error}")
        return None
    if root is None:
        report.add(Place(file, 1, 1), "the file is empty")
        return None
    return Node(root, file, report)
