"""Invented text is cut and reported; what was said stays."""

from dataclasses import replace
from pathlib import Path

import pytest

from service.asr.guards.chain import guard_chain
from service.asr.guards.guard import guarded
from service.asr.guards.outro import load_outros
from service.asr.passage import Passage
from service.asr.protocol import Word
from service.asr.settings import AsrSettings
from service.errors import BozhengError
from service.settings import Settings
from tests.asr.passages import passage

GUARDS = guard_chain(AsrSettings.of(Settings()))


def kept(*passages: Passage) -> str:
    return "|".join(p.text for p in guarded(passages, GUARDS)[0])


def reports(*passages: Passage) -> list[tuple[str, str]]:
    return [(r.guard, r.text) for r in guarded(passages, GUARDS)[1]]


TALK = "今天这款荞麦面一箱十二包"


@pytest.mark.parametrize(
    ("said", "guard"),
    [
        pytest.param(
            passage(TALK, no_speech_prob=0.7, avg_logprob=-1.2), "no_speech", id="no speech and unsure"
        ),
        pytest.param(passage(TALK, no_speech_prob=0.7, avg_logprob=-0.4), None, id="no speech but sure"),
        pytest.param(passage(TALK, no_speech_prob=0.1, avg_logprob=-1.4), None, id="unsure but speech"),
        pytest.param(
            passage(TALK, 5000, regions=((0, 1000),)), "outside_speech", id="4 s after the last speech"
        ),
        pytest.param(
            passage(TALK, 1300, regions=((0, 1000), (3700, 4000))), None, id="touches speech at both ends"
        ),
        pytest.param(
            passage(TALK, 5000, regions=((0, 1000),), timed=False), None, id="no word times to judge by"
        ),
    ],
)
def test_whole_passages(said: Passage, guard: str | None) -> None:
    assert reports(said) == ([(guard, TALK)] if guard else [])
    assert kept(said) == ("" if guard else TALK)


def test_words_that_run_on_from_speech_stay_and_a_phrase_of_its_own_goes() -> None:
    assert kept(passage("今天这款荞麦面", regions=((0, 300), (1300, 1400)))) == "今天这款荞麦面"
    said, invented = passage("今天", regions=((0, 400),)), passage("请不要走", 2000)
    both = replace(said, words=(*said.words, *invented.words))
    assert reports(both) == [("outside_speech", "请不要走")]
    assert kept(both) == "今天"


FINGERPRINTS = [
    "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
    "請不吝點贊訂閱轉發打賞支持明鏡與點點欄目",
    "打赏支持明镜与点点栏目",
    "明镜需要您的支持 欢迎订阅明镜",
    "字幕由Amara.org社区提供",
    "字幕由 Amara.org 社區提供",
    "由 Amara.org 社群提供的字幕",
    "中文字幕志愿者 杨栋梁",
    "字幕志愿者 李宗盛",
    "字幕制作：贝尔",
    "作词：李宗盛 作曲：李宗盛",
    "优优独播剧场——YoYo Television Series Exclusive",
    "未经著作权人许可 不得翻唱翻录或使用",
    "Subtitles by the Amara.org community",
    "字幕by索兰娅",
]


@pytest.mark.parametrize("line", FINGERPRINTS)
def test_a_fingerprint_is_cut_whatever_its_probability(line: str) -> None:
    assert reports(passage(line, avg_logprob=-0.05, no_speech_prob=0.0)) == [("known_outro", line)]


@pytest.mark.parametrize("line", FINGERPRINTS)
def test_a_fingerprint_after_speech_is_cut_and_the_speech_stays(line: str) -> None:
    assert kept(passage(TALK + "，" + line)) == TALK + "，"
    assert kept(passage(line + "。" + TALK)).endswith(TALK)


CLOSINGS = [
    "谢谢观看",
    "謝謝觀看！",
    "感谢您的观看",
    "我们下期再见",
    "谢谢大家",
    "請訂閱我的頻道",
    "点赞订阅转发",
    "（音乐）",
    "Thank you for watching",
    "谢谢观看，我们下期再见。",
    "多谢您的收看",
]


@pytest.mark.parametrize("line", CLOSINGS)
def test_a_closing_line_alone_in_doubtful_sound_is_cut(line: str) -> None:
    assert reports(passage(line, no_speech_prob=0.4)) == [("known_outro", line)]
    assert reports(passage(line, avg_logprob=-0.6)) == [("known_outro", line)]
    assert reports(passage(line, regions=((0, 20_000),))) == [("known_outro", line)]


@pytest.mark.parametrize("line", CLOSINGS)
def test_an_anchor_s_own_clear_goodbye_stays(line: str) -> None:
    assert reports(passage(line)) == []


@pytest.mark.parametrize("line", CLOSINGS)
def test_a_closing_line_next_to_other_words_stays_even_when_unsure(line: str) -> None:
    after = len(line) * 200 + 400
    assert reports(passage(line, avg_logprob=-0.9), passage(TALK, after)) == []
    assert reports(passage(TALK), passage(line, 200 * len(TALK) + 400, avg_logprob=-0.9)) == []


