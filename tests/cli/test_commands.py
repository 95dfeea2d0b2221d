"""The commands as a person types them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app

AUDIO = Path(__file__).parents[1] / "fixtures" / "audio"
run = CliRunner().invoke


def test_words() -> None:
    result = run(app, ["check", "家人们这个价全网最低价"])
    assert result.exit_code == 0
    assert "c.lowest_price" in result.stdout and "【" in result.stdout


def test_words_as_json() -> None:
    result = run(app, ["check", "--json", "加我微信"])
    document = json.loads(result.stdout)
    assert document["verdict"] == "review"
    assert document["findings"][0]["subtype"] == "m.add_private"


def test_a_clip() -> None:
    result = run(app, ["check", "--json", str(AUDIO / "lowest_price.wav")])
    document = json.loads(result.stdout)
    assert "全网最低" in document["text"]
    (finding,) = [f for f in document["findings"] if f["subtype"] == "c.lowest_price"]
    gold = json.loads((AUDIO / "gold.json").read_text(encoding="utf-8"))["lowest_price.wav"]
    characters = {c: (start, end) for c, start, end in gold["characters"]}
    assert abs(finding["start_ms"] - characters["全"][0]) <= 150
    assert abs(finding["end_ms"] - characters["低"][1]) <= 400


@pytest.mark.parametrize("arguments", [["check"], ["check", "x", "--jsonl", "y"], ["check", "none.wav"]])
def test_misuse_is_explained(arguments: list[str]) -> None:
    result = run(app, arguments)
    assert result.exit_code == 2
    assert "Usage" in result.stderr or "such file" in result.stderr


def test_a_clip_that_is_none(tmp_path: Path) -> None:
    clip = tmp_path / "clip.wav"
    clip.write_bytes(b"this is no sound")
    result = run(app, ["check", str(clip)])
    assert result.exit_code == 2 and "audio.unsupported_container" in result.stderr


def test_a_key_is_made_once_and_only_its_hash_is_kept(tmp_path: Path) -> None:
    result = run(app, ["keys", "create", "--role", "platform", "--label", "me", "--data-dir", str(tmp_path)])
    secret = result.stdout.strip()
    assert result.exit_code == 0 and secret.startswith("bozheng_")
    assert (
        run(app, ["keys", "revoke", "default", secret.split("_")[1], "--data-dir", str(tmp_path)]).exit_code
        == 0
    )
    assert run(app, ["keys", "revoke", "default", "none", "--data-dir", str(tmp_path)]).exit_code == 2
    kept = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert secret.encode() not in kept and secret.rpartition("_")[2].encode() not in kept


def test_a_model_from_elsewhere_gets_its_manifest_once(tmp_path: Path) -> None:
    folder = tmp_path / "whisper-small"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"weights")
    adopt = ["models", "adopt", str(folder), "--name", "whisper-small", "--licence", "MIT"]
    assert run(app, adopt).stdout.startswith("whisper-small@1+")
    assert run(app, ["models", "verify", str(folder)]).exit_code == 0
    assert "model.manifest_exists" in run(app, adopt).stderr
    (folder / "model.bin").write_bytes(b"other weights")
    changed = run(app, ["models", "verify", str(folder)])
    assert changed.exit_code == 2 and "model.hash_mismatch" in changed.stderr


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BOZHENG_ENV", "production", "asr.demo_model_in_production"),
        ("BOZHENG_ENV", "prod", "settings.invalid: BOZHENG_ENV"),
        ("BOZHENG_HTTP__PORT", "abc", "settings.invalid: BOZHENG_HTTP__PORT"),
        ("BOZHENG_DATADIR", "x", "BOZHENG_DATADIR is no setting"),
        ("BOZHENG_MODELS_DIR", "nowhere", "model.missing"),
        ("BOZHENG_LEXICONS_DIR", "nowhere", "lexicon."),
    ],
)
def test_a_service_that_must_not_start_says_why(
    name: str, value: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    result = run(app, ["serve", "--data-dir", str(tmp_path), "--port", "0"])
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr
