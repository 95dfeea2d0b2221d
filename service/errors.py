"""The error catalogue: every refusal has a stable code, an HTTP status and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of refusal. Titles and advice in both languages; `status` is the HTTP status."""

    code: str
    status: int
    title_en: str
    title_zh: str
    advice_en: str
    advice_zh: str


class BozhengError(Exception):
    """Base of every error that a caller can cause. `detail` says what was wrong with this input."""

    def __init__(self, problem: ProblemType, detail: str, **extra: object) -> None:
        super().__init__(f"{problem.code}: {detail}")
        self.problem = problem
        self.detail = detail
        self.extra = extra
