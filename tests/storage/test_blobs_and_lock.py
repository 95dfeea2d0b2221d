"""Blobs by content, and one process per folder."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from service.errors import BozhengError
from service.storage.blobs import BlobStore
from service.storage.embedded import open_embedded


def test_bytes_come_back_by_their_hash(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    digest = store.put(b"sound")
    assert digest == hashlib.sha256(b"sound").hexdigest() == store.put(b"sound")
    assert store.get(digest) == b"sound"
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


def test_a_damaged_blob_is_not_handed_out(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    digest = store.put(b"sound")
    (tmp_path / digest[:2] / digest).write_bytes(b"noise")
    with pytest.raises(OSError, match="damaged"):
        store.get(digest)


def test_what_cannot_be_written_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    digest = hashlib.sha256(b"sound").hexdigest()
    (tmp_path / "blobs" / digest[:2]).write_bytes(b"a file where a folder must be")
    with pytest.raises(BozhengError) as refused:
        store.put(b"sound")
    assert refused.value.problem.code == "storage.unavailable"


def test_an_interrupted_write_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    store = BlobStore(tmp_path)
    monkeypatch.setattr("service.storage.blobs.os.fsync", no_space)
    with pytest.raises(BozhengError):
        store.put(b"sound")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_second_process_is_refused_with_what_to_do(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from service.errors import BozhengError\n"
        "from service.storage.embedded import open_embedded\n"
        "try:\n    open_embedded(Path(sys.argv[1])).__enter__()\n"
        "except BozhengError as e: print(e.problem.code, '|', e.problem.advice_en, '|', e.detail)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with open_embedded(tmp_path):
        refused = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert refused.startswith("storage.locked | Stop the other service") and "process " in refused
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == ""
    with open_embedded(tmp_path):
        pass
