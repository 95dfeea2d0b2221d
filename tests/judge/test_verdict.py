"""Ceilings, missing context, uncertain hearing, facts, home platform, whitelist: what the context changes."""

from dataclasses import replace

import pytest

from service.domain.context import AnalysisContext, Product
from service.domain.finding import Candidate, Judged, Reason
from service.domain.text import NormalizedText
from service.domain.vocabulary import Channel, Evasion, ReasonSource, Severity, SpeechAct, Target, Verdict
from service.entities.find import find_entities
from service.judge.judge import Judge
from service.judge.verdict import verdict_of
from service.text.fold import fold
from tests.judge.conftest import FOUND, JudgeSpans, Scores

SPEECH = AnalysisContext(channel=Channel.SPEECH)


def _only(judged: JudgeSpans, marked: str, context: AnalysisContext = SPEECH) -> Judged:
    [(_, answer)] = judged(marked, context)
    return answer


def _heard(judge: Judge, text: NormalizedText, candidate: Candidate) -> Judged:
    [answer] = judge.judge([candidate], text, find_entities(text), None, SPEECH)
    return answer


@pytest.mark.parametrize(
    ("subtype", "verdict"),
    [
        ("c.lowest_price", Verdict.VIOLATION),
        ("c.rank_first", Verdict.SUSPECTED),
        ("i.false_price", Verdict.NEEDS_EVIDENCE),
        ("d.dignity", Verdict.SUSPECTED),
    ],
)
def test_a_claim_gets_its_ceiling(judged: JudgeSpans, subtype: str, verdict: Verdict) -> None:
    assert _only(judged, f"家人们〖{subtype}:这就是那句话〗").verdict is verdict


def test_missing_context_lowers_a_violation(judge: Judge) -> None:
    subtype = replace(judge.clauses.subtypes["n.food_claim"], requires=("product_category",))
    table = replace(judge.clauses, subtypes={**judge.clauses.subtypes, "n.food_claim": subtype})
    candidate = Candidate("n.food_claim", (0, 2), 0.9, FOUND)
    known = AnalysisContext(channel=Channel.SPEECH, product=Product("p", category="普通食品"))
    assert verdict_of(candidate, None, SPEECH, table) is Verdict.SUSPECTED
    assert verdict_of(candidate, None, known, table) is Verdict.VIOLATION


def test_a_sound_alone_is_never_a_violation(judge: Judge) -> None:
    text = fold("这台抽水泵全网罪低价")
    heard = Candidate("c.lowest_price", (5, 10), 0.9, FOUND, asr_suspect=True)
    also_read = replace(heard, reasons=(*FOUND, Reason(ReasonSource.MODEL, "classifier", "1", score=0.9)))
    assert _heard(judge, text, heard).verdict is Verdict.SUSPECTED
    assert _heard(judge, text, also_read).verdict is Verdict.VIOLATION


def test_grave_hypotheticals_stay_suspected(judged: JudgeSpans) -> None:
    answer = _only(judged, "我打个比方啊要是真有人喊〖f.property_scam:把验证码报给我〗，你们早报警了哈哈")
    assert answer.verdict in (Verdict.SUSPECTED, Verdict.EXEMPT)
    grave = _only(judged, "小品里那句〖f.health_hazard:把降压药停了〗，笑死我了")
    assert (grave.verdict, grave.speech_act) == (Verdict.SUSPECTED, SpeechAct.HYPOTHETICAL)


def test_a_correction_is_recorded_but_not_counted(judged: JudgeSpans) -> None:
    answer = _only(judged, "刚才嘴瓢说成〖c.lowest_price:全网最低价〗，更正一下，是本店活动价")
    assert (answer.verdict, answer.countable) == (Verdict.SUSPECTED, False)
    assert answer.severity is Severity.LOW


FACTS = {"grades": ["特级"], "trademark": "至尊", "approved_functions": ["有助于增强免疫力"]}


