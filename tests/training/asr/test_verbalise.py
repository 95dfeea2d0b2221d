"""Written text becomes the words that are heard."""

import pytest

from training.asr.verbalise import cardinal, clauses


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (7, "七"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1000, "一千"),
        (1005, "一千零五"),
        (1050, "一千零五十"),
        (10_000, "一万"),
        (10_500, "一万零五百"),
        (120_034, "十二万零三十四"),
        (100_000_000, "一亿"),
    ],
)
def test_numbers_are_read_as_mandarin_reads_them(number: int, words: str) -> None:
    assert cardinal(number) == words


def test_a_number_beyond_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no reading"):
        cardinal(10**12)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("原价199，现在9.9元！", ["原价一百九十九", "现在九点九元"]),
        ("打13800138000", ["打幺三八零零幺三八零零零"]),
        ("含量100%的棉", ["含量百分之一百的棉"]),
        ("2026年的新茶", ["二零二六年的新茶"]),
        ("尾号007", ["尾号零零七"]),
        ("这是ABC，好的", ["好的"]),
        ("全角１２块", ["全角十二块"]),
        ("➕V", []),
    ],
)
def test_clauses_hold_only_what_the_voice_says(text: str, spoken: list[str]) -> None:
    assert clauses(text) == spoken
