"""Reading of entries: keys, vocabularies and the rules between fields."""

import re
from itertools import permutations

from service.domain.vocabulary import Channel, Evasion
from service.lexicon.classes import WordClasses
from service.lexicon.pattern import BoundedPattern, PatternError, bound, check_condition, compile_conditions
from service.lexicon.schema import Boundary, Entry, Phonetic, Tier
from service.lexicon.yaml_source import Chosen, Node

MAX_WITHIN = 40
"""Widest gap of a combo in characters."""
MAX_UNORDERED = 3
"""Slots of a combo without order: each order is one more branch."""
MIN_PHONETIC = 3
"""Terms below three syllables, matched by sound alone, fire every 9–26 characters of ordinary talk (measured:
100 false candidates per 10,000 characters for 1,000 terms, 741 for 20,000; three syllables: 0 and 15)."""

DEFAULT_KEYS = (
    "family",
    "boundary",
    "categories",
    "channels",
    "evasion",
    "tier",
    "source",
    "effective",
    "expires",
)
"""Keys that the `defaults:` of a file may give to all of its entries."""
_ENTRY_KEYS = (
    "id", "subtype", "terms", "pattern", "near", "phonetic", "phonetic_context", "not_in", "require",
    "prefer", "forbid", "ignore_allow", "hit", "miss", *DEFAULT_KEYS,
)  # fmt: skip
_MATCHERS = ("terms", "pattern", "near")
_PHONETIC = {"false": Phonetic.OFF, "true": Phonetic.TONELESS} | {kind.value: kind for kind in Phonetic}


def read_entry(node: Node, item: str, classes: WordClasses, defaults: dict[str, Node]) -> Entry | None:
    """One entry of item `item`; None when something essential is missing. Mistakes are reported."""
    fields = defaults | node.fields(_ENTRY_KEYS)
    missing = [name for name in ("id", "subtype") if name not in fields]
    if missing:
        node.error(f"the entry lacks {' and '.join(missing)}")
        return None
    matchers = [name for name in _MATCHERS if name in fields]
    if len(matchers) != 1:
        has = " and ".join(matchers) or "none of them"
        node.error("an entry has exactly one of terms, pattern, near", f"this one has {has}")
        return None
    subtype, name = fields["subtype"].text(), fields["id"].text()
    if not subtype.startswith(f"{item}."):
        fields["subtype"].error(f"subtype {subtype!r} does not belong to item {item!r}")
    if not name.startswith(f"{subtype}."):
        fields["id"].error(f"id {name!r} does not start with its subtype", f"write {subtype}.<name>")
    entry = EntryReader(node, fields, classes).read(name, subtype)
    _check_phonetic(entry, fields)
    return entry


