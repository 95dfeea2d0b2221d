"""The order in which rules are asked: the one place that names them all."""

from dataclasses import dataclass
from typing import Self

from service.judge.acts.correction import Correction
from service.judge.acts.hypothetical import Hypothetical
from service.judge.acts.negation import Negation
from service.judge.acts.question import Question
from service.judge.acts.quote import Quote
from service.judge.acts.rule_mention import RuleMention
from service.judge.acts.warning import FraudWarning
from service.judge.exemptions.cued import CuedExemption
from service.judge.exemptions.fact import LimitedFact
from service.judge.library import CueLibrary
from service.judge.ruling import Rule

_LINGUISTIC = ("NOT_SUPERLATIVE", "QUANT_LIMIT")
_TABLE = (
    "EX4_SELF_INFO",
    "EX5_1_ATTITUDE",
    "EX5_2_GOAL",
    "EX6_1_SELF_COMPARE",
    "EX6_2_USAGE_TIP",
    "EX6_3_GRADE",
    "EX6_4_NAME",
    "EX6_5_AWARD",
    "EX6_6_FACT",
    "EX_BACKGROUND",
    "SUBJ_PREF",
    "OTHER_OBJECT",
    "EX5_3_UNRELATED",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """Three stages: what is no claim at all, what the speaker does with the claim, what the law exempts."""

    linguistic: tuple[Rule, ...]
    acts: tuple[Rule, ...]
    exemptions: tuple[Rule, ...]

    @classmethod
    def build(cls, library: CueLibrary) -> Self:
        """Rules over the cues of `library`. Raises BozhengError when a cue file is missing."""
        return cls(
            linguistic=tuple(CuedExemption(library[c.lower()], c) for c in _LINGUISTIC),
            acts=(
                RuleMention(library["rule_mention"]),
                FraudWarning(library["warning"]),
                Quote(library["quote"]),
                Correction(library["correction"]),
                Question(library["question"]),
                Hypothetical(library["hypothetical"]),
                Negation(library["negation"]),
            ),
            exemptions=tuple(_exemption(library, code) for code in _TABLE),
        )


def _exemption(library: CueLibrary, code: str) -> Rule:
    book = library[code.lower()]
    return LimitedFact(book) if code == "EX6_6_FACT" else CuedExemption(book, code)
