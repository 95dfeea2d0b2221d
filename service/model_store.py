"""Model folders: what the manifest says, and that the files are those it speaks of.

A folder holds `manifest.json`, a card, and the files of the model. The manifest names every file with its
SHA-256; a file that it does not name is not part of the model and is never loaded.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.errors import BozhengError, ProblemType

MANIFEST = "manifest.json"

MODEL_MISSING = ProblemType(
    code="model.missing",
    status=503,
    title_en="The model folder is missing or has no readable manifest",
    title_zh="缺少模型目录，或其 manifest.json 无法读取",
    advice_en="Put the model folder with its manifest.json under models/, or correct the model's name in the "
    "settings.",
    advice_zh="请把带有 manifest.json 的模型目录放到 models/ 下，或改正设置里的模型名。",
)
HASH_MISMATCH = ProblemType(
    code="model.hash_mismatch",
    status=503,
    title_en="A model file is not the one its manifest names",
    title_zh="模型文件与 manifest.json 记录的不一致",
    advice_en="Restore the file from the release, or export the model again, which rewrites the manifest.",
    advice_zh="请从发布包恢复该文件，或重新导出模型以更新 manifest.json。",
)
MANIFEST_EXISTS = ProblemType(
    code="model.manifest_exists",
    status=409,
    title_en="The model folder has a manifest already",
    title_zh="模型目录已有 manifest.json",
    advice_en="Use it as it is, or remove the manifest first if the files were replaced on purpose.",
    advice_zh="请直接使用；若确实更换了文件，请先删除 manifest.json。",
)


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """Name, version and files of a model. `files` maps a path inside the folder to its SHA-256 (hex);
    `details` holds what only this kind of model has (labels, thresholds, measurements)."""

    name: str
    version: str
    licence: str
    files: Mapping[str, str]
    demo_only: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """`name@version+digest`, the digest over all files: stored with everything the model said."""
        lines = "".join(f"{path} {digest}\n" for path, digest in sorted(self.files.items()))
        return f"{self.name}@{self.version}+{hashlib.sha256(lines.encode()).hexdigest()[:12]}"


def load_manifest(folder: Path) -> ModelManifest:
    """Read `manifest.json`. Raises BozhengError `model.missing`."""
    try:
        data = json.loads((folder / MANIFEST).read_text("utf-8"))
        own = {key: data.pop(key) for key in ("name", "version", "licence", "files")}
        return ModelManifest(**own, demo_only=bool(data.pop("demo_only", False)), details=data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BozhengError(MODEL_MISSING, f"{folder.name}/{MANIFEST}: {error}") from error


def verify(folder: Path) -> ModelManifest:
    """The manifest, once every file it names has the SHA-256 it states.

    Raises BozhengError `model.missing` or `model.hash_mismatch` (also for a file that is not there or that
    lies outside the folder).
    """
    manifest = load_manifest(folder)
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            raise BozhengError(HASH_MISMATCH, f"{folder.name}/{name} is not there")
        with path.open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
        if actual != expected:
            raise BozhengError(
                HASH_MISMATCH, f"{folder.name}/{name} has {actual[:12]}…, not {expected[:12]}…"
            )
    return manifest


def adopt(folder: Path, name: str, version: str, licence: str, details: Mapping[str, Any]) -> ModelManifest:
    """Write `manifest.json` for a folder that has none: every file in it with its SHA-256.

    Raises BozhengError `model.missing` for a folder without files, `model.manifest_exists` for one that has a
    manifest (a manifest is a record of what was released; it is not overwritten).
    """
    if (folder / MANIFEST).exists():
        raise BozhengError(MANIFEST_EXISTS, f"{folder / MANIFEST} is there")
    names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    if not names:
        raise BozhengError(MODEL_MISSING, f"{folder} holds no files")
    files = {}
    for path in names:
        with (folder / path).open("rb") as file:
            files[path] = hashlib.file_digest(file, "sha256").hexdigest()
    manifest = {"name": name, "version": version, "licence": licence, "files": files, **details}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return load_manifest(folder)
