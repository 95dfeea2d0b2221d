"""Reads `lexicons/cues/*.yaml`. A mistake is refused with `file:line:column`, the line and a caret."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import yaml

from service.domain.vocabulary import Channel
from service.errors import BozhengError, ProblemType
from service.judge.alternation import any_of, is_literal
from service.judge.cue import Cue, CueBook
from service.judge.scene import At, Scope

CUES_INVALID = ProblemType(
    code="lexicon.cues_invalid",
    status=422,
    title_en="A cue file cannot be read",
    title_zh="语境线索文件有误",
    advice_en="Mend the place named in the detail and load again; what is in use stays unchanged.",
    advice_zh="请按提示的位置修改后重新加载；正在使用的内容不受影响。",
)

_KEYS = frozenset({"at", "reach", "scope", "any", "gap", "only", "never", "channels"})
_TOP = frozenset({"words", "mask", "groups"})
_MACRO = re.compile(r"\{([a-z][a-z_]*)\}")
Words = dict[str, list[str]]
"""Patterns by the name under which `{name}` stands for them."""
MAX_REACH = 120
"""Characters; the longest cue that is read (self-correction within 15 s of quick speech, handbook §1.6)."""


class _Reader:
    """Reads one file; keeps its lines to show where a mistake is."""

    def __init__(self, path: Path, shared: Words) -> None:
        self.path = path
        self.source = path.read_text("utf-8")
        self.words = dict(shared)

    def fail(self, node: yaml.Node | None, message: str) -> NoReturn:
        mark = node.start_mark if node is not None else None
        line, column = (mark.line, mark.column) if mark else (0, 0)
        text = self.source.splitlines()[line] if self.source else ""
        pad = "".join("　" if ord(c) > 0x2E7F else " " for c in text[:column])
        where = f"{self.path.name}:{line + 1}:{column + 1}"
        raise BozhengError(CUES_INVALID, f"{where}: {message}\n  {text}\n  {pad}^")

    def root(self) -> dict[str, yaml.Node]:
        try:
            node = yaml.compose(self.source)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            where = f"{self.path.name}:{mark.line + 1}:{mark.column + 1}" if mark else self.path.name
            raise BozhengError(CUES_INVALID, f"{where}: {error.problem}") from error
        if node is None:
            self.fail(None, "the file is empty")
        return self.mapping(node, _TOP)

    def mapping(self, node: yaml.Node, known: frozenset[str] | None = None) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, "expected a mapping (key: value)")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if known is not None and key.value not in known:
                self.fail(key, f"unknown key {key.value!r}; known: {', '.join(sorted(known))}")
            if key.value in found:
                self.fail(key, f"key {key.value!r} is given twice")
            found[str(key.value)] = value
        return found

    def items(self, node: yaml.Node | None) -> Iterator[yaml.Node]:
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, "expected a list")
        yield from node.value

    def text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not str(node.value):
            self.fail(node, "expected a text")
        return str(node.value)

    def texts(self, node: yaml.Node | None) -> list[str]:
        return [self.text(item) for item in self.items(node)]

    def patterns(self, node: yaml.Node | None) -> list[str]:
        """The patterns of a list with {words} filled in; all literals together are one of them."""
        literals: list[str] = []
        others: list[str] = []
        for item in self.items(node):
            text = self.text(item)
            whole = _MACRO.fullmatch(text)
            if whole is not None and whole[1] in self.words:
                others += self.words[whole[1]]
            elif is_literal(text):
                literals.append(text)
            else:
                others.append(self.filled(text, item))
        return ([any_of(literals)] if literals else []) + others

    def alternation(self, node: yaml.Node | None) -> str:
        """One group of all patterns of a list."""
        return "(?:" + "|".join(self.patterns(node)) + ")"

    def filled(self, pattern: str, node: yaml.Node) -> str:
        def word(match: re.Match[str]) -> str:
            if match[1] not in self.words:
                self.fail(node, f"unknown words {{{match[1]}}}; known: {', '.join(sorted(self.words))}")
            return f"(?:{'|'.join(self.words[match[1]])})"

        out = _MACRO.sub(word, pattern)
        try:
            re.compile(out)
        except re.error as error:
            self.fail(node, f"not a regular expression: {error}")
        return out

    def cue(self, node: yaml.Node) -> Cue:
        fields = self.mapping(node, _KEYS)
        if "any" not in fields:
            self.fail(node, "a cue needs `any`, a list of patterns")
        at = At(self.choice(fields, "at", [a.value for a in At], node))
        scope = Scope(self.choice(fields, "scope", [s.value for s in Scope], node))
        reach = self.number(fields["reach"]) if "reach" in fields else 0
        patterns = self.patterns(fields["any"])
        if "gap" in fields:
            gap = self.filled(self.text(fields["gap"]), fields["gap"])
            before = at is At.BEFORE
            patterns = [f"(?:{p})(?:{gap})$" if before else f"^(?:{gap})(?:{p})" for p in patterns]
        return Cue(
            at=at,
            reach=reach,
            scope=scope,
            patterns=tuple(re.compile(pattern) for pattern in patterns),
            only=tuple(self.texts(fields.get("only"))),
            never=tuple(self.texts(fields.get("never"))),
            channels=frozenset(Channel(c) for c in self.texts(fields.get("channels"))),
        )

    def choice(self, fields: dict[str, yaml.Node], key: str, known: list[str], node: yaml.Node) -> str:
        value = self.text(fields[key]) if key in fields else ""
        if value not in known:
            self.fail(fields.get(key, node), f"`{key}` must be one of {', '.join(known)}")
        return value

    def number(self, node: yaml.Node) -> int:
        value = self.text(node)
        if not value.isdigit() or int(value) > MAX_REACH:
            self.fail(node, f"expected a number of characters up to {MAX_REACH}")
        return int(value)


def read_words(path: Path) -> Words:
    """Named word lists shared by all cue files."""
    return _read_words(_Reader(path, {}))


def read_cues(path: Path, shared: Words) -> CueBook:
    """One cue file. Raises BozhengError `lexicon.cues_invalid` naming file, line and column."""
    reader = _Reader(path, shared)
    reader.words = _read_words(reader)
    fields = reader.root()
    groups = reader.mapping(fields["groups"]) if "groups" in fields else {}
    return CueBook(
        name=path.stem,
        version=sha256(reader.source.encode()).hexdigest()[:12],
        groups={name: tuple(reader.cue(n) for n in reader.items(node)) for name, node in groups.items()},
        mask=re.compile(reader.alternation(fields["mask"])) if "mask" in fields else None,
    )


def _read_words(reader: _Reader) -> Words:
    fields = reader.root()
    if "words" in fields:
        for name, node in reader.mapping(fields["words"]).items():
            reader.words[name] = reader.patterns(node)
    return reader.words
