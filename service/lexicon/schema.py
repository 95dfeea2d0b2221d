"""The records of the lexicon files, as read and checked. One file per clause item under `lexicons/`."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.vocabulary import Channel, Evasion
from service.lexicon.pattern import BoundedPattern


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
class Place:
    """Where something stands in a file, 1-based, for error messages."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One lexicon entry: `terms` (folded) or `pattern`, which also carries the combos (`near`) of the file.

    `require`: must occur within 40 characters of the hit. `prefer`: where it does not, the tier falls to
    weak. `forbid`: must not occur in the hit's clause. `not_in`: must not cover the hit. `none`: must not
    occur inside a combo. `phonetic_context`: must occur within 12 characters of a hit by sound. `categories`,
    `channels`: empty = everywhere. In force while `effective` ≤ day < `expires`.
    """

    id: str
    subtype: str
    family: str
    place: Place
    terms: tuple[str, ...] = ()
    pattern: BoundedPattern | None = None
    is_combo: bool = False
    none: re.Pattern[str] | None = None
    phonetic: Phonetic = Phonetic.OFF
    phonetic_context: re.Pattern[str] | None = None
    boundary: Boundary = Boundary.AUTO
    not_in: re.Pattern[str] | None = None
    require: re.Pattern[str] | None = None
    prefer: re.Pattern[str] | None = None
    forbid: re.Pattern[str] | None = None
    ignore_allow: bool = False
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
    """Phrases that are lawful wherever they stand: a hit inside a match of `pattern` is dropped.

    `scope` limits it to items (`c`), subtypes (`c.rank_first`), families or entry ids; empty = all.
    """

    pattern: BoundedPattern
    scope: frozenset[str]
    id: str

    def applies_to(self, entry: Entry) -> bool:
        """True when the entry is in scope and does not ask to be left alone."""
        names = {entry.subtype, entry.subtype[0], entry.family, entry.id}
        return not entry.ignore_allow and (not self.scope or not self.scope.isdisjoint(names))


@dataclass(frozen=True, slots=True)
class LexiconSource:
    """Everything read from a lexicon folder, before compilation.

    `words`: all words of the classes. `digest`: SHA-256 of the files.
    """

    entries: tuple[Entry, ...]
    allowances: tuple[Allowance, ...]
    words: tuple[str, ...]
    priors: dict[Tier, float]
    digest: str
