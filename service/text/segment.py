"""Word boundaries by rjieba (jieba's dictionary and algorithm in Rust; a test holds that both cut alike)."""

from collections.abc import Iterable

from rjieba import Jieba


class Segmenter:
    """jieba's dictionary plus words of our own. Read-only after construction; linear in the text."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._jieba = Jieba()
        for word in words:
            if len(word) > 1 and not self._jieba.has_word(word):
                self._jieba.add_word(word, None, None)

    def cut(self, folded: str) -> list[str]:
        """Words of a folded text in order; their concatenation is the text."""
        words: list[str] = self._jieba.cut(folded, hmm=True)
        return words

    def boundaries(self, folded: str) -> frozenset[int]:
        """Offsets at which a word starts or ends, with 0 and len(folded)."""
        at = 0
        found = {0}
        for word in self.cut(folded):
            at += len(word)
            found.add(at)
        return frozenset(found)