@pytest.mark.parametrize(
    "said",
    [
        "喜欢的点点赞，喜欢的点点关注",
        "谢谢大家观看我们直播，今天最后一款",
        "那句请不吝点赞订阅支持明镜栏目不是我说的，是字幕软件自己跑出来的",
        "后排的老人家看不清，导播帮我把字幕打大一点",
        "感谢大家的陪伴，明天晚上见",
        "点赞过万再来一条",
        "左上角的字幕有时候把豆瓣写成逗伴",
        "不要刷礼物，点个赞就行",
        "我们家这个面是我自己作词的广告歌",
        "明镜高悬这块牌匾是木头的",
    ],
)
@pytest.mark.parametrize("avg_logprob", [-0.1, -0.9])
def test_real_speech_of_the_trade_stays(said: str, avg_logprob: float) -> None:
    assert reports(passage(said, avg_logprob=avg_logprob)) == []


def test_a_line_inside_one_untimed_stretch_of_speech_stays() -> None:
    text = "那句请不吝点赞订阅支持明镜栏目不是我说的"
    untimed = replace(passage(text, timed=False), words=(Word(text, 0, 4000, 0.9),))
    assert reports(untimed) == []


def test_speech_after_a_long_silence_is_not_thrown_away_with_the_line_before_it() -> None:
    invented = passage("谢谢观看", no_speech_prob=0.5)
    said = passage("家人们三二一上链接", 8000)
    assert kept(invented, said) == "家人们三二一上链接"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        pytest.param("好的" * 12, "好的", id="a loop"),
        pytest.param(
            "今天" + "我们这里只要三十九，" * 9 + "谢谢", "今天我们这里只要三十九，谢谢", id="inside speech"
        ),
        pytest.param("来来来来来三二一", None, id="five of one character"),
        pytest.param("买它买它买它", None, id="three of two characters"),
        pytest.param("三二一三二一三二一上链接", None, id="counting down three times"),
        pytest.param("打幺三八八八八八八八八八", None, id="a mobile number of eights"),
        pytest.param("八" * 40, "八", id="more digits than a number has"),
        pytest.param("咔咔咔咔就干完了", None, id="four of a sound word"),
    ],
)
def test_loops_lose_their_echoes_and_salesmen_keep_theirs(said: str, left: str | None) -> None:
    assert kept(passage(said)) == (said if left is None else left)


def test_repeats_faster_than_a_mouth_are_cut_sooner() -> None:
    assert kept(passage("买它" * 4, per_char_ms=200)) == "买它" * 4
    assert kept(passage("来" + "买它" * 4, per_char_ms=50, regions=((0, 1000),))) == "来买它"
    assert kept(passage("八八八八八", per_char_ms=50, regions=((0, 1000),))) == "八八八八八"


@pytest.mark.parametrize(
    ("text", "ms", "cut"), [("九号链接直接拍", 300, True), ("九号链接直接拍", 700, False)]
)
def test_a_sentence_in_the_time_of_a_cough_is_cut(text: str, ms: int, cut: bool) -> None:
    assert reports(passage(text, per_char_ms=ms / len(text))) == ([("too_fast", text)] if cut else [])


def test_a_rushed_loop_that_is_all_there_is_leaves_nothing() -> None:
    assert kept(passage("一" * 200, per_char_ms=15)) == ""
    assert kept(passage("好的" * 12, per_char_ms=200)) == "好的"


def test_a_loop_with_variations_is_too_compressible() -> None:
    price = "".join(f"外面专柜卖一千三百三十九，我们这里只要{n}百三十九，" for n in "一二三四五六七八")
    assert [guard for guard, _ in reports(passage(price))] == ["compression"]
    said = "这款面膜原价九十九元，直播间只要五十九元，库存只剩最后三单。"
    assert kept(passage(said + price)).startswith(said)


@pytest.mark.parametrize("marks", [",", "，。", " … "])
def test_marks_alone_are_no_words(marks: str) -> None:
    assert guarded([passage(marks)], GUARDS) == ([], ())


def test_reports_say_when_and_why() -> None:
    _, (report,) = guarded([passage(TALK), passage("谢谢观看", 9000, no_speech_prob=0.5)], GUARDS)
    assert (report.guard, report.start_ms, report.end_ms) == ("known_outro", 9000, 9800)
    assert report.detail == "closing line, no-speech probability 0.50"


def test_every_pattern_of_the_list_compiles_and_none_matches_nothing() -> None:
    outros = load_outros(Settings().lexicons_dir / "asr_outros.yaml")
    assert outros.closings.fullmatch("谢谢观看") and not outros.closings.fullmatch("")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("fingerprints: [明镜(]\nclosings: [谢谢]", "明镜("),
        ("fingerprints: [明镜]\nclosings: ['(谢谢)?']", "(谢谢)?"),
        ("fingerprints: [明镜]", "closings"),
        ("fingerprints: {", "asr_outros.yaml"),
    ],
)
def test_a_broken_list_is_refused_with_its_place(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "asr_outros.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(BozhengError, match=r"asr\.outros_broken") as refused:
        load_outros(path)
    assert told in refused.value.detail
