"""Small lexicons written for one test, loaded by the real loader."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

from service.domain.context import AnalysisContext
from service.domain.finding import Candidate
from service.domain.vocabulary import Channel
from service.lexicon.load import load_lexicon
from service.lexicon.match import Lexicon

SPEECH = AnalysisContext(Channel.SPEECH)

CLASSES = """
version: 1
tiers: {strong: 0.9, medium: 0.75, weak: 0.5}
classes:
  add_verb: [加, 添加]
  wechat: [微信, VX, "{green}"]
  green: [绿泡泡]
  praise: [好, 好用, 优质]
fragments:
  gap: "[^,。!?]{0,6}"
"""


_LOADED: dict[tuple[tuple[str, bytes], ...], Lexicon] = {}


@dataclass(frozen=True)
class Folder:
    """A lexicon folder that tests write into."""

    path: Path

    def write(self, name: str, content: str) -> Path:
        """Write one file and return its path."""
        target = self.path / name
        target.write_text(dedent(content), encoding="utf-8")
        return target

    def entries(self, content: str, item: str = "m") -> Path:
        """Write an item file with the given entries (YAML list elements)."""
        body = indent(dedent(content).strip("\n"), "  ")
        return self.write(f"{item}.yaml", f"item: {item}\nversion: 1\nentries:\n{body}\n")

    def load(self) -> Lexicon:
        """Load everything written so far; the same content is loaded once in a run."""
        files = sorted(self.path.glob("*.yaml"))
        content = tuple((file.name, file.read_bytes()) for file in files)
        if content not in _LOADED:
            _LOADED[content] = load_lexicon(self.path)
        return _LOADED[content]


Matcher = Callable[..., list[str]]


def words(text: str, candidates: list[Candidate]) -> list[str]:
    """Raw words of each candidate, in order."""
    return [text[slice(*candidate.span)] for candidate in candidates]
