"""The closed vocabularies of handbook §1 and §3.4, the same words in code, API, docs and console."""

from enum import StrEnum


class Channel(StrEnum):
    """Where the words come from (handbook §0.1)."""

    SPEECH = "speech"
    DANMU = "danmu"
    COMMENT = "comment"
    TITLE = "title"


class Verdict(StrEnum):
    """What a machine may say about a finding (handbook §1.2); `clean` is the absence of findings."""

    VIOLATION = "violation"
    SUSPECTED = "suspected"
    NEEDS_EVIDENCE = "needs_evidence"
    EXEMPT = "exempt"

    @property
    def rank(self) -> int:
        """Order of weight: exempt 0 < needs_evidence 1 < suspected 2 < violation 3."""
        return _VERDICT_RANK[self]


_VERDICT_RANK = {Verdict.EXEMPT: 0, Verdict.NEEDS_EVIDENCE: 1, Verdict.SUSPECTED: 2, Verdict.VIOLATION: 3}


class Severity(StrEnum):
    """Weight of a finding (handbook §1.3)."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """info 0 … critical 4."""
        return list(Severity).index(self)

    def shifted(self, steps: int) -> "Severity":
        """Move up or down by `steps`, clamped; `critical` never goes down by machine (handbook §1.3)."""
        if self is Severity.CRITICAL:
            return self
        ladder = list(Severity)
        return ladder[max(0, min(len(ladder) - 1, self.rank + steps))]


class Action(StrEnum):
    """Measures of clause 7.4.6 and the two preliminary ones (handbook §1.4)."""

    WARN = "warn"
    TAKEDOWN = "takedown"
    TERMINATE_STREAM = "terminate_stream"
    BAN = "ban"
    HUMAN_REVIEW = "human_review"


class SpeakerRole(StrEnum):
    """Who speaks or writes (handbook §3.4)."""

    ANCHOR = "anchor"
    CO_HOST = "co_host"
    GUEST = "guest"
    OPERATOR = "operator"
    USER = "user"
    MERCHANT = "merchant"
    UNKNOWN = "unknown"


class SpeechAct(StrEnum):
    """What the speaker does with the words (handbook §3.4)."""

    ASSERT = "assert"
    NEGATE = "negate"
    QUESTION = "question"
    RHETORICAL = "rhetorical"
    RULE_MENTION = "rule_mention"
    QUOTE = "quote"
    QUOTE_ADOPTED = "quote_adopted"
    WARN = "warn"
    HYPOTHETICAL = "hypothetical"
    SELF_CORRECTED = "self_corrected"


class Target(StrEnum):
    """What the words are about (handbook §3.4)."""

    OWN_PRODUCT = "own_product"
    OWN_BRAND = "own_brand"
    COMPETITOR = "competitor"
    CONSUMER = "consumer"
    THIRD_PARTY = "third_party"
    STATE = "state"
    NONE = "none"


class Evasion(StrEnum):
    """How the words were disguised (handbook §3.4)."""

    NONE = "none"
    HOMOPHONE = "homophone"
    PINYIN = "pinyin"
    SPLIT_CHAR = "split_char"
    EMOJI = "emoji"
    NUMBER_SLANG = "number_slang"
    EUPHEMISM = "euphemism"
    VISUAL_HINT = "visual_hint"


class TimePrecision(StrEnum):
    """How far a time may be trusted (handbook §3.1)."""

    WORD = "word"
    SENTENCE = "sentence"
    NONE = "none"


class SubjectKind(StrEnum):
    """Whose violation it is (architecture §3)."""

    ANCHOR = "anchor"
    OPERATOR = "operator"
    MERCHANT = "merchant"
    USER = "user"


class ReasonSource(StrEnum):
    """What found or changed a finding."""

    LEXICON = "lexicon"
    MODEL = "model"
    COMBO = "combo"
    ENTITY = "entity"
    JUDGE = "judge"


class Advice(StrEnum):
    """What a segment's findings add up to (architecture §5)."""

    PASS = "pass"
    REVIEW = "review"
    BLOCK = "block"


class SegmentStatus(StrEnum):
    """Life of an accepted segment."""

    ACCEPTED = "accepted"
    DONE = "done"
    FAILED = "failed"
