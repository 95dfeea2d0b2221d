"""The verdict that a ruling leaves: table of exemptions, ceiling, missing context, uncertain hearing."""

from service.domain.clauses import ClauseTable, Subtype
from service.domain.context import AnalysisContext
from service.domain.finding import Candidate
from service.domain.vocabulary import ReasonSource, Verdict
from service.judge.ruling import Ruling

_OWN_EVIDENCE = (ReasonSource.MODEL, ReasonSource.COMBO, ReasonSource.ENTITY)


def verdict_of(
    candidate: Candidate, ruling: Ruling | None, context: AnalysisContext, clauses: ClauseTable
) -> Verdict:
    """What a machine may say. An asserted claim gets its subtype's ceiling, lowered from `violation` to
    `suspected` where a field of handbook §1.8 is missing or where only the sound was heard (§1.9)."""
    subtype = clauses.subtypes[candidate.subtype]
    asserted = _asserted(candidate, subtype, context)
    if ruling is None or (ruling.code is None and ruling.verdict is None):
        return asserted
    verdict = ruling.verdict or _of_code(ruling, clauses)
    return min(verdict, asserted, key=lambda v: v.rank)


def _of_code(ruling: Ruling, clauses: ClauseTable) -> Verdict:
    code = ruling.code or ""
    if ruling.facts_agree and code in clauses.exemption_verdicts_with_facts:
        return clauses.exemption_verdicts_with_facts[code]
    return clauses.exemption_verdicts.get(code, Verdict.EXEMPT)


def _asserted(candidate: Candidate, subtype: Subtype, context: AnalysisContext) -> Verdict:
    verdict = subtype.verdict_ceiling
    if verdict is not Verdict.VIOLATION:
        return verdict
    if not set(subtype.requires) <= context.present:
        return Verdict.SUSPECTED
    return Verdict.SUSPECTED if heard_only(candidate) or guessed_only(candidate) else verdict


def guessed_only(candidate: Candidate) -> bool:
    """True for what the model alone suspects: `violation` asks for words that say so themselves (§1.2)."""
    return all(reason.source is ReasonSource.MODEL for reason in candidate.reasons)


def heard_only(candidate: Candidate) -> bool:
    """True for a phonetic hit without second evidence: no model, no combination, no entity found it too."""
    return candidate.asr_suspect and not any(r.source in _OWN_EVIDENCE for r in candidate.reasons)