class EntryReader:
    """Turns the fields of one entry into an `Entry`."""

    def __init__(self, node: Node, fields: dict[str, Node], classes: WordClasses) -> None:
        self._node = node
        self._fields = fields
        self._classes = classes

    def read(self, name: str, subtype: str) -> Entry:
        """The entry, with empty values where a field was wrong."""
        fields = self._fields
        near = fields.get("near")
        slots = near.fields(("all", "within", "ordered", "none")) if near else {}
        return Entry(
            id=name,
            subtype=subtype,
            family=fields["family"].text() if "family" in fields else name.removeprefix(f"{subtype}."),
            place=self._node.place,
            terms=self._classes.words(fields["terms"].texts()) if "terms" in fields else (),
            pattern=self._combo(near, slots) if near else self._pattern(),
            is_combo=near is not None,
            none=self._condition(slots.get("none")),
            phonetic=self._phonetic(),
            phonetic_context=self._condition(fields.get("phonetic_context")),
            boundary=self._choice("boundary", Boundary.AUTO),
            not_in=self._condition(fields.get("not_in")),
            require=self._condition(fields.get("require")),
            prefer=self._condition(fields.get("prefer")),
            forbid=self._condition(fields.get("forbid")),
            ignore_allow="ignore_allow" in fields and fields["ignore_allow"].flag(),
            categories=self._plain("categories"),
            channels=self._channels(),
            evasion=self._choice("evasion", Evasion.NONE),
            tier=self._choice("tier", Tier.MEDIUM),
            source=fields["source"].text() if "source" in fields else "",
            effective=fields["effective"].day() if "effective" in fields else None,
            expires=fields["expires"].day() if "expires" in fields else None,
            hit=self._plain("hit"),
            miss=self._plain("miss"),
        )

    def _choice(self, key: str, fallback: Chosen) -> Chosen:
        return self._fields[key].choice(type(fallback), fallback) if key in self._fields else fallback

    def _plain(self, key: str) -> tuple[str, ...]:
        return tuple(text for text, _ in self._fields[key].texts()) if key in self._fields else ()

    def _channels(self) -> tuple[Channel, ...]:
        nodes = self._fields["channels"].items() if "channels" in self._fields else []
        return tuple(node.choice(Channel, Channel.SPEECH) for node in nodes)

    def _phonetic(self) -> Phonetic:
        if "phonetic" not in self._fields:
            return Phonetic.OFF
        value = self._fields["phonetic"].text()
        if value not in _PHONETIC:
            message = "phonetic is false, true (same toneless syllables) or fuzzy (zh=z, n=l, in=ing …)"
            self._fields["phonetic"].error(message)
        return _PHONETIC.get(value, Phonetic.OFF)

    def _pattern(self) -> BoundedPattern | None:
        node = self._fields.get("pattern")
        return read_pattern(self._classes.pattern(node.text(), node), node) if node else None

    def _condition(self, node: Node | None) -> re.Pattern[str] | None:
        parts = []
        for text, each in node.texts() if node else ():
            try:
                pattern = self._classes.pattern(text, each)
                check_condition(pattern)
                parts.append(pattern)
            except PatternError as error:
                each.error(str(error), f"{error.advice}; write \\+ for a plus sign".removeprefix("; "))
        return compile_conditions(tuple(parts)) if parts else None

    def _combo(self, node: Node, fields: dict[str, Node]) -> BoundedPattern | None:
        """`near` as one pattern: the slots with short lazy gaps, one branch for each allowed order."""
        if "all" not in fields:
            node.error("near lacks all", 'write all: ["{one}", "{two}"]')
            return None
        slots = [self._classes.pattern(text, element) for text, element in fields["all"].texts()]
        ordered = fields["ordered"].flag() if "ordered" in fields else True
        if len(slots) < 2 or (not ordered and len(slots) > MAX_UNORDERED):
            limit = (
                "at least two slots" if len(slots) < 2 else f"an order for more than {MAX_UNORDERED} slots"
            )
            fields["all"].error(f"near needs {limit}")
            return None
        within = int(fields["within"].number(0, MAX_WITHIN)) if "within" in fields else 8
        gap = f"[^。!?\\n]{{0,{within}}}?"
        orders = [slots] if ordered else permutations(slots)
        branches = [
            gap.join(f"(?P<part{number}_{place}>{slot})" for place, slot in enumerate(order))
            for number, order in enumerate(orders)
        ]
        return read_pattern("|".join(branches), node)


def read_pattern(text: str, node: Node) -> BoundedPattern | None:
    """Bound an expanded pattern; what is wrong with it is reported at `node`."""
    if not text:
        return None
    try:
        return bound(text)
    except PatternError as error:
        node.error(str(error), error.advice)
        return None


def _check_phonetic(entry: Entry, fields: dict[str, Node]) -> None:
    if entry.phonetic is Phonetic.OFF:
        return
    if not entry.terms:
        fields["phonetic"].error("only terms can be matched by sound")
    elif entry.phonetic_context is None and max(map(len, entry.terms)) < MIN_PHONETIC:
        advice = "give phonetic_context, or longer terms"
        fields["phonetic"].error(
            f"no term has {MIN_PHONETIC} characters to be matched by sound alone", advice
        )
