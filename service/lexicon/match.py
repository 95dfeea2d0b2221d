"""`Lexicon.match`: a folded text and its context in, candidates with raw spans out.

The text is read as written, by sound, and with its disguises undone; what the later readings find beyond the
first carries how it was disguised. Every span leads back to raw characters.
"""

import hashlib
from collections.abc import Iterator
from datetime import date

from service.domain.context import AnalysisContext
from service.domain.finding import Candidate, Reason
from service.domain.text import NormalizedText
from service.domain.vocabulary import Channel, Evasion, ReasonSource
from service.lexicon.compiled import compile_entries
from service.lexicon.conditions import in_scope, stands, tier_of
from service.lexicon.hearing import Hearer
from service.lexicon.hits import Found, Hit, find
from service.lexicon.merge import merge
from service.lexicon.phonetic import SoundIndex, in_context
from service.lexicon.reading import Reading, Unveiled
from service.lexicon.schema import Entry, LexiconSource, Tier
from service.lexicon.spelling import Speller
from service.lexicon.unveil import evasion_of, is_disguised, unveil
from service.text.edit import apply
from service.text.segment import Segmenter

_BY_SOUND = {Tier.STRONG: Tier.MEDIUM, Tier.MEDIUM: Tier.WEAK, Tier.WEAK: Tier.WEAK}
"""Tier of a hit by sound alone: one step down, as it needs a second cue (handbook §1.9)."""


class Lexicon:
    """A compiled lexicon. Immutable; `match` may be called from any thread."""

    def __init__(self, source: LexiconSource, today: date | None) -> None:
        active = [entry for entry in source.entries if today is None or entry.active_on(today)]
        left_out = [entry.id for entry in source.entries if today is not None and not entry.active_on(today)]
        self.entries = tuple(active)
        self.version = hashlib.sha256("\0".join([source.digest, *left_out]).encode()).hexdigest()
        self._priors = source.priors
        self._compiled = compile_entries(active, source.allowances)
        self._sounds = SoundIndex(active)
        words = {*source.words, *(term for entry in active for term in entry.terms)}
        self._speller = Speller(words.union(self._compiled.literals.words))
        self._hearer = Hearer(words)
        self._segmenter = Segmenter(sorted(words))

    def match(self, text: NormalizedText, context: AnalysisContext) -> list[Candidate]:
        """Candidates in order of their raw spans; scores are the priors of the entries' tiers.

        Hits by sound are marked `homophone` and, in speech, `asr_suspect`.
        """
        reading = Reading(text, self._segmenter)
        found = find(self._compiled, reading.folded)
        candidates = [
            self._candidate(hit, reading, Evasion.NONE) for hit in self._standing(found, reading, context)
        ]
        candidates += self._by_sound(reading, found, context)
        candidates += self._heard(reading, context)
        candidates += self._disguised(reading, context)
        return merge(candidates)

    def _standing(self, found: Found, reading: Reading, context: AnalysisContext) -> Iterator[Hit]:
        for hit in found.hits:
            entry = self._compiled.entries[hit.entry]
            if in_scope(entry, context) and stands(hit, self._compiled, found, reading):
                yield hit

    def _by_sound(self, reading: Reading, found: Found, context: AnalysisContext) -> Iterator[Candidate]:
        hits = [Hit(each.entry, each.span, each.span) for each in self._sounds.find(reading)]
        for hit in self._standing(Found(hits, found.covers), reading, context):
            yield self._candidate(hit, reading, Evasion.HOMOPHONE, context.channel is Channel.SPEECH)

    def _heard(self, reading: Reading, context: AnalysisContext) -> Iterator[Candidate]:
        edits = self._hearer.edits(reading)
        if not edits:
            return
        heard = Unveiled(reading, *apply(reading.folded, edits))
        found = find(self._compiled, heard.folded)
        found.hits = [hit for hit in found.hits if self._is_heard(hit, heard)]
        for hit in self._standing(found, heard, context):
            yield self._candidate(hit, heard, Evasion.HOMOPHONE, context.channel is Channel.SPEECH)

    def _is_heard(self, hit: Hit, heard: Unveiled) -> bool:
        entry = self._compiled.entries[hit.entry]
        return is_disguised(hit.match, heard) and in_context(entry, heard.folded, hit.span)

    def _disguised(self, reading: Reading, context: AnalysisContext) -> Iterator[Candidate]:
        unveiled = unveil(reading, self._speller)
        if unveiled is None:
            return
        found = find(self._compiled, unveiled.folded)
        found.hits = [hit for hit in found.hits if is_disguised(hit.match, unveiled)]
        for hit in self._standing(found, unveiled, context):
            yield self._candidate(hit, unveiled, evasion_of(hit.span, unveiled))

    def _candidate(
        self, hit: Hit, reading: Reading, evasion: Evasion, asr_suspect: bool = False
    ) -> Candidate:
        entry = self._compiled.entries[hit.entry]
        offsets = reading.text.offsets
        tier = tier_of(hit, entry, reading)
        score = self._priors[_BY_SOUND[tier] if evasion is Evasion.HOMOPHONE else tier]
        return Candidate(
            subtype=entry.subtype,
            span=offsets.to_raw(*hit.span),
            score=score,
            reasons=(self._reason(entry, reading.folded[hit.span[0] : hit.span[1]], score),),
            parts=tuple(offsets.to_raw(*part) for part in hit.parts),
            evasion=entry.evasion if evasion is Evasion.NONE else evasion,
            asr_suspect=asr_suspect,
            family=entry.family,
        )

    def _reason(self, entry: Entry, detail: str, score: float) -> Reason:
        source = ReasonSource.COMBO if entry.is_combo else ReasonSource.LEXICON
        return Reason(source, entry.id, self.version, detail, score)
