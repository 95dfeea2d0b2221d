"""Which words are read together (architecture §3c). Pure.

The analysis of a segment reads its lane from 60 s before its start to 15 s after its end; what it finds
belongs to the segment of the first character. So the findings of a stream depend on its kept segments
alone, not on their order of arrival.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.kept import KeptSegment
from service.domain.transcript import Token, Transcript
from service.domain.vocabulary import TimePrecision

LOOK_BACK_MS = 60_000
LOOK_AHEAD_MS = 15_000
"""Architecture §3c; handbook §1.3 lets a speaker correct herself within 15 s."""

PAUSE_MS = 3_000
"""Silence, or sound that was never sent, across which no phrase goes on. Longer than the pauses inside a
sentence (Mandarin speech: mostly under 1 s), shorter than the smallest segment a platform sends (5 s)."""

BREAK = "\n"

_SENTENCE_ENDS = "。！？!?\n"
PAUSE_MARKS = (
    (PAUSE_MS, BREAK, BREAK),
    (800, "。", _SENTENCE_ENDS),
    (350, "，", "，；：、,;:…." + _SENTENCE_ENDS),
)
"""What a silence between two words says: (longer than ms, mark, marks that say it already), longest first. A
cue such as 广告法规定 reaches to the end of its sentence, and a talk without marks is one sentence. Pauses
between the sentences of the demonstration talk are 0.45 s and more, inside its clauses under 0.2 s; the times
that they are taken from are right within 0.1 s nine times in ten."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters [start, end) of a window are those of `segment_id` from `offset` on."""

    segment_id: str
    start: int
    end: int
    offset: int


@dataclass(frozen=True, slots=True)
class Window:
    """Words around `owner`. Token times of `transcript` are those of the lane; None for messages."""

    owner: KeptSegment
    text: str
    transcript: Transcript | None
    pieces: tuple[Piece, ...]

    def owner_of(self, char: int) -> Piece | None:
        """The piece that character `char` belongs to; None for a break."""
        return next((p for p in self.pieces if p.start <= char < p.end), None)

    def said(self, start: int, end: int) -> str:
        """The characters of [start, end) that were said or written, without the marks of pauses."""
        return "".join(self.text[max(p.start, start) : min(p.end, end)] for p in self.pieces if p.end > start)

    def length(self, start: int, end: int) -> int:
        """Characters of [start, end) that were said or written: breaks do not count."""
        return sum(max(0, min(p.end, end) - max(p.start, start)) for p in self.pieces)


def lane_order(kept: KeptSegment) -> tuple[int, int, str]:
    """Order of segments on a lane: by time, then by key (numbers as numbers)."""
    return kept.start_ms, len(kept.key.key), kept.key.key


def reach(kept: KeptSegment) -> tuple[int, int]:
    """Lane time [from, to) that the analysis of this segment reads."""
    return kept.start_ms - LOOK_BACK_MS, kept.end_ms + LOOK_AHEAD_MS


def touched(lane: Sequence[KeptSegment], new: KeptSegment) -> list[KeptSegment]:
    """Segments of the lane whose window reaches into `new`, without `new` itself, in lane order.

    A segment without words touches nothing. One that was decided by other versions keeps its findings
    (architecture §3f).
    """
    if not new.text:
        return []
    others = [k for k in lane if k.segment_id != new.segment_id and k.text]
    reached = [
        k
        for k in others
        if reach(k)[0] <= new.end_ms
        and reach(k)[1] >= new.start_ms
        and k.facts.versions == new.facts.versions
    ]
    return sorted(reached, key=lane_order)


def window(lane: Sequence[KeptSegment], owner: KeptSegment) -> Window:
    """The window of `owner` over the segments of its lane, in whatever order they are given."""
    ordered = sorted({k.segment_id: k for k in (*lane, owner)}.values(), key=lane_order)
    if owner.transcript is None:
        return _messages(ordered, owner)
    return _speech(ordered, owner)


def _messages(ordered: Sequence[KeptSegment], owner: KeptSegment) -> Window:
    start, end = reach(owner)
    inside = [k for k in ordered if k is owner or (start <= k.start_ms < end and k.text)]
    pieces, at = [], 0
    for kept in inside:
        pieces.append(Piece(kept.segment_id, at, at + len(kept.text), 0))
        at += len(kept.text) + len(BREAK)
    return Window(owner, BREAK.join(k.text for k in inside), None, tuple(pieces))


def _speech(ordered: Sequence[KeptSegment], owner: KeptSegment) -> Window:
    start, end = reach(owner)
    tokens: list[Token] = []
    pieces: list[Piece] = []
    at = 0
    for kept in ordered:
        offset = 0
        for token in kept.transcript.tokens if kept.transcript else ():
            length = len(token.text)
            placed = _shifted(token, kept.start_ms)
            if start <= placed.start_ms < end and length:
                mark = _pause_mark(tokens, placed)
                if mark is not None:
                    tokens.append(mark)
                    at += len(mark.text)
                tokens.append(placed)
                _extend(pieces, Piece(kept.segment_id, at, at + length, offset))
                at += length
            offset += length
    text = "".join(t.text for t in tokens)
    transcript = replace(owner.transcript, text=text, tokens=tuple(tokens)) if owner.transcript else None
    return Window(owner, text, transcript, tuple(pieces))


def _shifted(token: Token, by_ms: int) -> Token:
    start, end = token.start_ms + by_ms, token.end_ms + by_ms
    return Token(token.text, start, end, token.confidence, token.time_precision)


def _pause_mark(tokens: Sequence[Token], after: Token) -> Token | None:
    """The mark between the words so far and the next one; None where they go on or a mark stands already.
    A long silence always parts them."""
    before = next(
        (token for token in reversed(tokens) if not token.text.isspace() or token.text == BREAK), None
    )
    if before is None or after.text.isspace():
        return None
    pause = after.start_ms - before.end_ms
    for longer_than, mark, said_already in PAUSE_MARKS:
        if pause > longer_than:
            told = before.text[-1] in said_already or after.text[0] in said_already
            return None if told else Token(mark, before.end_ms, after.start_ms, 1.0, TimePrecision.WORD)
    return None


def _extend(pieces: list[Piece], piece: Piece) -> None:
    """Append `piece`, joined to the last one where it simply goes on."""
    if pieces:
        last = pieces[-1]
        goes_on = last.segment_id == piece.segment_id and last.end == piece.start
        if goes_on and last.offset + (last.end - last.start) == piece.offset:
            pieces[-1] = replace(last, end=piece.end)
            return
    pieces.append(piece)
