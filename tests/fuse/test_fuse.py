"""Overlaps, primary labels and the order that decides them (handbook §1.7, §3.3)."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.context import AnalysisContext
from service.domain.finding import Candidate, Judged, Reason
from service.domain.vocabulary import Channel, ReasonSource, Severity, SpeechAct, Target, Verdict
from service.fuse.fuse import fuse
from service.fuse.overlap import clusters, iou
from service.lexicon.clauses import load_clauses
from service.settings import Settings
from service.text.fold import fold

CLAUSES = load_clauses(Settings().lexicons_dir / "clauses.yaml")
TEXT = fold("家人们这个价全网最低拍三天瘦十斤不反弹加我微信")
CONTEXT = AnalysisContext(Channel.SPEECH)


def judged(
    subtype: str, start: int, end: int, verdict: Verdict | None = Verdict.VIOLATION, confidence: float = 0.9
) -> Judged:
    reason = Reason(ReasonSource.LEXICON, f"{subtype}.test", "1")
    candidate = Candidate(subtype, (start, end), confidence, (reason,))
    code = "SA_NEG" if verdict is Verdict.EXEMPT else None
    return Judged(candidate, verdict, confidence, Severity.MEDIUM, SpeechAct.ASSERT, Target.NONE, code, ())


@pytest.mark.parametrize(
    ("first", "second", "primary"),
    [
        ("n.food_claim", "i.false_efficacy", "n.food_claim"),  # §1.7.1
        ("c.lowest_price", "i.false_price", "c.lowest_price"),  # §1.7.2
        ("f.privacy_leak", "k.private_life", "f.privacy_leak"),  # §1.7.4
        ("f.property_scam", "m.private_payment", "f.property_scam"),  # item m, severity and action
        ("h.counterfeit", "j.confusion", "h.counterfeit"),  # §1.7.6
        ("l.brush_orders", "i.false_sales", "l.brush_orders"),  # §1.7.7
        ("o.induced_interaction", "l.fake_traffic", "l.fake_traffic"),  # §1.7.8
        ("p.consumer_rights", "o.hidden_item", "o.hidden_item"),  # §1.7.8
    ],
)
def test_primary_label_of_the_same_words(first: str, second: str, primary: str) -> None:
    for weak, strong in ((0.6, 0.95), (0.95, 0.6)):
        pair = [judged(first, 2, 9, confidence=weak), judged(second, 2, 9, confidence=strong)]
        (finding,) = fuse(pair, TEXT, CONTEXT, CLAUSES)
        assert finding.subtype == primary
        assert [s.subtype for s in finding.secondary] == [first if primary == second else second]


def test_one_item_is_found_once_and_keeps_every_reason() -> None:
    lexicon = judged("c.lowest_price", 6, 10, confidence=0.8)
    model_reason = Reason(ReasonSource.MODEL, "classifier", "7")
    model = Judged(
        Candidate("c.lowest_price", (5, 10), 0.9, (model_reason,)),
        Verdict.VIOLATION, 0.9, Severity.MEDIUM, SpeechAct.ASSERT, Target.OWN_PRODUCT, None, (),
    )  # fmt: skip
    (finding,) = fuse([lexicon, model], TEXT, CONTEXT, CLAUSES)
    assert finding.span == (6, 10), "a rule knows the ends of its words better than the model"
    assert {r.source for r in finding.reasons} == {ReasonSource.LEXICON, ReasonSource.MODEL}
    assert finding.text == TEXT.raw[6:10]


def test_a_short_claim_nested_in_a_long_one_of_another_item_stays() -> None:
    found = fuse([judged("i.hidden_terms", 0, 20), judged("c.lowest_price", 6, 10)], TEXT, CONTEXT, CLAUSES)
    assert [f.subtype for f in found] == ["i.hidden_terms", "c.lowest_price"]


def test_an_exempt_hit_inside_an_accusation_does_not_spare_it() -> None:
    found = fuse(
        [judged("c.lowest_price", 2, 10), judged("c.rank_first", 7, 9, Verdict.EXEMPT)],
        TEXT,
        CONTEXT,
        CLAUSES,
    )
    assert [f.verdict for f in found] == [Verdict.VIOLATION]


def test_an_exempt_hit_beside_an_accusation_is_kept() -> None:
    found = fuse(
        [judged("c.lowest_price", 2, 8), judged("c.rank_first", 7, 12, Verdict.EXEMPT)],
        TEXT,
        CONTEXT,
        CLAUSES,
    )
    assert sorted((f.verdict or "") for f in found) == ["exempt", "violation"]


def test_exempt_and_undecided_findings_recommend_nothing() -> None:
    exempt, undecided = fuse(
        [judged("c.lowest_price", 2, 8, Verdict.EXEMPT), judged("m.add_private", 19, 23, None, 0.1)],
        TEXT, CONTEXT, CLAUSES,
    )  # fmt: skip
    assert exempt.recommended_actions == undecided.recommended_actions == ()


def test_marks_at_the_ends_of_a_span_are_left_out() -> None:
    text = fold("拍两件 ，加我微信。")
    (finding,) = fuse([judged("m.add_private", 3, 10)], text, CONTEXT, CLAUSES)
    assert (finding.span, finding.text) == ((5, 9), "加我微信")


SUBTYPES = [
    "c.lowest_price",
    "c.best_quality",
    "i.false_price",
    "n.food_claim",
    "m.add_private",
    "o.hidden_item",
]


@st.composite
def some_judged(draw: st.DrawFn) -> Judged:
    start = draw(st.integers(0, 20))
    end = draw(st.integers(start + 1, 22))
    verdict = draw(st.sampled_from([*Verdict, None]))
    return judged(
        draw(st.sampled_from(SUBTYPES)), start, end, verdict, draw(st.sampled_from([0.2, 0.5, 0.9]))
    )


@given(st.lists(some_judged(), max_size=4))
def test_findings_do_not_depend_on_the_order_of_candidates(items: list[Judged]) -> None:
    results = {fuse(list(order), TEXT, CONTEXT, CLAUSES) for order in permutations(items)}
    assert len(results) == 1


@given(st.lists(some_judged(), max_size=8))
def test_nothing_accusing_is_lost(items: list[Judged]) -> None:
    findings = fuse(items, TEXT, CONTEXT, CLAUSES)
    told = {f.subtype for f in findings} | {s.subtype for f in findings for s in f.secondary}
    for one in items:
        if one.verdict not in (None, Verdict.EXEMPT):
            assert one.candidate.subtype in told


@given(st.lists(some_judged(), max_size=8))
def test_heads_of_one_item_never_overlap(items: list[Judged]) -> None:
    heads = [g[0] for g in clusters(items) if g[0].verdict not in (None, Verdict.EXEMPT)]
    for a, b in combinations([h.candidate for h in heads], 2):
        assert a.item != b.item or iou(a.span, b.span) == 0


def test_a_guess_over_two_claims_does_not_make_one_of_both() -> None:
    guess = Judged(
        Candidate("m.contact_disclose", (0, 21), 0.9, (Reason(ReasonSource.MODEL, "classifier", "1"),)),
        Verdict.VIOLATION, 0.9, Severity.MEDIUM, SpeechAct.ASSERT, Target.NONE, None, (),
    )  # fmt: skip
    found = fuse(
        [judged("m.add_private", 3, 7), guess, judged("m.add_private", 14, 18)], TEXT, CONTEXT, CLAUSES
    )
    assert [(f.subtype, f.span) for f in found] == [("m.add_private", (3, 7)), ("m.add_private", (14, 18))]
