"""What the canonical fold does to one code point, cached (Unicode has no more than 1.1 million)."""

import unicodedata
from importlib.resources import files

IRREGULAR = "\0"
"""Stands in `FoldTable` for every character whose fold is not exactly one character."""

_LINE_BREAKS = dict.fromkeys("\n\r\x0b\x0c\x85\u2028\u2029", "\n")
_KEEP = {"…": "…", "⋯": "…", "·": "·", "℃": "℃", "㎡": "㎡", "\t": " ", "〜": "~"} | _LINE_BREAKS
"""Characters that NFKC would lengthen or drop although they carry clause structure or a unit."""

_LOOKALIKES = str.maketrans("аеорсухіјѕνοαωμɡıⅼ", "aeopcyxijsvoawugil")
"""Cyrillic, Greek and phonetic letters drawn like Latin ones (from Unicode confusables)."""

_SQUARED = (
    (0x1F150, 0x1F169, "a"),  # 🅐 negative circled letters
    (0x1F170, 0x1F189, "a"),  # 🅰 negative squared letters
    (0x2776, 0x277E, "1"),  # ❶ negative circled digits
    (0x2780, 0x2788, "1"),  # ➀ sans-serif circled digits
    (0x278A, 0x2792, "1"),  # ➊ negative sans-serif circled digits
)
"""Enclosed letters and digits to which Unicode gives no compatibility form."""

_ENCLOSED_TENS = {"❿": "10", "➉": "10", "➓": "10", "🔟": "10", "⓿": "0"}
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Mn", "Me"})
_UNSAFE_CATEGORIES = frozenset({"Cs", "Co"})


def _simplified() -> dict[int, str]:
    lines = files(__package__).joinpath("data/simplified.txt").read_text(encoding="utf-8").splitlines()
    return {ord(line[0]): line[1] for line in lines}


SIMPLIFIED = _simplified()
"""Traditional code point → simplified character, one to one (generated, see build_tables)."""


def _enclosed(code: int) -> str | None:
    for first, last, base in _SQUARED:
        if first <= code <= last:
            return chr(ord(base) + code - first)
    return None


def _bare(character: str) -> str:
    """Latin letter without its accents (zuì → zui); anything else unchanged."""
    parts = unicodedata.normalize("NFKD", character)
    return parts[0] if len(parts) > 1 and parts[0].isascii() and parts[0].isalpha() else character


def fold_character(character: str) -> str:
    """Fold of one code point: '' when it is dropped, several characters when it expands.

    Compatibility forms, accents, case, look-alike letters, enclosed digits and traditional characters are
    folded; control, format and combining characters are dropped; whitespace becomes a space or a line feed;
    surrogates and private-use code points (our syllables live there) become U+FFFD.
    """
    if character in _KEEP:
        return _KEEP[character]
    special = _ENCLOSED_TENS.get(character) or _enclosed(ord(character))
    if special is not None:
        return special
    folded = []
    for part in unicodedata.normalize("NFKC", character):
        category = unicodedata.category(part)
        if category in _DROPPED_CATEGORIES:
            continue
        if category in _UNSAFE_CATEGORIES:
            folded.append("\ufffd")
        else:
            folded.append(" " if category == "Zs" else _lowered(part))
    return "".join(folded)


def _lowered(part: str) -> str:
    lowered = "".join(_bare(letter) for letter in part.lower() if unicodedata.category(letter) != "Mn")
    return lowered.translate(_LOOKALIKES).translate(SIMPLIFIED)


class FoldTable(dict[int, str]):
    """`str.translate` table filled on demand. Irregular characters map to `IRREGULAR`; see `folds`."""

    def __init__(self) -> None:
        super().__init__()
        self.folds: dict[str, str] = {}

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        value = folded if len(folded) == 1 else IRREGULAR
        self.folds[chr(code)] = folded
        self[code] = value
        return value
