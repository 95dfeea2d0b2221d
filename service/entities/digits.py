"""Digits read one by one, in any mixture: 138, 一三八, 幺三八, 壹叁捌, one three eight, 三个八."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.finding import Span

_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

DIGIT_VALUES = {
    **{str(value): value for value in range(10)},
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    **dict(zip(_ENGLISH, range(10), strict=True)),
    "〇": 0, "两": 2, "幺": 1, "妖": 1, "腰": 1, "洞": 0, "拐": 7, "勾": 9,
}  # fmt: skip
"""What stands for one digit (handbook §1.9, Appendix A). 妖 and 腰 are how recognisers write 幺."""

_DIGIT = "|".join(sorted(DIGIT_VALUES, key=len, reverse=True))
_TOKEN = re.compile(f"(?P<times>[2-9二两三四五六七八九])个(?P<repeated>{_DIGIT})|(?P<digit>{_DIGIT})")

FILLERS = (
    "那个", "这个", "然后是", "然后", "接着是", "接着", "后面是", "后面", "中间是", "中间", "前面是",
    "最后是", "最后", "再来", "再是", "就是", "空格", "杠", "横杠", "嗯", "啊", "呃", "哈", "呀", "吧",
    "哦", "额", "诶", "哎", "记好了", "记一下", "听好了", "听好", "姐妹们", "家人们", "宝宝们",
)  # fmt: skip
"""Words said between the pieces of a number."""

MAX_GAP = 12
"""Folded characters between two pieces: two fillers with their punctuation."""
_GAP = re.compile(r"(?:[\s\-_.,。、·…~:;!*/()]|" + "|".join(FILLERS) + ")*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Digits written without a break: `digits` as ASCII, `span` folded."""

    digits: str
    span: Span


def runs(folded: str) -> Iterator[list[Piece]]:
    """Maximal sequences of pieces with nothing but fillers and separators between neighbours."""
    run: list[Piece] = []
    for piece in _pieces(folded):
        if run:
            low, high = run[-1].span[1], piece.span[0]
            if high - low > MAX_GAP or _GAP.fullmatch(folded, low, high) is None:
                yield run
                run = []
        run.append(piece)
    if run:
        yield run


def _pieces(folded: str) -> Iterator[Piece]:
    digits, start, end = "", 0, -1
    for token in _TOKEN.finditer(folded):
        value = _digits_of(token)
        if token.start() == end:
            digits += value
        else:
            if digits:
                yield Piece(digits, (start, end))
            digits, start = value, token.start()
        end = token.end()
    if digits:
        yield Piece(digits, (start, end))


def _digits_of(token: re.Match[str]) -> str:
    if token["digit"]:
        return str(DIGIT_VALUES[token["digit"]])
    return str(DIGIT_VALUES[token["repeated"]]) * DIGIT_VALUES[token["times"]]


def joined(run: list[Piece], first: int, last: int) -> tuple[str, Span, tuple[Span, ...]]:
    """Digits, span and parts of the pieces first..last of a run; parts only when there is more than one."""
    pieces = run[first : last + 1]
    parts = tuple(piece.span for piece in pieces) if len(pieces) > 1 else ()
    return "".join(piece.digits for piece in pieces), (pieces[0].span[0], pieces[-1].span[1]), parts
