"""Clause 7.4.6.1 as data: items a–p and their subtypes (loaded from lexicons/clauses.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.vocabulary import Action, Severity, Verdict


@dataclass(frozen=True, slots=True)
class Subtype:
    """One subtype. `verdict_ceiling` is the highest verdict a machine may give. `requires` names the context
    fields of handbook §1.8 without which a `violation` is lowered to `suspected`."""

    slug: str
    item: str
    title_zh: str
    severity: Severity
    decidable: str
    verdict_ceiling: Verdict
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One of the sixteen items: key a–p, its law and default action."""

    key: str
    slug: str
    title_zh: str
    title_en: str
    severity: Severity
    default_action: Action
    legal_basis: tuple[str, ...]
    subtypes: tuple[Subtype, ...]


@dataclass(frozen=True, slots=True)
class ClauseTable:
    """All items and subtypes, with the exemption verdicts of item c and the counting numbers."""

    schema_version: str
    handbook_version: str
    items: Mapping[str, Item]
    subtypes: Mapping[str, Subtype]
    exemption_verdicts: Mapping[str, Verdict]
    exemption_verdicts_with_facts: Mapping[str, Verdict]
    severity_actions: Mapping[Severity, tuple[Action, ...]]
    counting: Mapping[str, object]
    event_merge: Mapping[str, object]
    sha256: str
