"""Labelled utterances and contrast pairs: validated, with the frozen split.

`training/data/split.tsv` says which side every line is on. Rules, thresholds and training read `train` and
`dev`; `test` is opened by `eval` alone, which has to say so (`for_evaluation=True`, held by a test).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import yaml

from service.domain.vocabulary import Channel, Verdict
from training.marks import CORRECTED, Kind, Labels, Mark, parse

DATA = Path(__file__).parent / "data"
SPLIT_FILE = DATA / "split.tsv"
CLAUSES = Path(__file__).parents[1] / "lexicons" / "clauses.yaml"
ORDINARY = "utterances/own-ordinary"
"""Files of ordinary talk: dialogues, opinions, small talk, all clean."""

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = ("train", "dev", "test")


class DataError(ValueError):
    """Broken data; the message lists every fault as `file:line: what is wrong`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line. `path` is relative to `training/data`; `pair` joins the two lines of a contrast
    pair; `cluster` joins near-duplicates; `split` is empty while a line is not yet assigned."""

    path: str
    number: int
    channel: Channel
    kind: Kind
    text: str
    marks: tuple[Mark, ...]
    pair: str | None
    cluster: str = ""
    split: str = ""

    @property
    def key(self) -> str:
        """`path:line`, the name of the line in the split file."""
        return f"{self.path}:{self.number}"

    @property
    def prefix(self) -> str:
        """Folder and writer: `utterances/abd-01.txt` → `utterances/abd`."""
        return self.path.rsplit("-", 1)[0]

    @property
    def ordinary(self) -> bool:
        """True for talk that has nothing to do with selling: what most words in the world are like."""
        return self.path.startswith(ORDINARY)

    @property
    def lawful(self) -> bool:
        """True where nothing in the line may be accused."""
        return self.kind.lawful

    @property
    def corrected(self) -> bool:
        """True where the speaker takes the words back: recorded, but downgraded (handbook §1.6)."""
        return any(mark.code == CORRECTED for mark in self.marks)


def load(split: Split, *, for_evaluation: bool = False) -> list[Line]:
    """Lines of one side in file order. Raises DataError on any broken or unassigned line, and PermissionError
    when `test` is asked for by anything but the evaluation."""
    if split not in SPLITS:
        raise ValueError(f"unknown split {split!r}: one of {', '.join(SPLITS)}")
    if split == "test" and not for_evaluation:
        raise PermissionError("the test split is read by `python -m eval` alone; use train or dev")
    return [line for line in _assigned() if line.split == split]


def data_hash() -> str:
    """SHA-256 over the lines and the split file, recorded with everything that was made from them."""
    digest = sha256()
    for path in [*data_files(), SPLIT_FILE]:
        digest.update(f"{path.relative_to(DATA).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def data_files(root: Path = DATA) -> list[Path]:
    """The utterance and pair files, sorted."""
    return [*sorted(root.glob("utterances/*.txt")), *sorted(root.glob("pairs/*.txt"))]


def read_lines(root: Path = DATA) -> list[Line]:
    """Every line, not yet assigned. Raises DataError with all faults at once."""
    lines: list[Line] = []
    faults: list[str] = []
    for path in data_files(root):
        for item in _read_file(path, root, load_labels()):
            if isinstance(item, Line):
                lines.append(item)
            else:
                faults.append(item)
    if faults:
        raise DataError("\n".join(faults))
    return lines


def read_split(path: Path = SPLIT_FILE) -> dict[str, tuple[str, str]]:
    """Key → (cluster, split)."""
    rows: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
        fields = row.split("\t")
        if len(fields) != 3 or fields[2] not in SPLITS or fields[0] in rows:
            raise DataError(f"{path.name}:{number}: expected a new path:line, a cluster and one of {SPLITS}")
        rows[fields[0]] = (fields[1], fields[2])
    return rows


@lru_cache(maxsize=1)
def load_labels(clauses: Path = CLAUSES) -> Labels:
    """Subtypes and codes of `clauses.yaml`. Speech acts leave `exempt`, but for a self-correction."""
    table = yaml.safe_load(clauses.read_text("utf-8"))
    verdicts = dict.fromkeys(table["speech_act_filters"], Verdict.EXEMPT)
    verdicts[CORRECTED] = Verdict.SUSPECTED
    verdicts |= {row["code"]: Verdict(row["verdict"]) for row in table["absolute_claim_exemptions"]}
    slugs = frozenset(sub["slug"] for item in table["items"] for sub in item["subtypes"])
    return Labels(slugs, verdicts)


def _assigned() -> list[Line]:
    rows = read_split()
    lines = read_lines()
    missing = [line.key for line in lines if line.key not in rows]
    gone = rows.keys() - {line.key for line in lines}
    if missing or gone:
        raise DataError(
            f"split.tsv misfits ({len(missing)} unassigned, first {missing[:3]}; {len(gone)} gone, "
            f"first {sorted(gone)[:3]}). Lines are only ever appended; then run python -m training.split"
        )
    return [_with_split(line, *rows[line.key]) for line in lines]


def _with_split(line: Line, cluster: str, split: str) -> Line:
    return Line(
        line.path, line.number, line.channel, line.kind, line.text, line.marks, line.pair, cluster, split
    )


def _read_file(path: Path, root: Path, labels: Labels) -> Iterator[Line | str]:
    name = path.relative_to(root).as_posix()
    paired = path.parent.name == "pairs"
    block, in_block = 0, 0
    for number, row in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not row.strip():
            if paired and in_block not in (0, 2):
                yield f"{name}:{number}: a pair has two lines, this block has {in_block}"
            block, in_block = block + 1, 0
            continue
        in_block += 1
        try:
            parsed = parse(row, labels)
        except ValueError as error:
            yield f"{name}:{number}: {error}"
            continue
        pair = f"{name}#{block}" if paired else None
        yield Line(name, number, parsed.channel, parsed.kind, parsed.text, parsed.marks, pair)
