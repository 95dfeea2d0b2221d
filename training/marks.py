"""The labelled line format: `channel|kind|text` with spans marked 〖LABEL:words〗.

LABEL is a subtype slug of `lexicons/clauses.yaml` and an optional mark: none = violation, `?` = suspected,
`~` = needs_evidence, `=CODE` = the exemption or speech-act code that makes the words lawful here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from service.domain.finding import Span
from service.domain.vocabulary import Channel, Verdict

CORRECTED = "SA_CORR"
"""A self-correction keeps its event and is downgraded (handbook §1.6), so its words are not lawful."""

_Word = TypeVar("_Word", bound=StrEnum)
_MARK = re.compile(r"〖([^:〖〗]*):([^〖〗]*)〗")
_LABEL = re.compile(r"([a-p]\.[a-z0-9_]+)(?:(\?)|(~)|=([A-Z0-9_]+))?")


class Kind(StrEnum):
    """What a line was written to show."""

    PLAIN = "plain"
    EVASION = "evasion"
    ASR_ERROR = "asr_error"
    PARAPHRASE = "paraphrase"
    EXEMPT = "exempt"
    CLEAN = "clean"

    @property
    def lawful(self) -> bool:
        """True for lines that must not be accused."""
        return self in (Kind.EXEMPT, Kind.CLEAN)


@dataclass(frozen=True, slots=True)
class Mark:
    """One labelled span of the raw text, half open in code points. `code` is the exemption or speech act."""

    subtype: str
    verdict: Verdict
    code: str | None
    span: Span

    @property
    def item(self) -> str:
        """Clause letter a–p."""
        return self.subtype[0]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line without its place: where it was said, why it was written, what it says and what is marked."""

    channel: Channel
    kind: Kind
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels that a line may carry: subtypes, and the verdict that each code leaves."""

    subtypes: frozenset[str]
    code_verdicts: Mapping[str, Verdict]


def parse(line: str, labels: Labels) -> Parsed:
    """Read one line; raises ValueError with what is wrong."""
    fields = line.split("|")
    if len(fields) != 3:
        raise ValueError(f"expected channel|kind|text, found {len(fields)} fields")
    channel, kind = _word(Channel, fields[0]), _word(Kind, fields[1])
    text, marks = strip_marks(fields[2], labels)
    if not text.strip():
        raise ValueError("the text is empty")
    _agree(kind, marks)
    return Parsed(channel, kind, text, marks)


def strip_marks(marked: str, labels: Labels) -> tuple[str, tuple[Mark, ...]]:
    """Raw text and its marks; raises ValueError on a broken bracket, label or empty span."""
    pieces: list[str] = []
    marks: list[Mark] = []
    length, at = 0, 0
    for match in _MARK.finditer(marked):
        before, words = marked[at : match.start()], match[2]
        if not words:
            raise ValueError(f"the span of {match[1]} is empty")
        pieces += [before, words]
        start = length + len(before)
        length = start + len(words)
        subtype, verdict, code = _label(match[1], labels)
        marks.append(Mark(subtype, verdict, code, (start, length)))
        at = match.end()
    pieces.append(marked[at:])
    text = "".join(pieces)
    if "〖" in text or "〗" in text:
        raise ValueError("a bracket 〖 〗 is not closed, or the marks are nested")
    return text, tuple(marks)


def render(parsed: Parsed) -> str:
    """The line as it is written in a file; the inverse of `parse`."""
    pieces: list[str] = []
    at = 0
    for mark in sorted(parsed.marks, key=lambda m: m.span):
        start, end = mark.span
        pieces.append(f"{parsed.text[at:start]}〖{mark.subtype}{_suffix(mark)}:{parsed.text[start:end]}〗")
        at = end
    pieces.append(parsed.text[at:])
    return f"{parsed.channel}|{parsed.kind}|{''.join(pieces)}"


_SUFFIX = {Verdict.VIOLATION: "", Verdict.SUSPECTED: "?", Verdict.NEEDS_EVIDENCE: "~"}


def _suffix(mark: Mark) -> str:
    return f"={mark.code}" if mark.code else _SUFFIX[mark.verdict]


def _label(label: str, labels: Labels) -> tuple[str, Verdict, str | None]:
    match = _LABEL.fullmatch(label)
    if match is None:
        raise ValueError(f"cannot read the label {label!r}: expected slug, slug?, slug~ or slug=CODE")
    subtype, suspected, evidence, code = match.groups()
    if subtype not in labels.subtypes:
        raise ValueError(f"unknown subtype {subtype!r}")
    if code is not None:
        if code not in labels.code_verdicts:
            raise ValueError(f"unknown code {code!r}")
        return subtype, labels.code_verdicts[code], code
    if suspected:
        return subtype, Verdict.SUSPECTED, None
    return subtype, Verdict.NEEDS_EVIDENCE if evidence else Verdict.VIOLATION, None


def _agree(kind: Kind, marks: tuple[Mark, ...]) -> None:
    """Clean lines have no marks, violating ones a mark that accuses, exempt ones a lawful mark."""
    if kind is Kind.CLEAN and marks:
        raise ValueError("a clean line carries a mark")
    if not kind.lawful and all(mark.code for mark in marks):
        raise ValueError(f"a {kind} line carries no mark that accuses")
    if kind is Kind.EXEMPT and not any(m.code or m.verdict is Verdict.NEEDS_EVIDENCE for m in marks):
        raise ValueError("an exempt line carries no lawful mark")


def _word(words: type[_Word], value: str) -> _Word:
    try:
        return words(value)
    except ValueError:
        known = ", ".join(words)
        raise ValueError(f"unknown {words.__name__.lower()} {value!r}: one of {known}") from None