@pytest.mark.parametrize(
    ("marked", "without", "verdict"),
    [
        ("按国标分的〖c.top_grade:特级〗，标准号在罐底", Verdict.NEEDS_EVIDENCE, Verdict.EXEMPT),
        ("这款就叫〖c.top_grade:至尊〗礼盒，注册商标", Verdict.NEEDS_EVIDENCE, Verdict.EXEMPT),
        ("喝了〖n.health_food:有助于增强免疫力〗", Verdict.VIOLATION, Verdict.EXEMPT),
        ("喝了〖n.health_food:抗癌〗", Verdict.VIOLATION, Verdict.VIOLATION),
    ],
)
def test_product_facts(judged: JudgeSpans, marked: str, without: Verdict, verdict: Verdict) -> None:
    told = AnalysisContext(channel=Channel.SPEECH, product=Product("p", category="保健食品", facts=FACTS))
    answer = _only(judged, marked)
    assert answer.verdict is not None and answer.verdict.rank <= without.rank
    assert _only(judged, marked, told).verdict is verdict


@pytest.mark.parametrize(
    ("marked", "home", "exempt"),
    [
        ("想要内部价〖m.add_private:加我微信〗", {"wechat"}, True),
        ("想要内部价〖m.add_private:加我微信〗", set(), False),
        ("想要内部价〖m.add_private:加我微信〗", {"taobao"}, False),
        ("〖m.external_platform:去淘宝搜我店名〗", {"taobao"}, True),
        ("〖m.external_platform:去淘宝搜店名再加我微信〗", {"taobao"}, False),
        ("这是我们〖o.competitor_platform:淘宝〗直播间第三年", {"taobao"}, True),
    ],
)
def test_home_platform(judged: JudgeSpans, marked: str, home: set[str], exempt: bool) -> None:
    context = AnalysisContext(channel=Channel.SPEECH, home_platform=frozenset(home))
    assert (_only(judged, marked, context).verdict is Verdict.EXEMPT) is exempt


def test_published_contacts_pass(judged: JudgeSpans) -> None:
    marked = "找我打〖m.contact_disclose:13800138000〗"
    published = AnalysisContext(channel=Channel.SPEECH, contact_whitelist=frozenset({"13800138000"}))
    other = AnalysisContext(channel=Channel.SPEECH, contact_whitelist=frozenset({"13900139000"}))
    assert _only(judged, marked, published).verdict is Verdict.EXEMPT
    assert _only(judged, marked, other).verdict is not Verdict.EXEMPT


@pytest.mark.parametrize(
    ("marked", "subtype"),
    [
        ("恭喜中奖的李秀英，手机号〖m.contact_disclose:13800138000〗", "f.privacy_leak"),
        ("要货的〖f.privacy_leak:13800138000〗直接打给我", "m.contact_disclose"),
        ("〖m.contact_disclose:13800138000〗", "m.contact_disclose"),
    ],
)
def test_the_owner_decides_between_m_and_f(judged: JudgeSpans, marked: str, subtype: str) -> None:
    assert _only(judged, marked).candidate.subtype == subtype


def test_a_bare_fan_group_needs_a_platform_without_groups(judged: JudgeSpans) -> None:
    marked = "想领券的〖m.private_group:进粉丝群〗"
    without = AnalysisContext(channel=Channel.SPEECH, has_platform_group=False)
    assert _only(judged, marked).verdict is Verdict.EXEMPT
    assert _only(judged, marked, without).verdict is Verdict.SUSPECTED


@pytest.mark.parametrize(
    ("marked", "severity"),
    [
        ("〖c.lowest_price:全网最低价〗", Severity.MEDIUM),
        ("叔叔阿姨这是〖n.food_claim:降血糖的果汁〗", Severity.CRITICAL),
        ("老年人领的〖b.official_project:国家补贴项目〗", Severity.CRITICAL),
        ("未成年小朋友们〖g.vulgar_sexual:看我脱一件〗", Severity.CRITICAL),
        ("这是〖c.best_quality:最有效的〗治疗仪能根治", Severity.HIGH),
    ],
)
def test_severity_follows_audience_and_effects(judged: JudgeSpans, marked: str, severity: Severity) -> None:
    assert _only(judged, marked).severity is severity


