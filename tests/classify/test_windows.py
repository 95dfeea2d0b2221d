"""Windows over long texts: everything is read, once, with context on both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.classify.windows import BUCKET, OVERLAP, WINDOW, padded, windows


@given(st.integers(0, 3000))
def test_what_is_kept_covers_the_text_once(length: int) -> None:
    found = windows(length)
    kept = [place for window in found for place in range(window.keep_from, window.keep_to)]
    assert kept == list(range(length))
    for window in found:
        assert window.start <= window.keep_from < window.keep_to <= window.end <= length
        assert window.end - window.start == min(length, WINDOW)
        assert window.start == 0 or window.keep_from - window.start >= OVERLAP // 2
        assert window.end == length or window.end - window.keep_to >= OVERLAP // 2


@pytest.mark.parametrize(
    ("length", "bucket"), [(1, 16), (16, 16), (17, 32), (64, 64), (127, 128), (128, 128)]
)
def test_buckets(length: int, bucket: int) -> None:
    assert padded(length) == bucket
    assert padded(length) % BUCKET == 0
