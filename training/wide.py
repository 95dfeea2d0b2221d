"""The wide part: a linear model over n-grams, fitted at once, that the network reads and corrects.

From random weights a network learns rare n-grams by heart before it learns anything else; an L2-regularised
linear model does not. So the linear model comes first. While the network trains, each line is seen through
weights fitted on the other folds, so that the evidence is as honest as it will be on unseen text; the shipped
model holds the mean of the folds.
"""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from service.classify.features import Vocabulary
from service.text.fold import fold
from training.batches import Labelling
from training.samples import Role, Sample

FOLDS = 4
STRENGTH = 10.0
"""Inverse of the L2 penalty (dev AUC of any item: 3 → 0.899, 10 → 0.900; flat)."""
RARITY = 1.5
"""Power of the inverse document frequency (dev AUC: 0 → 0.885, 1 → 0.898, 1.5 → 0.900)."""
NEVER = -6.0
"""Bias of an item that no line of the folds is accused of: about one line in four hundred."""
Table = npt.NDArray[np.float32]


def fold_of(sample: Sample) -> int:
    """Fold of a line; both lines of a contrast pair are in one."""
    return crc32((sample.pair or sample.text).encode()) % FOLDS


def bags(samples: Sequence[Sample], vocabulary: Vocabulary) -> csr_matrix:
    """N-gram counts of each text over the root of its length, shape (samples, n-grams + 1)."""
    columns: list[np.ndarray] = []
    values: list[np.ndarray] = []
    ends = [0]
    for sample in samples:
        grams = vocabulary.encode(fold(sample.text).folded)[:, 2:]
        known = grams[grams > 0]
        columns.append(known)
        values.append(np.full(len(known), scale(len(grams)), np.float32))
        ends.append(ends[-1] + len(known))
    size = (len(samples), len(vocabulary.ngrams) + 1)
    return csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=size)


def scale(length: int) -> float:
    """What a sum over the n-grams of a text of `length` characters is multiplied by."""
    return 1.0 / float(np.sqrt(max(length, 1)))


def fit_wide(samples: Sequence[Sample], vocabulary: Vocabulary, labels: Labelling) -> tuple[Table, Table]:
    """Weights (folds, n-grams + 1, items + 1), each fitted on the other folds; biases (folds, items + 1)."""
    matrix = bags(samples, vocabulary)
    rarity = _rarity(matrix)
    matrix = matrix @ diags(rarity)
    folds = np.array([fold_of(sample) for sample in samples])
    targets = np.stack([_targets(sample, labels) for sample in samples])
    outputs = targets.shape[1]
    weights = np.zeros((FOLDS, matrix.shape[1], outputs), np.float32)
    biases = np.zeros((FOLDS, outputs), np.float32)
    for held_out in range(FOLDS):
        seen = np.flatnonzero(folds != held_out)
        for output in range(outputs):
            if len(np.unique(targets[seen, output])) < 2:
                biases[held_out, output] = NEVER
                continue
            model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
            model.fit(matrix[seen], targets[seen, output])
            weights[held_out, :, output] = model.coef_[0] * rarity
            biases[held_out, output] = model.intercept_[0]
    weights[:, 0] = 0.0
    return weights, biases


def _rarity(matrix: csr_matrix) -> npt.NDArray[np.float64]:
    """Inverse document frequency to the power RARITY, scaled so that a text has length 1 on average."""
    count = np.asarray((matrix > 0).sum(axis=0)).ravel()
    rarity = (np.log((1 + matrix.shape[0]) / (1 + count)) + 1) ** RARITY
    squares = (matrix @ diags(rarity)).power(2).sum(axis=1)
    return np.asarray(rarity / np.sqrt(squares.mean()))


def _targets(sample: Sample, labels: Labelling) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(labels.items) + 1, np.bool_)
    for target in sample.targets:
        if target.role is Role.ACCUSES:
            found[[labels.item_ids[target.subtype[0]], -1]] = True
    return found
