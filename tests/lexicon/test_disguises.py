"""Words in disguise: found, marked with how they were hidden, and led back to the raw characters."""

import pytest

from service.domain.context import AnalysisContext
from service.domain.vocabulary import Channel, Evasion
from service.text.fold import fold
from tests.lexicon.folders import SPEECH, Folder

ENTRIES = """
- {id: m.x.add, subtype: m.x, pattern: "{add_verb}我?{wechat}", hit: [a]}
- {id: m.z.v, subtype: m.z, pattern: "加[vq](?:领|群)", hit: [a]}
- {id: m.y.best, subtype: m.y, terms: [最好用, 顶级, 最低价], hit: [a]}
"""

DISGUISED = [  # the brackets mark the raw span
    ("快【加-微-信】聊", Evasion.SPLIT_CHAR),
    ("【加…那个…微…信】", Evasion.SPLIT_CHAR),
    ("【加，微，信】", Evasion.SPLIT_CHAR),
    ("【加 我 微 信】", Evasion.SPLIT_CHAR),
    ("【加微亻言】", Evasion.SPLIT_CHAR),
    ("【曰取好用】", Evasion.SPLIT_CHAR),
    ("【➕VX】领券", Evasion.EMOJI),
    ("【➕微🌸信】", Evasion.EMOJI),
    ("【zui好用】的", Evasion.PINYIN),
    ("【ZUÌ 好用】的", Evasion.PINYIN),
    ("【dingji】嫩芽", Evasion.PINYIN),
    ("【jia微xin】", Evasion.PINYIN),
    ("【jia weixin】", Evasion.PINYIN),
    ("【jia 微信】", Evasion.PINYIN),
    ("【jia V领】券", Evasion.PINYIN),
    ("快【jiaq群】", Evasion.PINYIN),
    ("【加 微信】", Evasion.SPLIT_CHAR),
    ("【最di价】", Evasion.PINYIN),
]


@pytest.mark.parametrize(("marked", "evasion"), DISGUISED)
def test_finds_disguised_words(folder: Folder, marked: str, evasion: Evasion) -> None:
    folder.entries(ENTRIES)
    start, end = marked.index("【"), marked.index("】") - 1
    text = marked.replace("【", "").replace("】", "")
    (found,) = folder.load().match(fold(text), SPEECH)
    assert (text[slice(*found.span)], found.evasion) == (text[start:end], evasion)


HONEST = [
    "想加，微信支付也行",
    "顶，级别很高",
    "最低 价格",
    "die is cast, he can 加",
    "zui",
    "jia vivo手机",
    "mega v领",
    "今天最好，用完再买",
    "➕好友的功能",
    "加油-微笑-信心",
    "要加 微信支付",
    "加，微信支付也行",
]


@pytest.mark.parametrize("text", HONEST)
def test_makes_no_words_of_honest_writing(folder: Folder, text: str) -> None:
    folder.entries(ENTRIES)
    assert folder.load().match(fold(text), SPEECH) == []


def test_a_plain_hit_stays_plain(folder: Folder) -> None:
    folder.entries(ENTRIES)
    (found,) = folder.load().match(fold("加-油，加我微信吧"), SPEECH)
    assert found.evasion is Evasion.NONE


PHONETIC = """
- id: m.x.low
  subtype: m.x
  terms: [最低价, 全网最低, 开光]
  phonetic: {kind}
  phonetic_context: [{context}]
  tier: strong
  hit: [a]
"""


def phonetic(folder: Folder, text: str, kind: str = "true", context: str = "") -> list[str]:
    """Raw words that an entry matched by sound finds."""
    body = PHONETIC.replace("{kind}", kind).replace("{context}", context)
    if not context:
        body = body.replace("  phonetic_context: []\n", "")
    folder.entries(body)
    return [text[slice(*found.span)] for found in folder.load().match(fold(text), SPEECH)]


SOUNDS = [
    ("全网罪低价", "true", "", ["全网罪低价"]),
    ("嘴低价", "true", "", ["嘴低价"]),
    ("开关的手串", "true", "", []),
    ("开广的手串", "true", "手串", ["开广"]),
    ("开广的衣服", "true", "手串", []),
    ("开广" + "的" * 13 + "手串", "true", "手串", []),
    ("醉低家", "true", "", ["醉低家"]),
    ("罪滴价", "true", "", ["罪滴价"]),
    ("追低价", "true", "", ["追低价"]),
    ("追地价", "true", "", []),
    ("开关的手串", "fuzzy", "手串", ["开关"]),
    ("全万最低", "true", "", ["全万最低"]),
    ("圈玩最低", "fuzzy", "", ["圈玩最低"]),
]


@pytest.mark.parametrize(("text", "kind", "context", "expected"), SOUNDS)
def test_hears_terms(folder: Folder, text: str, kind: str, context: str, expected: list[str]) -> None:
    assert phonetic(folder, text, kind, context) == expected


@pytest.mark.parametrize(("channel", "suspect"), [(Channel.SPEECH, True), (Channel.DANMU, False)])
def test_a_hit_by_sound_needs_a_second_cue(folder: Folder, channel: Channel, suspect: bool) -> None:
    phonetic(folder, "")
    (heard,) = folder.load().match(fold("罪低价"), AnalysisContext(channel))
    (read,) = folder.load().match(fold("最低价"), AnalysisContext(channel))
    assert (heard.evasion, heard.asr_suspect, heard.score) == (Evasion.HOMOPHONE, suspect, 0.75)
    assert (read.evasion, read.asr_suspect, read.score) == (Evasion.NONE, False, 0.9)


def test_classes_are_heard_inside_patterns(folder: Folder) -> None:
    """Words of classes and terms are read by sound; what is a word as it is written is left alone."""
    folder.write("classes.yaml", "version: 1\nclasses:\n  claim: [稳赚不赔, 审查, 民警, 销量, 顶级]\n")
    folder.entries('- {id: m.x.p, subtype: m.x, pattern: "(?:没过|是)?{claim}[的了]", hit: [a]}')
    lexicon = folder.load()

    def heard(text: str) -> list[str]:
        return [text[slice(*found.span)] for found in lexicon.match(fold(text), SPEECH)]

    assert heard("项目稳转不陪的") == ["稳转不陪的"]
    assert heard("东西没过审茶的") == ["没过审茶的"]
    assert heard("他是民井的") == ["是民井的"]
    assert heard("消量的数") == ["消量的"]
    assert heard("定级的考试") == []
    assert heard("是名井的") == []
