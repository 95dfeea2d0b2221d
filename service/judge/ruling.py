"""What a rule may say about a candidate, and the protocol of all rules."""

from dataclasses import dataclass
from typing import Protocol

from service.domain.finding import Span
from service.domain.vocabulary import SpeechAct, Target, Verdict
from service.judge.scene import Scene


@dataclass(frozen=True, slots=True)
class Ruling:
    """One rule's decision.

    `code` is the exemption or speech-act code whose verdict applies (`lexicons/clauses.yaml`), None where the
    words are asserted all the same; `verdict` overrides the table's. `cue` is the folded span that decided.
    `facts_agree`: the product facts confirm the exemption. `severity_steps` moves the severity, `countable`
    is False for a self-correction.
    """

    rule: str
    code: str | None
    act: SpeechAct
    cue: Span | None = None
    detail: str = ""
    verdict: Verdict | None = None
    facts_agree: bool = False
    target: Target | None = None
    severity_steps: int = 0
    countable: bool = True


class Rule(Protocol):
    """Looks at one candidate in its surroundings; None when the rule has nothing to say."""

    @property
    def name(self) -> str:
        """Stable id, shown in reasons."""
        ...

    def look(self, scene: Scene) -> Ruling | None:
        """Decide, or leave it to the next rule."""
        ...