def test_severity_moves_one_step_at_most(judge: Judge) -> None:
    text = fold("叔叔阿姨全网最低价")
    plain = Candidate("c.lowest_price", (4, 9), 0.9, FOUND)
    hidden = replace(plain, evasion=Evasion.HOMOPHONE)
    uncertain = replace(hidden, asr_suspect=True)
    assert _heard(judge, text, hidden).severity is Severity.HIGH
    assert _heard(judge, text, uncertain).severity is Severity.MEDIUM
    evasive = Candidate("c.evasive_superlative", (4, 9), 0.9, FOUND, evasion=Evasion.PINYIN, asr_suspect=True)
    assert _heard(judge, text, evasive).severity is not Severity.LOW


@pytest.mark.parametrize(
    ("marked", "target"),
    [
        ("隔壁那家〖i.false_price:卖三百的〗", Target.COMPETITOR),
        ("这款〖c.best_quality:最好用的锅〗", Target.OWN_PRODUCT),
        ("〖j.disparage:隔壁都是垃圾〗", Target.COMPETITOR),
        ("〖f.privacy_leak:住和平路十八号〗", Target.CONSUMER),
        ("〖a.flag:国旗款〗", Target.STATE),
    ],
)
def test_target(judged: JudgeSpans, marked: str, target: Target) -> None:
    assert _only(judged, marked).target is target


def test_a_reason_names_rule_version_and_cue(judged: JudgeSpans, judge: Judge) -> None:
    text = "我们不敢说最好"
    answer = _only(judged, "我们不敢说〖c.best_quality:最好〗")
    [reason] = answer.reasons
    assert reason.cue is not None
    assert (reason.source, reason.id) == (ReasonSource.JUDGE, "SA_NEG")
    assert reason.version == judge.library.version
    assert "不敢" in text[slice(*reason.cue)]


def test_cues_are_reported_in_raw_characters(judge: Judge) -> None:
    raw = "我 们１２不敢说最好"
    text = fold(raw)
    start = raw.index("最好")
    candidate = Candidate("c.best_quality", (start, start + 2), 0.9, FOUND)
    cue = _heard(judge, text, candidate).reasons[0].cue
    assert cue is not None and "不敢" in raw[slice(*cue)]


def test_a_fact_without_proof_is_suspected(judged: JudgeSpans) -> None:
    answer = _only(judged, "按标准分的〖c.top_grade:特级〗，哪个标准我忘了，标签上没印")
    assert (answer.verdict, answer.exemption_code) == (Verdict.SUSPECTED, "ART7_BURDEN")


def test_one_act_for_the_same_words(judge: Judge) -> None:
    """The model's span has swallowed the cue; the lexicon's has not: the words are denied all the same."""
    text = fold("红薯就是红薯，谁跟你讲治便秘那种话俺不会讲")
    start = text.raw.index("治便秘")
    lexicon = Candidate("n.food_claim", (start, start + 3), 0.9, FOUND)
    model = Candidate("n.medical_claim", (start - 1, len(text.raw)), 0.9, FOUND)
    answers = judge.judge([model, lexicon], text, (), None, SPEECH)
    assert {a.speech_act for a in answers} <= {SpeechAct.NEGATE, SpeechAct.WARN}
    assert all(a.verdict is Verdict.EXEMPT for a in answers)


def test_what_is_below_the_threshold_has_no_verdict(judge: Judge) -> None:
    text = fold("这款全网最低价，我们不敢说最好")
    weak = Candidate("c.lowest_price", (2, 7), 0.05, FOUND)
    denied = Candidate("c.best_quality", (12, 14), 0.05, FOUND)
    claim, denial = judge.judge([weak, denied], text, (), Scores(seen=0.001, lawful=0.999), SPEECH)
    assert claim.verdict is None and claim.confidence < judge.thresholds.of("c", with_model=True)
    assert denial.verdict is Verdict.EXEMPT
