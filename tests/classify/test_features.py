"""Features: sound-alikes share a syllable, separators hide nothing, words are kept apart from characters."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.classify.features import UNKNOWN, WIDTH, Vocabulary, cut, word_grams

SYLLABLE_COLUMNS = slice(6, 8)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    sounds = ["微薇威", "信芯", "我窝"]
    plain = Vocabulary.build("加微信我", sounds, ())
    spoken = "加微信".translate(plain.spoken)
    return Vocabulary.build(
        "加微信我", sounds, ["加", "微信", spoken[:2], spoken, spoken[1:], "\t微信", "加微信"]
    )


def test_columns(vocabulary: Vocabulary) -> None:
    rows = vocabulary.encode("加微信")
    ids = vocabulary.ngram_ids
    assert rows.shape == (3, WIDTH)
    assert rows[:, 0].tolist() == [2, 3, 4]
    assert rows[:, 1].tolist() == [0, 1, 2]
    assert rows[0, 2:6].tolist() == [ids["加"], 0, ids["加微信"], 0]
    assert rows[1, 3] == ids["微信"]
    assert rows[0, 6:8].tolist() == [ids["加\ue001"], ids["加\ue001\ue002"]]
    assert (rows[2, 2:] == 0).all()


def test_words_have_their_own_columns(vocabulary: Vocabulary) -> None:
    starts, words = cut("买微信")
    rows = vocabulary.encode("买微信")
    for start, word in zip(starts, words, strict=True):
        assert rows[start, 8] == vocabulary.ngram_ids.get(f"\t{word}", 0)
    assert rows[:, 8].max() == vocabulary.ngram_ids["\t微信"]


@pytest.mark.parametrize("written", ["加薇芯", "加威信", "加 微 信", "加·微.信", "加微*芯"])
def test_sounds_see_through_disguise(vocabulary: Vocabulary, written: str) -> None:
    plain = vocabulary.encode("加微信")[:, SYLLABLE_COLUMNS]
    letters = [at for at, char in enumerate(written) if char.isalnum()]
    assert (vocabulary.encode(written)[letters, SYLLABLE_COLUMNS] == plain).all()


def test_unknown_characters(vocabulary: Vocabulary) -> None:
    assert vocabulary.encode("鑫").tolist() == [[UNKNOWN] + [0] * (WIDTH - 1)]
    assert vocabulary.encode("").shape == (0, WIDTH)


def test_words_are_counted_where_they_begin() -> None:
    starts, words = cut("今天，便宜 卖了")
    assert "".join(words) == "今天便宜卖了"
    assert starts[0] == 0
    assert word_grams(["加", "我", "微信"]) == [
        ["\t加", "\t我", "\t微信"],
        ["\t加\t我", "\t我\t微信", "\t微信\t"],
        ["\t加\t\t微信", "\t我\t\t", "\t微信\t\t"],
    ]


@given(st.text(max_size=60))
def test_any_text_has_one_row_a_character(text: str) -> None:
    vocabulary = Vocabulary.build("的", ["的得"], ["的", "\t的"])
    rows = vocabulary.encode(text)
    assert rows.shape == (len(text), WIDTH)
    assert (rows[:, 0] >= UNKNOWN).all()
    assert rows.dtype == np.int32


def test_kept_and_read_back(vocabulary: Vocabulary, tmp_path: Path) -> None:
    vocabulary.dump(tmp_path / "vocabulary.json")
    assert Vocabulary.load(tmp_path / "vocabulary.json") == vocabulary
