"""Written text → what the voice says: Chinese characters and commas only.

espeak-ng reads Arabic digits as Chinese numbers and Latin letters as broken pinyin; the transcript a model is
trained on has to be the words that are heard.
"""

import re
import unicodedata

DIGITS = "零一二三四五六七八九"
SPOKEN_DIGITS = "零幺二三四五六七八九"
"""As numbers of telephones and orders are read aloud: 一 is 幺."""

_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_YEAR = re.compile(r"(\d{4})(?=年)")
_PAUSES = re.compile(r"[\s，。！？；：、…—～~,.!?;:·\-（）()“”\"'‘’《》【】\[\]/|]+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
READ_BY_DIGIT = 6
"""From this many digits on a number is read digit by digit (telephones, ids)."""


def cardinal(number: int) -> str:
    """1205 → 一千二百零五; 十二, not 一十二, at the start. Raises ValueError beyond 12 digits."""
    if number == 0:
        return DIGITS[0]
    if not 0 < number < 10**12:
        raise ValueError(f"no reading for {number}")
    groups = [number // 10 ** (4 * i) % 10_000 for i in range(3)]
    words = ""
    for index in (2, 1, 0):
        if not groups[index]:
            continue
        if words and groups[index] < 1000:
            words += DIGITS[0]
        words += _below_ten_thousand(groups[index]) + _GROUPS[index]
    return words.removeprefix("一") if words.startswith("一十") else words


def _below_ten_thousand(number: int) -> str:
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += (DIGITS[0] if gap and words else "") + DIGITS[digit] + _UNITS[place]
        gap = not digit
    return words


def digit_by_digit(digits: str) -> str:
    """13800 → 幺三八零零."""
    return "".join(SPOKEN_DIGITS[int(digit)] for digit in digits)


def _spoken_number(match: re.Match[str]) -> str:
    whole, _, part = match.group().partition(".")
    if not part and (len(whole) >= READ_BY_DIGIT or (len(whole) > 1 and whole.startswith("0"))):
        return digit_by_digit(whole)
    words = cardinal(int(whole))
    return f"{words}点{''.join(DIGITS[int(d)] for d in part)}" if part else words


def clauses(text: str) -> list[str]:
    """The clauses of a text as spoken, in order; a clause with Latin letters or symbols is left out."""
    folded = unicodedata.normalize("NFKC", text)
    folded = _PERCENT.sub(r"百分之\1", folded)
    folded = _YEAR.sub(lambda m: "".join(DIGITS[int(d)] for d in m.group()), folded)
    folded = _NUMBER.sub(_spoken_number, folded)
    return [clause for clause in _PAUSES.split(folded) if _HAN.fullmatch(clause)]
