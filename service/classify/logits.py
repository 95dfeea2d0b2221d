"""The raw outputs of the network for one text."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Logits:
    """Outputs per folded character, n of them: `items` (n, items), `subtypes` (n, subtypes), `lawful` (n).

    `whole` and `wide` (n, items + 1; the last column is for any item) are the utterance scores of the window
    that each character was read in: of the whole network, and of its linear part alone.
    """

    items: Floats
    subtypes: Floats
    lawful: Floats
    whole: Floats
    wide: Floats


def sigmoid(logits: Floats) -> Floats:
    """Logistic function in single precision, safe for any finite logit."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0))), np.float32)
