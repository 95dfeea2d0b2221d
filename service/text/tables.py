"""Reading of the generated tables of this room."""

from importlib.resources import files


def rows(name: str) -> list[tuple[str, str]]:
    """Left and right side of each line of a tab-separated table."""
    content = files(__package__).joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [(left, right) for left, _, right in (line.partition("\t") for line in content.splitlines())]
