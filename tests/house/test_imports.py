"""Who may import whom (docs/architecture.md §4): the walls of the house, held by reading the imports."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = {"domain", "settings", "errors"}

# room → rooms it may import beside itself and the shared ones
ALLOWED: dict[str, set[str]] = {
    "domain": set(),
    "settings": set(),
    "errors": set(),
    "model_store": set(),
    "text": set(),
    "entities": {"text"},
    "lexicon": {"text"},
    "classify": {"text", "model_store"},
    "judge": {"text", "entities", "classify"},
    "fuse": set(),
    "audio": set(),
    "asr": {"text", "model_store"},
    "pipeline": {"text", "entities", "lexicon", "classify", "judge", "fuse"},
    "storage": set(),
    "journal": {"storage"},
    "accounts": {"storage"},
    "streams": {"storage"},
    "ledger": {"storage"},
    "review": {"storage", "ledger"},
    "record": {"streams", "ledger", "review", "journal", "storage"},
    "worker": {"journal", "audio", "asr", "pipeline", "record", "streams", "storage"},
    "api": {
        "journal",
        "pipeline",
        "streams",
        "ledger",
        "review",
        "accounts",
        "text",
        "storage",
    },  # text: what a text must be
}
COMPOSERS = {"app", "cli", "__main__"}  # build the house from its rooms and may see all of them


def _room(path: Path) -> str:
    part = path.relative_to(ROOT / "service").parts[0]
    return part.removesuffix(".py")


def _imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


FILES = sorted(
    p for p in (ROOT / "service").rglob("*.py") if p.name != "__init__.py" or p.parent != ROOT / "service"
)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_import_only_their_neighbours(path: Path) -> None:
    room = _room(path)
    if room in COMPOSERS:
        return
    allowed = ALLOWED[room] | SHARED | {room}
    seen = {n.split(".")[1] for n in _imports(path) if n.startswith("service.")}
    assert seen <= allowed, f"{room} may not import {sorted(seen - allowed)}"


def test_the_domain_needs_the_standard_library_only() -> None:
    for path in (ROOT / "service" / "domain").rglob("*.py"):
        roots = {n.split(".")[0] for n in _imports(path)}
        assert roots <= sys.stdlib_module_names | {"service"}, path


def test_the_service_never_imports_training_or_eval() -> None:
    for path in FILES:
        assert not {n.split(".")[0] for n in _imports(path)} & {"training", "eval", "tests"}, path


def test_only_repositories_hold_queries() -> None:
    """SQL lives in storage/ and in files named repository.py, so that tenancy is checked in few places."""
    for path in FILES:
        if path.name == "repository.py" or _room(path) == "storage":
            continue
        queries = {
            n
            for n in _imports(path)
            if n.startswith("sqlalchemy")
            and n.split(".")[-1] in {"select", "insert", "update", "delete", "text"}
        }
        assert not queries, f"{path} imports {sorted(queries)}"


def test_every_room_is_used() -> None:
    """No empty shell: every folder of service/ holds code beside its docstring."""
    for folder in (ROOT / "service").iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            assert any(p.name != "__init__.py" for p in folder.rglob("*.py")), folder
