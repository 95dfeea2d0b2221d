"""Evasions: the same words with separators, pinyin, blanks, look-alike signs or digits by other names."""

import random

from pypinyin import Style, lazy_pinyin

from training.samples import Role, Sample

SEPARATORS = (".", "·", "-", " ", "*", "/", "、", "~", "_", "。", "丶", "，")
BLANKS = ("某", "x", "*", "什么", "那啥", "〇", "口", "某某")
SWAPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("微信", ("vx", "v信", "wx", "薇信", "威信", "卫星", "微❤", "绿色软件", "绿泡泡", "w信")),
    ("加我", ("+我", "➕我", "嘉我", "佳我", "家我")),
    ("加微", ("+v", "➕薇", "加薇", "家卫", "嘉维")),
    ("最", ("zui", "罪", "醉", "嘴", "蕞", "zuì", "醉醉")),
    ("第一", ("第①", "No1", "no.1", "D一", "地一", "弟一", "top1", "第1")),
    ("全网", ("全wang", "全網", "权网", "全WANG")),
    ("治", ("zhi", "制", "氵台", "智")),
    ("病", ("bing", "🤒", "并")),
    ("药", ("yao", "💊", "要", "葯")),
    ("钱", ("💰", "米", "qian", "前")),
    ("国家", ("guo家", "🇨🇳", "国j", "锅家")),
    ("群", ("裙", "峮", "qun", "羣")),
    ("返现", ("返xian", "fan现", "反现", "返❶现")),
    ("好评", ("好ping", "hp", "好平", "五⭐")),
    ("刷", ("耍", "s", "唰", "shua")),
    ("假", ("jia", "甲", "🐸", "贾")),
    ("高仿", ("高fang", "gf", "高访", "A货")),
    ("保证", ("bao证", "保zheng", "包证")),
    ("百分百", ("100%", "💯", "百fen百", "百分之百")),
    ("减肥", ("jian肥", "减fei", "剪肥", "减🍖")),
    ("癌", ("ai", "🦀症", "艾", "疒喦")),
    ("赌", ("du", "堵", "🎲", "睹")),
)
"""Own list after the evasion tables of handbook §2; each word with what it is written as instead."""
DIGITS = {
    "0": "零洞⓪０",
    "1": "一幺壹①１",
    "2": "二两贰②２",
    "3": "三叁③３",
    "4": "四肆④４",
    "5": "五伍⑤５",
    "6": "六陆⑥６",
    "7": "七拐柒⑦７",
    "8": "八捌⑧８",
    "9": "九勾玖⑨９",
}


def swap_words(sample: Sample, rng: random.Random) -> Sample:
    """Write known words as evaders do, wherever they stand, so that the disguise alone accuses nobody."""
    pieces = list(sample.text)
    for word, others in SWAPS:
        at = sample.text.find(word)
        while at >= 0:
            if rng.random() < 0.7 and all(pieces[i] == sample.text[i] for i in range(at, at + len(word))):
                pieces[at : at + len(word)] = [rng.choice(others), *[""] * (len(word) - 1)]
            at = sample.text.find(word, at + len(word))
    return sample.rewritten(pieces)


def separate(sample: Sample, rng: random.Random) -> Sample:
    """Put one separator between the characters of every marked span."""
    pieces = list(sample.text)
    for target in sample.targets:
        mark = rng.choice(SEPARATORS)
        for at in range(target.span[0], target.span[1] - 1):
            if rng.random() < 0.7:
                pieces[at] += mark
    return sample.rewritten(pieces)


def spell(sample: Sample, rng: random.Random, share: float = 0.4) -> Sample:
    """Write some characters of the marked spans in pinyin, or by its first letter."""
    pieces = list(sample.text)
    for at in _marked(sample):
        if rng.random() < share:
            style = Style.NORMAL if rng.random() < 0.7 else Style.FIRST_LETTER
            pieces[at] = lazy_pinyin(pieces[at], style=style)[0]
    return sample.rewritten(pieces)


def blank(sample: Sample, rng: random.Random) -> Sample:
    """Blank one character of each accusing span of four or more, as rooms do with 某 and 什么."""
    pieces = list(sample.text)
    for target in sample.targets:
        start, end = target.span
        if target.role is Role.ACCUSES and end - start >= 4:
            pieces[rng.randrange(start, end)] = rng.choice(BLANKS)
    return sample.rewritten(pieces)


def rename_digits(sample: Sample, rng: random.Random) -> Sample:
    """Draw other digits, and write some of them by other names."""
    pieces = list(sample.text)
    for at, char in enumerate(pieces):
        if char in DIGITS:
            digit = rng.choice("0123456789") if rng.random() < 0.5 else char
            pieces[at] = rng.choice(DIGITS[digit]) if rng.random() < 0.3 else digit
    return sample.rewritten(pieces)


def _marked(sample: Sample) -> list[int]:
    return [at for target in sample.targets for at in range(*target.span)]
