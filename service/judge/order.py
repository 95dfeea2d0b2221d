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
from service.judge.exemptions.no_offer import NothingOffered
from service.judge.facts import GRADE_FACTS, NAME_FACTS
from service.judge.library import CueLibrary
from service.judge.lookalikes.approved import ApprovedFunction
from service.judge.lookalikes.contact import PublishedContact
from service.judge.lookalikes.cued import LookAlike
from service.judge.lookalikes.fan_group import FanGroup
from service.judge.lookalikes.home import HomePlatform
from service.judge.ruling import Rule

_LOOK_ALIKES = "abdefghijklmnop"
_LINGUISTIC = ("NOT_SUPERLATIVE", "QUANT_LIMIT")
_FACTS = {"EX6_3_GRADE": GRADE_FACTS, "EX6_4_NAME": NAME_FACTS}
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
            exemptions=(
                *(_exemption(library, code) for code in _TABLE),
                CuedExemption(library["other_people"], "OTHER_OBJECT"),
                NothingOffered(library["offer"]),
                HomePlatform(library["platforms"]),
                PublishedContact(),
                FanGroup(library["fan_group"]),
                ApprovedFunction(),
                LookAlike({item: library[f"look_alike_{item}"] for item in _LOOK_ALIKES}),
            ),
        )


def _exemption(library: CueLibrary, code: str) -> Rule:
    book = library[code.lower()]
    if code == "EX6_6_FACT":
        return LimitedFact(book)
    return CuedExemption(book, code, _FACTS.get(code, ()))
