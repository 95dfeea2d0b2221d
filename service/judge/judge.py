"""The judge: every candidate, whatever found it, gets a verdict and the reasons for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from service.classify.protocol import TextScores
from service.domain.clauses import ClauseTable
from service.domain.context import AnalysisContext
from service.domain.finding import Candidate, Judged, Reason
from service.domain.text import NormalizedText
from service.domain.vocabulary import ReasonSource, SpeechAct, Verdict
from service.entities.entity import Entity
from service.judge.confidence import Fusion, found_by_words, joined
from service.judge.library import CueLibrary
from service.judge.order import Rules
from service.judge.owner import ContactOwner
from service.judge.ruling import Rule, Ruling
from service.judge.scene import Scene, TextScene
from service.judge.severity import severity_of
from service.judge.sharing import shared
from service.judge.target import target_of
from service.judge.thresholds import Thresholds
from service.judge.verdict import verdict_of


@dataclass(frozen=True, slots=True)
class Judge:
    """Rules, cues and thresholds. Pure and thread-safe: same input, same answer."""

    clauses: ClauseTable
    library: CueLibrary
    rules: Rules
    thresholds: Thresholds
    fusion: Fusion
    owner: ContactOwner

    @classmethod
    def load(cls, lexicons_dir: Path, clauses: ClauseTable) -> Self:
        """Read `cues/*.yaml` and `thresholds.yaml`. Raises BozhengError for a broken or missing file."""
        library = CueLibrary.load(lexicons_dir / "cues")
        thresholds = Thresholds.load(lexicons_dir / "thresholds.yaml")
        owner = ContactOwner(library["owner"], library.version)
        return cls(clauses, library, Rules.build(library), thresholds, thresholds.fusion, owner)

    def judge(
        self,
        candidates: Sequence[Candidate],
        text: NormalizedText,
        entities: Sequence[Entity],
        scores: TextScores | None,
        context: AnalysisContext,
    ) -> tuple[Judged, ...]:
        """One answer per candidate, in their order. `scores` None: no model; confidence is the lexicon's.

        Below its threshold what the words themselves say is only shown if it is lawful (exempt), and what the
        model alone suspects is not looked at further.
        """
        whole = TextScene(text, entities, context)
        owned = [self.owner.assign(Scene(whole, candidate)) for candidate in candidates]
        scenes = [Scene(whole, candidate) for candidate in owned]
        sure = [
            self.fusion.confidence(candidate, prior, scores)
            for candidate, prior in zip(owned, joined(owned), strict=True)
        ]
        reached = [
            confidence >= self.thresholds.of(candidate.item, with_model=scores is not None)
            for candidate, confidence in zip(owned, sure, strict=True)
        ]
        rulings = shared(
            owned,
            [
                self.ruling(scene) if high or found_by_words(scene.candidate) else None
                for scene, high in zip(scenes, reached, strict=True)
            ],
        )
        return tuple(self._one(*each) for each in zip(scenes, rulings, sure, reached, strict=True))

    def _one(self, scene: Scene, ruling: Ruling | None, confidence: float, reached: bool) -> Judged:
        candidate = scene.candidate
        subtype = self.clauses.subtypes[candidate.subtype]
        verdict: Verdict | None = verdict_of(candidate, ruling, scene.context, self.clauses)
        lawful_words = verdict is Verdict.EXEMPT and found_by_words(candidate)
        if not lawful_words and not reached:
            verdict = None
        return Judged(
            candidate=candidate,
            verdict=verdict,
            confidence=confidence,
            severity=severity_of(scene, subtype, ruling, self.library["severity"]),
            speech_act=ruling.act if ruling else SpeechAct.ASSERT,
            target=(ruling.target if ruling else None) or target_of(scene, self.library["target"]),
            exemption_code=ruling.code if ruling else None,
            reasons=self._reasons(scene, ruling),
            countable=ruling.countable if ruling else True,
        )

    def ruling(self, scene: Scene) -> Ruling | None:
        """The first thing any rule says, stage by stage. Words that an act asserts are not exempt."""
        plain = first(self.rules.linguistic, scene)
        if plain is not None:
            return plain
        return first(self.rules.acts, scene) or first(self.rules.exemptions, scene)

    def _reasons(self, scene: Scene, ruling: Ruling | None) -> tuple[Reason, ...]:
        if ruling is None:
            return ()
        cue = scene.to_raw(ruling.cue) if ruling.cue else None
        detail = ruling.detail or (scene.folded[slice(*ruling.cue)] if ruling.cue else "")
        return (Reason(ReasonSource.JUDGE, ruling.rule, self.library.version, detail, None, cue),)


def first(rules: Sequence[Rule], scene: Scene) -> Ruling | None:
    """The first ruling in order."""
    return next((r for rule in rules if (r := rule.look(scene)) is not None), None)
