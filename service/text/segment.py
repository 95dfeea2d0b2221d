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

    def knows(self, word: str) -> bool:
        """True for a word of the dictionary or of our own."""
        known: bool = self._jieba.has_word(word)
        return known

    def dictionary_boundaries(self, folded: str) -> frozenset[int]:
        """Like `boundaries`, but unknown characters stay apart instead of being guessed into names."""
        return _ends(self._jieba.cut(folded, hmm=False))

    def boundaries(self, folded: str) -> frozenset[int]:
        """Offsets at which a word starts or ends, with 0 and len(folded)."""
        return _ends(self.cut(folded))


def _ends(words: list[str]) -> frozenset[int]:
    at = 0
    found = {0}
    for word in words:
        at += len(word)
        found.add(at)
    return frozenset(found)
