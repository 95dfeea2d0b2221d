"""Rebuild the data tables of this room: `python -m service.text.build_tables`.

Needs `opencc`, `pypinyin` and `jieba`, which nothing needs at run time. The output is deterministic for their
versions and is committed; a test compares a rebuild with what is committed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from math import log2
from pathlib import Path

DATA = Path(__file__).parent / "data"
_CJK_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_PINYIN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))


def _characters(blocks: tuple[tuple[int, int], ...]) -> Iterator[str]:
    for first, last in blocks:
        yield from map(chr, range(first, last + 1))


def simplified_pairs() -> list[tuple[str, str]]:
    """(traditional, simplified) for every CJK code point that opencc's t2s changes."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    pairs = []
    for character in _characters(_CJK_BLOCKS):
        target = convert(character)
        while len(target) == 1 and convert(target) not in (target, character):
            target = convert(target)
        if len(target) == 1 and target != character:
            pairs.append((character, target))
    return pairs


def readings(simplify: dict[str, str]) -> dict[str, str]:
    """Most common toneless syllable (ü written v) of each character that is its own simplified form."""
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PINYIN_DICT

    return {
        character: lazy_pinyin(character)[0]
        for character in _characters(_PINYIN_BLOCKS)
        if ord(character) in PINYIN_DICT and character not in simplify
    }


def phrase_readings(single: dict[str, str], simplify: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Phrases read otherwise than their characters one by one (重庆: chong qing)."""
    from pypinyin import Style
    from pypinyin.constants import PHRASES_DICT
    from pypinyin.style import convert

    syllables = set(single.values())
    differing: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(PHRASES_DICT):
        folded = "".join(simplify.get(character, character) for character in phrase)
        spoken = tuple(convert(options[0], Style.NORMAL, strict=True) for options in PHRASES_DICT[phrase])
        plain = tuple(single.get(character, "") for character in folded)
        known = len(spoken) == len(plain) and all(plain) and syllables.issuperset(spoken)
        if known and spoken != plain:
            differing.setdefault(folded, spoken)
    return differing


def rarities() -> dict[int, list[str]]:
    """Bits (-log2 of the share among Chinese characters) → characters, from jieba's word counts."""
    import jieba  # type: ignore[import-untyped]  # jieba ships no types

    counts: Counter[str] = Counter()
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, *_ = line.decode("utf-8").split()
            for character in word:
                if "\u4e00" <= character <= "\u9fff":
                    counts[character] += int(count)
    total = counts.total()
    by_bits: dict[int, list[str]] = defaultdict(list)
    for character in sorted(counts):
        if counts[character]:
            by_bits[round(-log2(counts[character] / total))].append(character)
    return by_bits


def tables() -> dict[str, str]:
    """File name → content of every generated table."""
    pairs = simplified_pairs()
    simplify = dict(pairs)
    single = readings(simplify)
    phrases = sorted(phrase_readings(single, simplify).items())
    by_syllable: dict[str, list[str]] = defaultdict(list)
    for character, syllable in single.items():
        by_syllable[syllable].append(character)
    return {
        "simplified.txt": "".join(f"{old}{new}\n" for old, new in pairs),
        "syllables.tsv": "".join(f"{name}\t{''.join(by_syllable[name])}\n" for name in sorted(by_syllable)),
        "rarity.tsv": "".join(f"{bits}\t{''.join(signs)}\n" for bits, signs in sorted(rarities().items())),
        "phrases.tsv": "".join(f"{phrase}\t{' '.join(spoken)}\n" for phrase, spoken in phrases),
    }


def main() -> None:
    """Write every table into the data folder."""
    DATA.mkdir(exist_ok=True)
    for name, content in tables().items():
        (DATA / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
