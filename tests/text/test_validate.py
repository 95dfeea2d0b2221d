"""What a text may be, and that nothing but the documented problems comes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import BozhengError
from service.text.fold import fold
from service.text.validate import MAX_CODE_POINTS, validate_text


@pytest.mark.parametrize("text", ["", "好", "\0\x07", "𠮷" * MAX_CODE_POINTS, "🐧" * 100])
def test_accepts(text: str) -> None:
    assert validate_text(text) == text


@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        ("好" * (MAX_CODE_POINTS + 1), "text.too_long", 413),
        ("好\ud800", "text.invalid_unicode", 422),
        ("\udfff", "text.invalid_unicode", 422),
        ("\udc00\ud800", "text.invalid_unicode", 422),
    ],
)
def test_refuses(text: str, code: str, status: int) -> None:
    with pytest.raises(BozhengError) as refused:
        validate_text(text)
    assert (refused.value.problem.code, refused.value.problem.status) == (code, status)


def test_says_where_the_text_is_broken() -> None:
    with pytest.raises(BozhengError, match=r"U\+D800 at offset 1"):
        validate_text("好\ud800")


@given(st.text())
def test_every_valid_text_can_be_sent_and_folded(text: str) -> None:
    validate_text(text).encode("utf-8")
    fold(text).folded.encode("utf-8")
