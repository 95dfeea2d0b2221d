"""Reading of entries and allow phrases: keys, vocabularies and the rules between fields."""

from service.domain.vocabulary import Channel, Evasion
from service.lexicon.classes import WordClasses
from service.lexicon.pattern import PatternError, bound, expand_pattern
from service.lexicon.schema import Allowance, Boundary, Entry, Near, Phonetic, Tier
from service.lexicon.yaml_source import Node

MAX_WITHIN = 40
"""Widest gap of a combo in characters: the longest sentence that a combo may span."""
MIN_PHONETIC = 3
"""Terms below three syllables, matched by sound alone, fire every 9–26 characters of ordinary talk (measured:
100 false candidates per 10,000 characters for 1,000 terms, 741 for 20,000; three syllables: 0 and 15)."""

_ENTRY_KEYS = (
    "id", "subtype", "family", "terms", "pattern", "near", "phonetic", "phonetic_context", "boundary",
    "not_in", "require", "forbid", "categories", "channels", "evasion", "tier", "source", "effective",
    "expires", "hit", "miss",
)  # fmt: skip
_NEAR_KEYS = ("all", "within", "ordered", "none")
_MATCHERS = ("terms", "pattern", "near")
_PHONETIC = {
    "false": Phonetic.OFF,
    "true": Phonetic.TONELESS,
    "toneless": Phonetic.TONELESS,
    "fuzzy": Phonetic.FUZZY,
}


def read_entry(node: Node, item: str, classes: WordClasses) -> Entry | None:
    """One entry of item `item`; None when something essential is missing. Mistakes are reported."""
    fields = node.fields(_ENTRY_KEYS)
    missing = [name for name in ("id", "subtype") if name not in fields]
    if missing:
        node.error(f"the entry lacks {' and '.join(missing)}")
        return None
    matchers = [name for name in _MATCHERS if name in fields]
    if len(matchers) != 1:
        node.error(
            "an entry has exactly one of terms, pattern, near", f"it has {', '.join(matchers) or 'none'}"
        )
        return None
    subtype, name = fields["subtype"].text(), fields["id"].text()
    if not subtype.startswith(f"{item}."):
        fields["subtype"].error(f"subtype {subtype!r} does not belong to item {item!r}")
    if not name.startswith(subtype):
        fields["id"].error(f"id {name!r} does not start with its subtype", f"write {subtype}.<name>")
    entry = _build(node, fields, classes, name, subtype)
    _check_phonetic(entry, fields)
    return entry


def _build(node: Node, fields: dict[str, Node], classes: WordClasses, name: str, subtype: str) -> Entry:
    def words(key: str) -> tuple[str, ...]:
        return classes.expand(fields[key].texts()) if key in fields else ()

    def plain(key: str) -> tuple[str, ...]:
        return tuple(text for text, _ in fields[key].texts()) if key in fields else ()

    return Entry(
        id=name,
        subtype=subtype,
        family=fields["family"].text() if "family" in fields else name.removeprefix(f"{subtype}."),
        place=node.place,
        terms=words("terms"),
        pattern=_pattern(fields["pattern"], classes) if "pattern" in fields else None,
        near=_near(fields["near"], classes) if "near" in fields else None,
        phonetic=_phonetic(fields["phonetic"]) if "phonetic" in fields else Phonetic.OFF,
        phonetic_context=words("phonetic_context"),
        boundary=fields["boundary"].choice(Boundary, Boundary.AUTO)
        if "boundary" in fields
        else Boundary.AUTO,
        not_in=words("not_in"),
        require=words("require"),
        forbid=words("forbid"),
        categories=plain("categories"),
        channels=tuple(each.choice(Channel, Channel.SPEECH) for each in fields["channels"].items())
        if "channels" in fields
        else (),
        evasion=fields["evasion"].choice(Evasion, Evasion.NONE) if "evasion" in fields else Evasion.NONE,
        tier=fields["tier"].choice(Tier, Tier.MEDIUM) if "tier" in fields else Tier.MEDIUM,
        source=fields["source"].text() if "source" in fields else "",
        effective=fields["effective"].day() if "effective" in fields else None,
        expires=fields["expires"].day() if "expires" in fields else None,
        hit=plain("hit"),
        miss=plain("miss"),
    )


def _phonetic(node: Node) -> Phonetic:
    value = node.text()
    if value not in _PHONETIC:
        node.error("phonetic is false, true (same toneless syllables) or fuzzy (zh=z, n=l, in=ing …)")
    return _PHONETIC.get(value, Phonetic.OFF)


def _pattern(node: Node, classes: WordClasses) -> str | None:
    text = node.text()
    if not text:
        return None
    expanded = expand_pattern(text, node, classes)
    try:
        bound(expanded)
    except PatternError as error:
        node.error(str(error), error.advice)
        return None
    return expanded


def _near(node: Node, classes: WordClasses) -> Near | None:
    fields = node.fields(_NEAR_KEYS)
    if "all" not in fields:
        node.error("near lacks all", 'write all: ["{one}", "{two}"]')
        return None
    slots = []
    for element in fields["all"].items():
        texts = [(element.text(), element)] if element.is_scalar else element.texts()
        slots.append(classes.expand([pair for pair in texts if pair[0]]))
    if len(slots) < 2:
        fields["all"].error("near needs at least two slots", "use terms for a single word")
    return Near(
        slots=tuple(slots),
        within=int(fields["within"].number(0, MAX_WITHIN)) if "within" in fields else 8,
        ordered=fields["ordered"].flag() if "ordered" in fields else True,
        none=classes.expand(fields["none"].texts()) if "none" in fields else (),
    )


def _check_phonetic(entry: Entry, fields: dict[str, Node]) -> None:
    if entry.phonetic is Phonetic.OFF:
        return
    if not entry.terms:
        fields["phonetic"].error("only terms can be matched by sound")
    short = [term for term in entry.terms if len(term) < MIN_PHONETIC]
    if short and not entry.phonetic_context:
        fields["phonetic"].error(
            f"{short[0]!r} is too short to be matched by sound alone",
            "give phonetic_context, or move the short terms to an entry of their own",
        )


def read_allowance(node: Node, classes: WordClasses) -> Allowance | None:
    """One element of allow.yaml: `phrases` that cover a shorter hit, optional `scope`, `source`."""
    fields = node.fields(("phrases", "scope", "source"))
    if "phrases" not in fields:
        node.error("an allowance lacks phrases")
        return None
    scope = tuple(text for text, _ in fields["scope"].texts()) if "scope" in fields else ()
    return Allowance(classes.expand(fields["phrases"].texts()), scope, node.place)
