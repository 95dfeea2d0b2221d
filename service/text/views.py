"""Layered readings of a folded text that undo disguises. Each is lossy, so it is read beside the fold.

`unmask`: emoji and split characters become the words they stand for. `squeeze`: what is spoken or typed
between the characters of a word (separators, fillers, repeats) is dropped. Both map back to raw.
"""

import re

from service.domain.finding import Span
from service.domain.text import NormalizedText
from service.text.disguises import EMOJI_WORDS, SPLIT_CHARACTERS
from service.text.edit import Edit, view

_MASKS = EMOJI_WORDS | SPLIT_CHARACTERS
_MASK = re.compile("|".join(map(re.escape, sorted(_MASKS, key=len, reverse=True))))
_MASK_SIGNS = re.compile(f"[{re.escape(''.join({mask[0] for mask in _MASKS}))}]")

FILLERS = ("那个", "这个", "嗯", "呃", "额", "啊", "哎", "诶")
"""Hesitations said between the characters of a word: 加…那个…微…信."""

_LETTER = r"[^\W\d_]"
_BETWEEN = re.compile(rf"(?<={_LETTER})(?:[\W_]|{'|'.join(FILLERS)}){{1,12}}(?={_LETTER})")
_PARTING = re.escape(",。!?;:、…~—–()[]{}<>《》〈〉「」『』【】“”‘’\"'")
_JOINING = re.compile(rf"[^\w\s{_PARTING}]|_|嗯|呃")
_PAUSES = frozenset(" …~")
"""What stands after a lone character at the start of a line or before one at its end: 加…微信."""
_REPEATED = re.compile(rf"({_LETTER})\1{{2,}}")


def unmask_edits(folded: str) -> list[Edit]:
    """Emoji → words, split characters → whole ones."""
    if _MASK_SIGNS.search(folded) is None:
        return []
    return [(*found.span(), _MASKS[found.group()]) for found in _MASK.finditer(folded)]


def squeeze_edits(folded: str) -> list[Edit]:
    """Separators and fillers between letters dropped; three or more of one letter in a row become one.

    Commas, dots of omission, quotes and a spoken 那个 also part honest words; they go only where they isolate
    a single character (加，微，信), a space also beside Latin letters (zui 好). Hyphens, dots, emoji and the
    like go wherever they stand. Digits are left alone: 3.5 and 138-0013 have readers of their own.
    """
    gaps = [gap.span() for gap in _BETWEEN.finditer(folded)]
    edits: list[Edit] = [(*gap, "") for index, gap in enumerate(gaps) if _joins(folded, gaps, index)]
    repeats = [(run.start() + 1, run.end(), "") for run in _REPEATED.finditer(folded)]
    return sorted(edits + repeats) if repeats else edits


def _joins(folded: str, gaps: list[Span], index: int) -> bool:
    """Whether a gap joins what it parts: by its signs, beside Latin letters, or by isolating a character."""
    start, end = gaps[index]
    if _JOINING.search(folded, start, end):
        return True
    before = gaps[index - 1][1] if index else -1
    after = gaps[index + 1][0] if index + 1 < len(gaps) else -1
    if start - before == 1 or after - end == 1:
        return True
    if not _PAUSES.issuperset(folded[start:end]):
        return False
    mixed = folded[start - 1].isascii() != folded[end].isascii()
    return mixed or start == 1 or end == len(folded) - 1


def unmask(text: NormalizedText) -> NormalizedText:
    """View with emoji and split characters replaced by what they stand for."""
    return view(text, unmask_edits(text.folded))


def squeeze(text: NormalizedText) -> NormalizedText:
    """View without what stands between the characters of disguised words."""
    return view(text, squeeze_edits(text.folded))
