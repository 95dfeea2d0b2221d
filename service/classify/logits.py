"""The raw outputs of the network for one text."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Logits:
    """Outputs per folded character, n of them: `items` (n, items), `subtypes` (n, subtypes), `lawful` (n).

    The others speak of the window that each character was read in: `peaks` (n, items) are the highest item
    logits in it, `whole` and `wide` (n, items + 1; the last column is for any item) its utterance logits, by
    the network and by its linear part alone.
    """

    items: Floats
    subtypes: Floats
    lawful: Floats
    peaks: Floats
    whole: Floats
    wide: Floats

    def rank(self, item: int, start: int, end: int) -> float:
        """How strongly the non-empty span speaks of the item: its best character and its window's words."""
        return float(self.items[start:end, item].max() + self.wide[start:end, item].max())

    def best_rank(self, start: int, end: int) -> float:
        """The highest rank that any span of any item has in the windows of [start, end)."""
        return float((self.peaks[start:end] + self.wide[start:end, :-1]).max())


def sigmoid(logits: Floats) -> Floats:
    """Logistic function in single precision, safe for any finite logit."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0))), np.float32)
