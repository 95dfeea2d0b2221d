"""From a lexicon folder to a `Lexicon`: reads every file, collects every mistake, compiles once."""

import hashlib
from datetime import date
from pathlib import Path

from service.lexicon.allow import read_allowances
from service.lexicon.classes import WordClasses, read_classes
from service.lexicon.entries import DEFAULT_KEYS, read_entry
from service.lexicon.match import Lexicon
from service.lexicon.problems import LexiconError
from service.lexicon.schema import Entry, LexiconSource, Place, Tier
from service.lexicon.yaml_source import Node, Report, parse_file

ITEMS = "abcdefghijklmnop"
_CLASSES, _ALLOW = "classes.yaml", "allow.yaml"
DEFAULT_PRIORS = {Tier.STRONG: 0.9, Tier.MEDIUM: 0.75, Tier.WEAK: 0.5}
"""Prior of a hit where `classes.yaml` gives no `tiers`: at or a little above the precision that is asked of
the tier on the train split (0.9, 0.7, 0.4; `python -m eval.lexicon_report`)."""


def load_lexicon(folder: Path, *, today: date | None = None) -> Lexicon:
    """Load and compile the lexicon of `folder` as in force on `today` (None: all).

    Raises LexiconError (`lexicon.invalid`) that lists every mistake of every file as file:line:column.
    """
    source = read_source(folder)
    return Lexicon(source, today)


def read_source(folder: Path) -> LexiconSource:
    """Read all files of `folder` without compiling. Raises LexiconError."""
    report = Report()
    files = [
        name for name in (_CLASSES, _ALLOW, *(f"{item}.yaml" for item in ITEMS)) if (folder / name).is_file()
    ]
    digest = hashlib.sha256()
    roots: dict[str, Node | None] = {}
    for name in files:
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
        roots[name] = parse_file(folder / name, report)
    if not files:
        report.add(
            Place(str(folder), 1, 1), "no lexicon files here", "point lexicons_dir at the lexicons folder"
        )
    classes, priors = _classes(roots.get(_CLASSES))
    entries = [entry for item in ITEMS for entry in _entries(roots.get(f"{item}.yaml"), item, classes)]
    _check_unique(entries, report)
    allowances = read_allowances(roots.get(_ALLOW), classes)
    if report.problems:
        raise LexiconError(report.problems, report.sources)
    return LexiconSource(tuple(entries), tuple(allowances), classes.all_words, priors, digest.hexdigest())


def _classes(root: Node | None) -> tuple[WordClasses, dict[Tier, float]]:
    priors = dict(DEFAULT_PRIORS)
    if root is None:
        return WordClasses({}, {}), priors
    fields = root.fields(("version", "tiers", "classes", "fragments"))
    if "tiers" in fields:
        for name, node in fields["tiers"].fields([tier.value for tier in Tier]).items():
            priors[Tier(name)] = node.number(0.0, 1.0)
    return read_classes(fields.get("classes"), fields.get("fragments")), priors


def _entries(root: Node | None, item: str, classes: WordClasses) -> list[Entry]:
    if root is None:
        return []
    fields = root.fields(("item", "version", "defaults", "entries"))
    if "item" not in fields or fields["item"].text() != item:
        fields.get("item", root).error(f"item must be {item!r}, like the file's name")
    if "entries" not in fields:
        root.error("the file lacks entries")
        return []
    defaults = fields["defaults"].fields(DEFAULT_KEYS) if "defaults" in fields else {}
    read = [read_entry(node, item, classes, defaults) for node in fields["entries"].items()]
    return [entry for entry in read if entry is not None]


def _check_unique(entries: list[Entry], report: Report) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.id, entry)
        if first is not entry:
            where = f"{Path(first.place.file).name}:{first.place.line}"
            report.add(entry.place, f"id {entry.id!r} is already used at {where}")
