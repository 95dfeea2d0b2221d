"""`python -m training.thresholds`: how lexicon and model evidence combine, and the cut-off of each item.

Fits the weights of `service/judge/confidence.py` and the cut-offs of `lexicons/thresholds.yaml` on the
development lines, as they come out of the service's own lexicon, model and judge. To be run again whenever
one of the three changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from service.domain.context import AnalysisContext
from service.domain.vocabulary import Verdict
from service.entities.find import find_entities
from service.judge.confidence import Fusion, joined, logit
from service.judge.thresholds import Thresholds
from service.pipeline import Pipeline
from service.settings import Settings
from service.text.fold import fold
from training.calibrate import OVERLAP, common_threshold, item_thresholds, overlap
from training.data import Line, load
from training.samples import Role, role

ITEMS = "abcdefghijklmnop"
PASSED = 0.94
"""Share of the lawful development lines that must pass: false accusations are worse than misses."""
WITHOUT_MODEL = 0.6
"""Cut-off where no classifier is loaded: between the priors of weak entries (0.5), which are made to support
the model, and medium ones (0.75)."""
PENALTY = 0.01
_START = (0.0, 1.0, 1.0, -0.5, 0.0)
_BOUNDS = ((None, None), (0.0, None), (0.0, None), (None, 0.0), (None, None))
_HEAD = """\
# Confidence below which a candidate makes no finding, per item, and the weights of the fusion
# (service/judge/confidence.py). Written by `python -m training.thresholds`; do not edit by hand.
# Measured on {lines} development lines with lexicon {lexicon} and {model}: {passed:.1%} of
# the lawful lines pass and {found:.1%} of the violating lines are found with the right item.
version: 1
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate that the judge did not let off: log-odds of the prior (None: the model alone saw it), of
    the model's score and of lawful use; whether the labels agree; whether it only asks for proof; whether its
    line is lawful."""

    line: int
    item: int
    prior: float | None
    seen: float
    lawful: float
    right: bool
    proof: bool
    lawful_line: bool


def gather(pipeline: Pipeline, lines: Sequence[Line]) -> list[Evidence]:
    """Candidates of every line. Raises ValueError for a pipeline without a classifier."""
    if pipeline.classifier is None:
        raise ValueError("the fusion needs a classifier; set BOZHENG_CLASSIFIER")
    judge = replace(pipeline.judge, thresholds=Thresholds(0.0, {}, 0.0, pipeline.judge.fusion))
    found: list[Evidence] = []
    for number, line in enumerate(lines):
        text, context = fold(line.text), AnalysisContext(line.channel)
        (scores,) = pipeline.classifier.score([text], [context])
        candidates = [*pipeline.lexicon.match(text, context), *scores.candidates]
        every = judge.judge(candidates, text, find_entities(text), scores, context)
        for judged, prior in zip(every, joined(candidates), strict=True):
            candidate = judged.candidate
            near = [
                role(mark, line.lawful)
                for mark in line.marks
                if mark.item == candidate.item and overlap(mark.span, candidate.span) >= OVERLAP
            ]
            if judged.verdict is Verdict.EXEMPT or Role.SILENT in near:
                continue
            found.append(
                Evidence(
                    number,
                    ITEMS.index(candidate.item),
                    logit(prior) if prior else None,
                    logit(scores.score_span(candidate.item, candidate.span)),
                    logit(scores.exempt(candidate.span)),
                    Role.ACCUSES in near,
                    judged.verdict is Verdict.NEEDS_EVIDENCE,
                    line.lawful,
                )
            )
    return found


def fit_fusion(found: Sequence[Evidence]) -> Fusion:
    """Logistic regression with the signs that keep the confidence monotone. As in calibration, wrong guesses
    in violating lines are left out: the confidence is to part violating lines from lawful ones."""
    found = [one for one in found if one.right or one.lawful_line]
    known = np.array([one.prior is not None for one in found])
    prior = np.array([one.prior or 0.0 for one in found])
    seen = np.array([one.seen for one in found])
    lawful = np.array([one.lawful for one in found])
    sign = np.where([one.right for one in found], 1.0, -1.0)

    def cost(weights: np.ndarray) -> float:
        bias, lexicon, model, exempt, unseen = weights
        total = bias + lexicon * np.where(known, prior, unseen) + model * seen + exempt * lawful
        return float(np.logaddexp(0.0, -sign * total).mean() + PENALTY * (weights[1:] ** 2).sum())

    bias, lexicon, model, exempt, unseen = minimize(cost, _START, bounds=_BOUNDS).x
    prior_unseen = 1.0 / (1.0 + np.exp(-unseen))
    return Fusion(*(round(float(value), 4) for value in (bias, lexicon, model, exempt, prior_unseen)))


def confidence(one: Evidence, fusion: Fusion) -> float:
    """What `Fusion.confidence` says of this evidence."""
    prior = logit(fusion.unseen_prior) if one.prior is None else one.prior
    total = fusion.bias + fusion.lexicon * prior + fusion.model * one.seen + fusion.lawful * one.lawful
    return float(1.0 / (1.0 + np.exp(-total)))


def choose(
    found: Sequence[Evidence], fusion: Fusion, lines: Sequence[Line]
) -> tuple[Thresholds, float, float]:
    """Thresholds, the share of lawful lines that pass, and of violating lines found with the right item."""
    scores, right = np.zeros((len(lines), len(ITEMS))), np.zeros((len(lines), len(ITEMS)), bool)
    for one in found:
        if not (one.proof and lines[one.line].lawful):
            scores[one.line, one.item] = max(scores[one.line, one.item], confidence(one, fusion))
    for number, line in enumerate(lines):
        for mark in line.marks:
            right[number, ITEMS.index(mark.item)] |= not line.lawful and mark.code is None
    judged = np.array([not line.corrected for line in lines])
    lawful = np.array([line.lawful for line in lines]) & judged
    cuts = np.array(item_thresholds(scores[judged], right[judged], lawful[judged], PASSED))
    above = scores >= cuts
    passed = float((~above[lawful].any(axis=1)).mean())
    hits = float((above & right).any(axis=1)[~lawful & judged].mean())
    default = round(common_threshold(scores[judged], lawful[judged], PASSED), 4)
    items = dict(zip(ITEMS, cuts.tolist(), strict=True))
    return Thresholds(default, items, WITHOUT_MODEL, fusion), passed, hits


def main() -> None:
    """Fit on dev and rewrite `lexicons/thresholds.yaml`. How far words alone are to be trusted also rests on
    the ordinary talk among the training lines, since dev holds selling talk only; the cut-offs do not, since
    the model has seen those lines."""
    settings = Settings()
    pipeline, lines = Pipeline.load(settings), load("dev")
    found = gather(pipeline, lines)
    talk = gather(pipeline, [line for line in load("train") if line.ordinary])
    thresholds, passed, hits = choose(found, fit_fusion([*found, *talk]), lines)
    versions = pipeline.versions
    head = _HEAD.format(
        lines=len(lines), lexicon=versions.lexicon, model=versions.model, passed=passed, found=hits
    )
    write(settings.lexicons_dir / "thresholds.yaml", head, thresholds)
    print(f"{passed:.1%} of the lawful lines pass, {hits:.1%} of the violating ones are found")


def write(path: Path, head: str, thresholds: Thresholds) -> None:
    """The file as `Thresholds.load` reads it."""
    fusion = thresholds.fusion
    weights = {name: getattr(fusion, name) for name in ("bias", "lexicon", "model", "lawful", "unseen_prior")}
    body = "fusion:\n" + "".join(f"  {name}: {value}\n" for name, value in weights.items())
    body += f"without_model: {thresholds.without_model}\ndefault: {thresholds.default}\nitems:\n"
    body += "".join(f"  {item}: {cut}\n" for item, cut in thresholds.items.items())
    path.write_text(head + body, "utf-8")


if __name__ == "__main__":
    main()
