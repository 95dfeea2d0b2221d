"""The record that every detector yields."""

from dataclasses import dataclass
from enum import StrEnum

from service.domain.finding import Span
from service.domain.text import NormalizedText


class EntityKind(StrEnum):
    """What a stretch of text names."""

    URL = "url"
    CERTIFICATE = "certificate"
    PHONE = "phone"
    MASKED_PHONE = "masked_phone"
    WECHAT = "wechat"
    QQ = "qq"
    DATE = "date"
    PRICE = "price"
    PERCENT = "percent"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Entity:
    """`span` and `parts` are raw half-open code-point spans; `parts` are the pieces of a number in pieces.

    `value` is canonical: the digits of a phone or QQ number, the lower-case id of a WeChat account, a decimal
    number of yuan for prices and of hundredths for percents, number and unit of a quantity, ISO 8601 (as far
    as known) of a date, upper case without spaces for certificates.
    """

    kind: EntityKind
    span: Span
    value: str
    parts: tuple[Span, ...] = ()


def entity_at(
    text: NormalizedText, kind: EntityKind, span: Span, value: str, parts: tuple[Span, ...] = ()
) -> Entity:
    """Entity for a folded span and folded parts."""
    offsets = text.offsets
    return Entity(kind, offsets.to_raw(*span), value, tuple(offsets.to_raw(*part) for part in parts))
