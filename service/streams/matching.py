"""New results against stored ones (architecture §3d): what was opened, revised, withdrawn. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service.domain.event import Located
from service.domain.segment import Change


@dataclass(frozen=True, slots=True)
class Delta:
    """One change. `after` carries the finding's id and new revision; for a withdrawal it is as it last was,
    with the next revision. `before` is None for what was opened."""

    change: Change
    after: Located
    before: Located | None


def match(stored: Sequence[Located], found: Sequence[Located], new_id: Callable[[], str]) -> list[Delta]:
    """Changes that lead from the stored findings to the found ones.

    A pair is the same finding when item and channel agree and their stream spans overlap; of several, the one
    with the largest overlap. What did not change is not in the list. The order of the inputs is irrelevant.
    """
    pairs = _pairs(stored, found)
    matched_old = {o for o, _ in pairs}
    matched_new = {n for _, n in pairs}
    deltas = [_revision(stored[o], found[n]) for o, n in pairs]
    opened = [_opening(f, new_id()) for n, f in enumerate(found) if n not in matched_new]
    withdrawn = [_withdrawal(s) for o, s in enumerate(stored) if o not in matched_old]
    return sorted([d for d in deltas if d] + opened + withdrawn, key=lambda d: _position(d.after))


def _pairs(stored: Sequence[Located], found: Sequence[Located]) -> list[tuple[int, int]]:
    """Indices of the pairs, greedily by overlap; ties go to equal words, then to what comes first."""
    ranked = sorted(
        (
            (
                -shared,
                old.finding.subtype != new.finding.subtype,
                old.finding.text != new.finding.text,
                _position(old),
                _position(new),
                o,
                n,
            )
            for o, old in enumerate(stored)
            for n, new in enumerate(found)
            if (shared := _overlap(old, new)) > 0
        ),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, o, n in ranked:
        if o not in pairs and n not in taken:
            pairs[o] = n
            taken.add(n)
    return sorted(pairs.items())


def _overlap(old: Located, new: Located) -> int:
    """Shared milliseconds of the stream plus one for touching; shared characters of a message. ≤ 0: none."""
    a, b = old.finding, new.finding
    if a.item != b.item or old.channel is not new.channel:
        return 0
    if a.start_ms is None or b.start_ms is None:  # no times of their own: only characters tell them apart
        if old.segment_id != new.segment_id:
            return 0
        return min(a.span[1], b.span[1]) - max(a.span[0], b.span[0])
    assert a.stream_end_ms is not None and b.stream_end_ms is not None
    assert a.stream_start_ms is not None and b.stream_start_ms is not None
    return min(a.stream_end_ms, b.stream_end_ms) - max(a.stream_start_ms, b.stream_start_ms) + 1


def _revision(old: Located, new: Located) -> Delta | None:
    same = replace(new.finding, id=old.finding.id, revision=old.finding.revision)
    if same == old.finding and new.segment_id == old.segment_id:
        return None
    revised = replace(new.finding, id=old.finding.id, revision=old.finding.revision + 1)
    return Delta(Change.REVISED, replace(new, finding=revised), old)


def _opening(new: Located, finding_id: str) -> Delta:
    return Delta(Change.OPENED, replace(new, finding=replace(new.finding, id=finding_id, revision=1)), None)


def _withdrawal(old: Located) -> Delta:
    last = replace(old.finding, revision=old.finding.revision + 1)
    return Delta(Change.WITHDRAWN, replace(old, finding=last), old)


def _position(located: Located) -> tuple[int, int, str, tuple[int, int], str, str]:
    finding = located.finding
    start, end = finding.stream_start_ms, finding.stream_end_ms
    return (
        start if start is not None else -1,
        end if end is not None else -1,
        located.segment_id,
        finding.span,
        finding.subtype,
        finding.id,
    )
