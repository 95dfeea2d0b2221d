"""Errors in lexicon files as a product: place, line, caret, what is wrong, how to mend it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from service.errors import BozhengError, ProblemType
from service.lexicon.schema import Place

LEXICON_INVALID = ProblemType(
    code="lexicon.invalid",
    status=422,
    title_en="The lexicon cannot be read",
    title_zh="词库文件有误",
    advice_en="Mend the lines named in the detail and load again; the lexicon in use is unchanged.",
    advice_zh="请按提示的行号修改后重新加载；正在使用的词库不受影响。",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place of a lexicon file, with what to do about it."""

    place: Place
    message: str
    advice: str = ""

    def render(self, lines: Sequence[str]) -> str:
        """`file:line:column: message`, the line with a caret under the column, and the advice."""
        place = self.place
        text = f"{place.file}:{place.line}:{place.column}: {self.message}"
        if 0 < place.line <= len(lines):
            gutter = f"{place.line:>5} | "
            before = lines[place.line - 1][: place.column - 1]
            pad = "".join("　" if ord(character) > 0x2E7F else " " for character in before)
            text += f"\n{gutter}{lines[place.line - 1]}\n{' ' * (len(gutter) - 2)}| {pad}^"
        return text + (f"\n      = {self.advice}" if self.advice else "")


LEXICON_INCOMPLETE = ProblemType(
    code="lexicon.incomplete",
    status=422,
    title_en="The lexicon has no entries for an item of the clause",
    title_zh="词库缺少某个条款项的条目",
    advice_en="Restore the item's file in the lexicons folder; nothing would be found of that item.",
    advice_zh="请恢复词库目录中该条款项的文件，否则该项什么都查不出。",
)


class LexiconError(BozhengError):
    """A lexicon that was refused: `problems` in the order of the files, `detail` rendered for people."""

    def __init__(self, problems: Iterable[Problem], sources: dict[str, list[str]]) -> None:
        self.problems = tuple(problems)
        rendered = "\n\n".join(
            problem.render(sources.get(problem.place.file, [])) for problem in self.problems
        )
        super().__init__(LEXICON_INVALID, rendered)


def nearest(name: str, known: Iterable[str]) -> str:
    """Advice naming the closest known name, or all of them when none is close."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(names)}"
