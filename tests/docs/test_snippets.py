"""The Python in docs/*.md runs from top to bottom and prints what the page shows.

A block with `>>>` is a doctest; any other is executed. The blocks of one page share their names, as a reader
who types them would.
"""

import doctest
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

DOCS = Path(__file__).parents[2] / "docs"
LEAST = {"api.md": 9, "concepts.md": 14}
"""Snippets that a page must have: a page whose snippets were lost would pass by silence."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fenced block; `line` is that of its first line of code, from 0."""

    code: str
    line: int


def snippets(page: Path) -> Iterator[Snippet]:
    """The python blocks of a page, in order."""
    for token in MarkdownIt().parse(page.read_text("utf-8")):
        if token.type == "fence" and token.info.split()[:1] == ["python"] and token.map:
            yield Snippet(token.content, token.map[0] + 1)


def run(snippet: Snippet, page: str, names: dict[str, object]) -> None:
    """Run one snippet in the page's namespace. Raises with the difference if it prints something else."""
    if ">>>" not in snippet.code:
        exec(compile("\n" * snippet.line + snippet.code, page, "exec"), names)  # noqa: S102 our own pages
        return
    examples = doctest.DocTestParser().get_examples(snippet.code, page)
    test = doctest.DocTest(examples, names, page, page, snippet.line, snippet.code)
    test.globs = names
    told: list[str] = []
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    doctest.DocTestRunner(optionflags=flags).run(test, out=told.append, clear_globs=False)
    assert not told, "".join(told)


PAGES = [page for page in sorted(DOCS.glob("*.md")) if any(snippets(page))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_snippets_of_a_page_run(page: Path) -> None:
    names: dict[str, object] = {"__name__": page.stem}
    try:
        for snippet in snippets(page):
            run(snippet, page.name, names)
    finally:  # a page that fails half-way must not leave its service running
        for value in names.values():
            if isinstance(value, ExitStack):
                value.close()


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_a_page_keeps_its_snippets(name: str, least: int) -> None:
    assert len(list(snippets(DOCS / name))) >= least
