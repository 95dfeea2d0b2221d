"""Passages → the tokens of a transcript: they spell the text, with ordered times inside the segment."""

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

from service.asr.passage import Passage
from service.asr.protocol import Word
from service.asr.repair import Timing, repaired
from service.domain.spoken import is_spoken
from service.domain.transcript import SpeechRegion, Token
from service.domain.vocabulary import TimePrecision

PAUSE = " "
"""Stands between two passages that no mark separates: the pause is heard, a comma would be invented."""


def tokens_of(passages: Sequence[Passage]) -> tuple[Token, ...]:
    """Tokens of passages in order of time. Their concatenation is the transcript's text."""
    tokens: list[Token] = []
    for passage in passages:
        added = _tokens(passage)
        if tokens and added and is_spoken(tokens[-1].text[-1]) and is_spoken(added[0].text[0]):
            at = tokens[-1].end_ms
            tokens.append(Token(PAUSE, at, at, tokens[-1].confidence, tokens[-1].time_precision))
        tokens += added
    return tuple(tokens)


def _tokens(passage: Passage) -> list[Token]:
    words = _trimmed(passage.words)
    spoken = [word for word in words if _chars(word)]
    window = passage.window
    regions = window.regions if passage.timed else ()
    timings = iter(repaired([_timing(word, regions) for word in spoken], window.start_ms, window.end_ms))
    placed = [next(timings) if _chars(word) else None for word in words]
    precision = TimePrecision.WORD if passage.timed else TimePrecision.SENTENCE
    return [
        _token(word, timing, precision)
        for word, timing in zip(words, _with_edges(placed, window.start_ms), strict=True)
    ]


def _trimmed(words: Sequence[Word]) -> list[Word]:
    """The words without white space before the first and after the last character of the passage."""
    text = "".join(word.text for word in words)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    kept, at = [], 0
    for word in words:
        piece = word.text[max(0, start - at) : max(0, end - at)]
        at += len(word.text)
        if piece:
            kept.append(Word(piece, word.start_ms, word.end_ms, word.probability))
    return kept


def _timing(word: Word, regions: Sequence[SpeechRegion]) -> Timing:
    """The word's time, tightened to the region it mostly lies in: Whisper lets words swallow silence."""
    start, end = word.start_ms, word.end_ms
    overlaps = [(min(end, r.end_ms) - max(start, r.start_ms), -i) for i, r in enumerate(regions)]
    if overlaps and isfinite(start) and isfinite(end) and max(overlaps)[0] > 0:
        region = regions[-max(overlaps)[1]]
        start, end = max(start, region.start_ms), min(end, region.end_ms)
    return Timing(start, end, _chars(word))


def _with_edges(placed: Sequence[Timing | None], low: float) -> list[Timing]:
    """Marks (None) take no time: they stand at the end of the word before, or at the first word's start."""
    first = next((timing for timing in placed if timing is not None), Timing(low, low, 0, measured=False))
    edge = replace(first, end=first.start)
    out: list[Timing] = []
    for timing in placed:
        out.append(timing or edge)
        edge = replace(out[-1], start=out[-1].end)
    return out


def _token(word: Word, timing: Timing, precision: TimePrecision) -> Token:
    if not timing.measured:
        precision = TimePrecision.SENTENCE
    confidence = min(1.0, max(0.0, word.probability)) if isfinite(word.probability) else 0.0
    return Token(word.text, round(timing.start), round(timing.end), round(confidence, 4), precision)


def _chars(word: Word) -> int:
    return sum(map(is_spoken, word.text))
