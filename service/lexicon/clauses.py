"""`lexicons/clauses.yaml` → the clause table of 7.4.6.1, checked against the closed vocabularies."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from service.domain.clauses import ClauseTable, Item, Subtype
from service.domain.vocabulary import Action, Severity, Verdict
from service.lexicon.problems import LexiconError
from service.lexicon.yaml_source import Node, Report, parse_file

CONTEXT_FIELDS = (
    "home_platform", "product_category", "product_facts", "price_history", "stock_snapshot",
    "lottery_config", "brand_authorizations", "endorser_contracts", "contact_whitelist", "anchor_registry",
    "platform_rule_table",
)  # fmt: skip
"""What a subtype may `require` (handbook §1.8)."""

_ROOT = (
    "schema_version", "handbook_version", "source", "enums", "action_map_7_4_6", "action_policy",
    "severity_action", "speech_act_filters", "absolute_claim_exemptions", "event_merge", "counting_7_2_3",
    "retention", "items",
)  # fmt: skip
_ITEM = (
    "key", "slug", "title_zh", "title_en", "subtypes", "severity", "default_action", "decidable",
    "legal_basis", "legal_basis_to_verify",
)  # fmt: skip
_SUBTYPE = ("slug", "title_zh", "severity", "decidable", "verdict_ceiling", "requires")
_EXEMPTION = ("code", "article", "verdict", "verdict_if_facts_match")


def load_clauses(path: Path) -> ClauseTable:
    """Read the clause table. Raises LexiconError (`lexicon.invalid`): file:line:column of all."""
    report = Report()
    root = parse_file(path, report)
    table = _table(root, hashlib.sha256(path.read_bytes()).hexdigest()) if root else None
    if report.problems or table is None:
        raise LexiconError(report.problems, report.sources)
    return table


def _table(root: Node, sha256: str) -> ClauseTable | None:
    fields = root.fields(_ROOT)
    missing = [name for name in _ROOT if name not in fields]
    if missing:
        root.error(f"the clause table lacks {', '.join(missing)}")
        return None
    items = [item for node in fields["items"].items() if (item := _item(node)) is not None]
    exemptions = [node.fields(_EXEMPTION) for node in fields["absolute_claim_exemptions"].items()]
    actions = fields["severity_action"].fields([severity.value for severity in Severity])
    return ClauseTable(
        schema_version=fields["schema_version"].text(),
        handbook_version=fields["handbook_version"].text(),
        items={item.key: item for item in items},
        subtypes={subtype.slug: subtype for item in items for subtype in item.subtypes},
        exemption_verdicts=_verdicts(exemptions, "verdict"),
        exemption_verdicts_with_facts=_verdicts(exemptions, "verdict_if_facts_match"),
        severity_actions={
            Severity(name): tuple(each.choice(Action, Action.WARN) for each in node.items())
            for name, node in actions.items()
        },
        counting=_mapping(fields["counting_7_2_3"]),
        event_merge=_mapping(fields["event_merge"]),
        sha256=sha256,
    )


def _verdicts(exemptions: list[dict[str, Node]], key: str) -> dict[str, Verdict]:
    return {
        each["code"].text(): each[key].choice(Verdict, Verdict.SUSPECTED)
        for each in exemptions
        if "code" in each and key in each
    }


def _mapping(node: Node) -> Mapping[str, object]:
    return {name: value.plain() for name, value in node.pairs()}


def _item(node: Node) -> Item | None:
    fields = node.fields(_ITEM)
    missing = [name for name in _ITEM if name not in fields and name != "legal_basis_to_verify"]
    if missing:
        node.error(f"the item lacks {', '.join(missing)}")
        return None
    key = fields["key"].text()
    return Item(
        key=key,
        slug=fields["slug"].text(),
        title_zh=fields["title_zh"].text(),
        title_en=fields["title_en"].text(),
        severity=fields["severity"].choice(Severity, Severity.MEDIUM),
        default_action=fields["default_action"].choice(Action, Action.HUMAN_REVIEW),
        legal_basis=tuple(text for text, _ in fields["legal_basis"].texts()),
        subtypes=tuple(
            subtype for each in fields["subtypes"].items() if (subtype := _subtype(each, key)) is not None
        ),
    )


def _subtype(node: Node, item: str) -> Subtype | None:
    fields = node.fields(_SUBTYPE)
    missing = [name for name in _SUBTYPE if name not in fields and name != "requires"]
    if missing:
        node.error(f"the subtype lacks {', '.join(missing)}")
        return None
    slug = fields["slug"].text()
    if not slug.startswith(f"{item}."):
        fields["slug"].error(f"subtype {slug!r} does not belong to item {item!r}")
    requires = fields["requires"].texts() if "requires" in fields else []
    for name, each in requires:
        if name not in CONTEXT_FIELDS:
            each.error(f"unknown context field {name!r}", f"known: {', '.join(CONTEXT_FIELDS)}")
    return Subtype(
        slug=slug,
        item=item,
        title_zh=fields["title_zh"].text(),
        severity=fields["severity"].choice(Severity, Severity.MEDIUM),
        decidable=fields["decidable"].text(),
        verdict_ceiling=fields["verdict_ceiling"].choice(Verdict, Verdict.SUSPECTED),
        requires=tuple(name for name, _ in requires),
    )
