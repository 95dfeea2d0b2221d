"""What a text must be before it is analysed. The API maps these problems; `fold` itself never raises."""

from service.errors import BozhengError, ProblemType

MAX_CODE_POINTS = 20_000
"""Longest text of one call in code points (architecture §6)."""

INVALID_UNICODE = ProblemType(
    code="text.invalid_unicode",
    status=422,
    title_en="The text is not valid Unicode",
    title_zh="文本不是合法的 Unicode",
    advice_en="Send well-formed UTF-8; a JSON \\ud800–\\udfff escape must come as a pair.",
    advice_zh="请发送合法的 UTF-8；JSON 里的 \\ud800–\\udfff 转义必须成对出现。",
)
TOO_LONG = ProblemType(
    code="text.too_long",
    status=413,
    title_en="The text is too long",
    title_zh="文本过长",
    advice_en=f"Send at most {MAX_CODE_POINTS} code points in one call; cut at sentence ends.",
    advice_zh=f"单次最多 {MAX_CODE_POINTS} 个码点，请按句切分后再发送。",
)


def validate_text(text: str) -> str:
    """Return `text` unchanged. Raises BozhengError `text.too_long` or `text.invalid_unicode`.

    Only lone surrogates are invalid: they cannot be stored or sent as UTF-8. Control characters and NULs are
    valid and are dropped by the fold.
    """
    if len(text) > MAX_CODE_POINTS:
        raise BozhengError(TOO_LONG, f"{len(text)} code points", limit=MAX_CODE_POINTS)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        detail = f"lone surrogate U+{ord(text[error.start]):04X} at offset {error.start}"
        raise BozhengError(INVALID_UNICODE, detail, offset=error.start) from error
    return text
