"""`bozheng check --jsonl`: the lines that data scientists pipe through it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def run(lines: list[Any], *options: str, tmp_path: Path) -> tuple[list[dict[str, Any]], int, str]:
    source = tmp_path / "in.jsonl"
    raw = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    source.write_text("\n".join(raw) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "service", "check", "--jsonl", str(source), *options]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120, encoding="utf-8")
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode, done.stderr


def test_one_line_out_for_one_line_in(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "text": "家人们这个价全网最低价", "channel": "speech"},
        {"id": 2, "text": "今天天气不错", "channel": "danmu"},
        {"id": "c", "text": "😀加我微信", "channel": "comment"},
    ]
    out, status, progress = run(lines, tmp_path=tmp_path)
    assert status == 0
    assert [o["id"] for o in out] == ["a", 2, "c"]
    assert set(out[0]) == {"id", "verdict", "findings"}
    finding = out[0]["findings"][0]
    wanted = {"item", "subtype", "verdict", "severity", "confidence", "start", "end", "text"}
    assert wanted | {"exemption_code", "reasons"} <= set(finding)
    assert finding["item"] == "c" and finding["subtype"] == "c.lowest_price"
    assert out[1] == {"id": 2, "verdict": "pass", "findings": []}
    spans = [(f["start"], f["end"]) for f in out[2]["findings"] if f["item"] == "m"]
    assert spans == [(1, 5)], "offsets are code points"
    assert "3 lines" in progress


def test_the_classifier_can_be_left_out(tmp_path: Path) -> None:
    out, status, _ = run([{"id": 1, "text": "加我微信", "channel": "danmu"}], "--no-model", tmp_path=tmp_path)
    sources = {r["source"] for f in out[0]["findings"] for r in f["reasons"]}
    assert status == 0 and "model" not in sources and "lexicon" in sources


def test_context_is_read_under_the_handbooks_names(tmp_path: Path) -> None:
    line = {"text": "在淘宝搜我店名下单", "channel": "speech"}
    lines = [
        {"id": "away", **line},
        {"id": "home", **line, "context": {"home_platform": "taobao", "stock_snapshot": {"noodles": 12}}},
    ]
    out, status, _ = run(lines, "--no-model", tmp_path=tmp_path)
    accused = [{f["subtype"] for f in o["findings"] if f["verdict"] != "exempt"} for o in out]
    assert status == 0
    assert "m.external_platform" in accused[0] and "m.external_platform" not in accused[1]


def test_undecided_spans_are_shown_on_request(tmp_path: Path) -> None:
    lines = [
        {"id": i, "text": t, "channel": "speech"}
        for i, t in enumerate(["这件衣服真好看", "加我微信", "便宜卖了"])
    ]
    usual, _, _ = run(lines, tmp_path=tmp_path)
    every, status, _ = run(lines, "--min-confidence", "0", tmp_path=tmp_path)
    assert status == 0
    assert sum(len(o["findings"]) for o in every) > sum(len(o["findings"]) for o in usual)
    assert {f["verdict"] for o in every for f in o["findings"]} > {None}
    assert [o["verdict"] for o in every] == [o["verdict"] for o in usual]


def test_lines_of_one_stream_are_read_together(tmp_path: Path) -> None:
    lines = [
        {"id": "s0", "text": "这个价就是全网", "channel": "speech", "stream_id": "s", "seq": 0},
        {"id": "s1", "text": "最低价放心拍", "channel": "speech", "stream_id": "s", "seq": 1},
    ]
    out, _, _ = run(lines, tmp_path=tmp_path)
    (finding,) = [f for f in out[0]["findings"] if f["item"] == "c"]
    assert "全网最低" in finding["text"] and finding["end"] > len(lines[0]["text"])
    assert not [f for f in out[1]["findings"] if f["item"] == "c"]


UNUSABLE: list[tuple[Any, str]] = [
    ("{", "line.invalid_json"),
    ('"text"', "line.invalid"),
    ({"id": "x"}, "line.invalid"),
    ({"id": "x", "text": "好", "channel": "smoke"}, "line.invalid"),
    ({"id": "x", "text": "好", "stream_id": "s"}, "line.invalid"),
    ('{"id": "x", "text": "\\ud800"}', "text.invalid_unicode"),
    ({"id": "x", "text": "好" * 20_001}, "text.too_long"),
]


def test_an_unusable_line_is_answered_and_the_others_too(tmp_path: Path) -> None:
    lines = [line for line, _ in UNUSABLE]
    out, status, progress = run([*lines, {"id": "good", "text": "你好"}], "--no-model", tmp_path=tmp_path)
    assert status == 1
    told = [(o["error"]["code"], o["error"]["line"]) for o in out[:-1]]
    assert told == [(code, number) for number, (_, code) in enumerate(UNUSABLE, 1)]
    assert out[-1] == {"id": "good", "verdict": "pass", "findings": []}
    assert f"{len(UNUSABLE)} refused" in progress
