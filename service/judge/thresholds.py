"""Reads `lexicons/thresholds.yaml`: cut-offs per item and the weights of the fusion."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import yaml

from service.errors import BozhengError, ProblemType
from service.judge.confidence import Fusion

THRESHOLDS_INVALID = ProblemType(
    code="lexicon.thresholds_invalid",
    status=422,
    title_en="The thresholds cannot be read",
    title_zh="阈值文件有误",
    advice_en="Mend the field named in the detail and load again; what is in use stays unchanged.",
    advice_zh="请按提示修改字段后重新加载；正在使用的内容不受影响。",
)
_ITEMS = frozenset("abcdefghijklmnop")
_WEIGHTS = ("bias", "lexicon", "model", "lawful", "unseen_prior")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Confidence 0–1 below which nothing is reported (by item; for words alone), and the fusion's weights."""

    default: float
    items: Mapping[str, float]
    without_model: float
    fusion: Fusion

    def of(self, item: str, with_model: bool) -> float:
        """Cut-off of an item; without a model the confidence is the lexicon's prior and has its own."""
        return self.items.get(item, self.default) if with_model else self.without_model

    @classmethod
    def load(cls, path: Path) -> Self:
        """Raises BozhengError `lexicon.thresholds_invalid` naming the field that is wrong."""
        try:
            table = yaml.safe_load(path.read_text("utf-8"))
        except yaml.YAMLError as error:
            raise BozhengError(THRESHOLDS_INVALID, f"{path.name}: {error}") from error
        if not isinstance(table, dict):
            raise BozhengError(THRESHOLDS_INVALID, f"{path.name}: expected a mapping")
        weights = table.get("fusion")
        if not isinstance(weights, dict) or set(weights) != set(_WEIGHTS):
            raise BozhengError(THRESHOLDS_INVALID, f"{path.name}: fusion needs {', '.join(_WEIGHTS)}")
        items = table.get("items") or {}
        if unknown := set(items) - _ITEMS:
            raise BozhengError(THRESHOLDS_INVALID, f"{path.name}: items: unknown {sorted(unknown)}")
        try:
            fusion = Fusion(**{name: float(weights[name]) for name in _WEIGHTS})
            default, cuts = float(table["default"]), {k: float(v) for k, v in items.items()}
            alone = float(table["without_model"])
        except (KeyError, TypeError, ValueError) as error:
            raise BozhengError(THRESHOLDS_INVALID, f"{path.name}: {error}") from error
        return cls(default, cuts, alone, fusion)
