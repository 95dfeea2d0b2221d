"""`Lexicon.match`: a folded text and its context in, candidates with raw spans out."""

import hashlib
from datetime import date

from service.domain.context import AnalysisContext
from service.domain.finding import Candidate, Reason
from service.domain.text import NormalizedText
from service.domain.vocabulary import ReasonSource
from service.lexicon.compiled import compile_entries
from service.lexicon.conditions import in_scope, stands, tier_of
from service.lexicon.hits import Hit, find
from service.lexicon.merge import merge
from service.lexicon.reading import Reading
from service.lexicon.schema import LexiconSource
from service.text.segment import Segmenter


class Lexicon:
    """A compiled lexicon. Immutable; `match` may be called from any thread."""

    def __init__(self, source: LexiconSource, today: date | None) -> None:
        active = [entry for entry in source.entries if today is None or entry.active_on(today)]
        left_out = [entry.id for entry in source.entries if today is not None and not entry.active_on(today)]
        self.entries = tuple(active)
        self.version = hashlib.sha256("\0".join([source.digest, *left_out]).encode()).hexdigest()
        self._priors = source.priors
        self._compiled = compile_entries(active, source.allowances)
        self._segmenter = Segmenter(self._own_words())

    def match(self, text: NormalizedText, context: AnalysisContext) -> list[Candidate]:
        """Candidates in order of their raw spans; scores are the priors of the entries' tiers."""
        reading = Reading(text, self._segmenter)
        found = find(self._compiled, reading.folded)
        candidates = []
        for hit in found.hits:
            entry = self._compiled.entries[hit.entry]
            if in_scope(entry, context) and stands(hit, self._compiled, found, reading):
                candidates.append(self._candidate(hit, reading))
        return merge(candidates)

    def _own_words(self) -> list[str]:
        return [term for entry in self.entries for term in entry.terms]

    def _candidate(self, hit: Hit, reading: Reading) -> Candidate:
        entry = self._compiled.entries[hit.entry]
        offsets = reading.text.offsets
        score = self._priors[tier_of(hit, entry, reading)]
        reason = Reason(
            source=ReasonSource.COMBO if entry.is_combo else ReasonSource.LEXICON,
            id=entry.id,
            version=self.version,
            detail=reading.folded[hit.span[0] : hit.span[1]],
            score=score,
        )
        return Candidate(
            subtype=entry.subtype,
            span=offsets.to_raw(*hit.span),
            score=score,
            reasons=(reason,),
            parts=tuple(offsets.to_raw(*part) for part in hit.parts),
            evasion=entry.evasion,
            family=entry.family,
        )
