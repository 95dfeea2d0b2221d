"""The records of the lexicon files, as read and checked. One file per clause item under `lexicons/`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.vocabulary import Channel, Evasion


class Boundary(StrEnum):
    """Whether both ends of a hit must fall between words. `auto` = yes for terms of up to two characters."""

    AUTO = "auto"
    YES = "yes"
    NO = "no"


class Phonetic(StrEnum):
    """Whether other characters of the same sound hit: not, by toneless syllable, or by fuzzy syllable."""

    OFF = "off"
    TONELESS = "toneless"
    FUZZY = "fuzzy"


class Tier(StrEnum):
    """How far an entry alone can be trusted; its prior score stands in `lexicons/classes.yaml`."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Near:
    """A combo: every slot occurs, at most `within` folded characters between neighbours, in one sentence.

    A slot is a set of words. `ordered` asks for the order of writing. `none` words in or between the slots,
    or anywhere in the same clause, forbid the hit.
    """

    slots: tuple[tuple[str, ...], ...]
    within: int
    ordered: bool
    none: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file, 1-based, for error messages."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One lexicon entry. Exactly one of `terms`, `pattern`, `near` is set; words are folded, classes expanded.

    `require`: one of these words in the same sentence (at most 40 characters away), else no hit.
    `forbid`: any of these words in the same clause kills the hit. `not_in`: phrases that cover it kill it.
    `categories`, `channels`: empty = everywhere. In force while `effective` ≤ day < `expires`.
    """

    id: str
    subtype: str
    family: str
    place: Place
    terms: tuple[str, ...] = ()
    pattern: str | None = None
    near: Near | None = None
    phonetic: Phonetic = Phonetic.OFF
    phonetic_context: tuple[str, ...] = ()
    boundary: Boundary = Boundary.AUTO
    not_in: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    evasion: Evasion = Evasion.NONE
    tier: Tier = Tier.MEDIUM
    source: str = ""
    effective: date | None = None
    expires: date | None = None
    hit: tuple[str, ...] = ()
    miss: tuple[str, ...] = ()

    def active_on(self, day: date) -> bool:
        """True when the entry is in force on `day`."""
        begun = self.effective is None or self.effective <= day
        return begun and (self.expires is None or day < self.expires)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Phrases that are lawful wherever they stand: a hit inside one of them is dropped.

    `scope` limits it to items (`c`), subtypes (`c.rank_first`) or families; empty = all.
    """

    phrases: tuple[str, ...]
    scope: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class LexiconSource:
    """Everything read from a lexicon folder, before compilation."""

    entries: tuple[Entry, ...]
    allowances: tuple[Allowance, ...]
    priors: dict[Tier, float]
    digest: str
