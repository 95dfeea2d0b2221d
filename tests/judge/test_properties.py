"""Properties: windows stay in place, the fusion is monotone, answers keep to their candidates."""

from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.context import AnalysisContext
from service.domain.finding import Candidate, Reason, Span
from service.domain.vocabulary import Channel, ReasonSource
from service.judge.confidence import Fusion, joined
from service.judge.judge import Judge
from service.judge.scene import At, Scene, Scope, TextScene, folded_span
from service.text.clauses import span_around
from service.text.fold import fold
from tests.judge.conftest import FOUND, Scores

SPEECH = AnalysisContext(channel=Channel.SPEECH)
TEXTS = st.text(alphabet="我们不最好是吗说，。 ！全网低价1１①国徽\u200b家人们", min_size=1, max_size=40)


@st.composite
def placed(draw: st.DrawFn) -> tuple[str, Span]:
    raw = draw(TEXTS)
    start = draw(st.integers(0, len(raw) - 1))
    return raw, (start, draw(st.integers(start + 1, len(raw))))


@given(placed(), st.sampled_from(At), st.integers(0, 50), st.sampled_from(Scope))
def test_windows_lie_beside_the_span(case: tuple[str, Span], at: At, reach: int, scope: Scope) -> None:
    raw, span = case
    scene = Scene(TextScene(fold(raw), (), SPEECH), Candidate("c.best_quality", span, 0.9, FOUND))
    low, high = scene.window(at, reach, scope)
    start, end = scene.span
    assert 0 <= low <= high <= len(scene.folded)
    assert low >= start - reach and high <= max(end + reach, low)
    if at is At.BEFORE:
        assert high <= max(start, low)
    if at is At.AFTER:
        assert low >= end


@given(placed())
def test_folded_span_agrees_with_the_offset_map(case: tuple[str, Span]) -> None:
    raw, span = case
    offsets = fold(raw).offsets
    start, end = folded_span(offsets, span)
    if start < end:
        assert (start, end) == offsets.to_folded(*span)
    else:
        assert offsets.to_folded(*span) == (0, 0)


PROBABILITY = st.floats(0.0, 1.0)


@given(PROBABILITY, PROBABILITY, PROBABILITY, PROBABILITY, PROBABILITY, PROBABILITY)
def test_confidence_is_monotone(p: float, q: float, m: float, n: float, x: float, y: float) -> None:
    fusion = Fusion(bias=-0.5, lexicon=0.8, model=1.2, lawful=-0.6, unseen_prior=0.3)
    candidate = Candidate("c.best_quality", (0, 2), 0.9, FOUND)
    low, high = sorted([max(p, 0.31), max(q, 0.31)])
    weak, strong = sorted([m, n])
    little, much = sorted([x, y])
    worst = fusion.confidence(candidate, low, Scores(weak, much))
    best = fusion.confidence(candidate, high, Scores(strong, little))
    assert 0.0 <= worst <= best <= 1.0


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda t: (t[0], t[0] + t[1]))
MODEL = (Reason(ReasonSource.MODEL, "classifier", "1"),)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.sampled_from(["c.best_quality", "c.lowest_price", "m.add_private"]),
        SPANS,
        st.sampled_from([0.5, 0.7, 0.9]),
        st.sampled_from([FOUND, MODEL]),
    ),
    max_size=8,
)


@given(CANDIDATES)
def test_joined_priors_are_those_of_overlapping_words(candidates: list[Candidate]) -> None:
    def prior(candidate: Candidate) -> float:
        return 0.0 if candidate.reasons is MODEL else candidate.score

    expected = [
        max(
            prior(other)
            for other in candidates
            if other.item == one.item and other.span[0] < one.span[1] and other.span[1] > one.span[0]
        )
        for one in candidates
    ]
    assert joined(candidates) == expected


@settings(max_examples=40, deadline=None)
@given(placed())
def test_answers_do_not_depend_on_order(judge: Judge, case: tuple[str, Span]) -> None:
    raw, span = case
    text = fold(raw)
    subtypes = ("c.best_quality", "m.add_private", "n.alcohol")
    candidates = [Candidate(subtype, span, 0.9, FOUND) for subtype in subtypes]
    forward = judge.judge(candidates, text, (), None, SPEECH)
    backward = judge.judge(candidates[::-1], text, (), None, SPEECH)
    assert forward == backward[::-1]


@given(placed(), st.sampled_from([Scope.CLAUSE, Scope.SENTENCE]))
def test_bounds_are_those_of_the_clauses(case: tuple[str, Span], scope: Scope) -> None:
    raw, span = case
    whole = TextScene(fold(raw), (), SPEECH)
    scene = Scene(whole, Candidate("c.best_quality", span, 0.9, FOUND))
    start, end = scene.span
    if start < end:
        spans = whole.clauses if scope is Scope.CLAUSE else whole.sentences
        assert scene.bounds(scope) == span_around(spans, start, end)
