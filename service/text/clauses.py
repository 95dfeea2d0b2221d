"""Clauses and sentences of a folded text, found with punctuation and without it (transcripts lack it)."""

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter

from service.domain.finding import Span

DISCOURSE_WORDS = (
    "但是", "不过", "可是", "然后", "而且", "所以", "因为", "如果", "要是", "另外", "还有", "反正",
    "总之", "其实", "家人们", "宝宝们", "姐妹们", "宝子们", "老铁们", "朋友们", "兄弟们", "亲们",
    "小伙伴们", "各位", "我跟你说", "我跟你们说", "我告诉你", "听我说", "接下来", "好了",
)  # fmt: skip
"""Words that open a clause even where punctuation was stripped: connectives and addresses."""

_CLAUSE = re.compile(r"[,。!?;:、\n…~]+|\s+|(?=" + "|".join(DISCOURSE_WORDS) + ")")
_SENTENCE = re.compile(r"[。!?;\n…]+")


def clause_spans(folded: str) -> tuple[Span, ...]:
    """Non-empty half-open spans of the clauses, in order, without their punctuation."""
    return _between(_CLAUSE, folded)


def sentence_spans(folded: str) -> tuple[Span, ...]:
    """Non-empty half-open spans of the sentences, in order, without their closing marks."""
    return _between(_SENTENCE, folded)


def _between(separator: re.Pattern[str], folded: str) -> tuple[Span, ...]:
    spans = []
    start = 0
    for mark in separator.finditer(folded):
        if mark.start() > start:
            spans.append((start, mark.start()))
            start = mark.start()
        start = max(start, mark.end())
    if start < len(folded):
        spans.append((start, len(folded)))
    return tuple(spans)


def span_around(spans: tuple[Span, ...], start: int, end: int) -> Span:
    """From the start of the span that holds `start` to the end of the one that holds `end - 1`."""
    first = bisect_right(spans, start, key=itemgetter(0)) - 1
    last = bisect_left(spans, end, key=itemgetter(1))
    low = spans[first][0] if first >= 0 and start < spans[first][1] else start
    high = spans[last][1] if last < len(spans) and spans[last][0] < end else end
    return low, high
