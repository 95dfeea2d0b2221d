"""Work counted in steps of the interpreter: the same on every machine, unlike seconds."""

import sys
from collections.abc import Callable


def interpreter_steps(work: Callable[[], object]) -> int:
    """How many calls and returns, of Python and of C, `work` takes."""
    count = 0

    def tick(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
