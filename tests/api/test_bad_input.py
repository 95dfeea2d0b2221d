"""Every bad input of a platform: a documented problem code, nothing stored, nothing lost."""

import base64
import json
import struct
from typing import Any

import pytest

from tests.api.conftest import AUDIO, Caller, Callers


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """Assert the problem and return its body."""
    assert (response.status_code, response.json().get("code")) == (status, code), response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["detail"] and body["advice"] and body["title"]
    return body


def nothing_stored(caller: Caller, stream: str) -> None:
    assert set(caller("GET", f"/v1/streams/{stream}").json()["segments"].values()) <= {0}


MESSAGE = {"channel": "danmu", "message_id": "m-1", "text": "你好"}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"channel": "smoke"}, 422, "request.invalid"),
        ({"channel": None}, 422, "request.invalid"),
        ({"message_id": ""}, 422, "request.invalid"),
        ({"message_id": "a\u0000b"}, 422, "request.invalid"),
        ({"message_id": "x" * 129}, 422, "request.invalid"),
        ({"message_id": "../x"}, 422, "request.invalid"),
        ({"message_id": ".."}, 422, "request.invalid"),
        ({"offset_ms": -1}, 422, "request.invalid"),
        ({"offset_ms": 2**53 + 1}, 422, "request.invalid"),
        ({"sent_at": "2026-11-24T08:00:00"}, 422, "request.invalid"),
        ({"surprise": 1}, 422, "request.invalid"),
        ({"text": 7}, 422, "request.invalid"),
        ({"text": "好" * 20_001}, 413, "text.too_long"),
    ],
)
def test_messages(callers: Callers, stream: str, change: dict[str, Any], status: int, code: str) -> None:
    body = {**MESSAGE, **change}
    problem(callers.platform("POST", f"/v1/streams/{stream}/segments", json=body), status, code)
    nothing_stored(callers.platform, stream)


def test_lone_surrogates_are_refused(callers: Callers, stream: str) -> None:
    body = b'{"channel":"danmu","message_id":"m","text":"\\ud800"}'
    response = callers.platform(
        "POST", f"/v1/streams/{stream}/segments", content=body, headers={"Content-Type": "application/json"}
    )
    problem(response, 400, "request.malformed")
    nothing_stored(callers.platform, stream)


def test_control_characters_are_kept_and_analysed(callers: Callers, stream: str) -> None:
    answer = callers.platform.send(stream, message_id="m-ctrl", text="加\u0000我\u200b微\x07信便宜")
    assert answer.status_code == 200
    assert answer.json()["text"] == "加\u0000我\u200b微\x07信便宜"
    assert "m.add_private" in {f["subtype"] for f in answer.json()["findings"]}


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{", "application/json", 422, "request.invalid"),
        (b"\xff\xfe", "application/json", 422, "request.invalid"),
        (b"[]", "application/json", 422, "request.invalid"),
        (b"hello", "text/plain", 415, "request.unsupported_media_type"),
        (b"", "multipart/form-data", 400, "request.malformed"),
        (b"--x--", "multipart/form-data; boundary=x", 422, "request.invalid"),
    ],
)
def test_bodies(callers: Callers, stream: str, body: bytes, kind: str, status: int, code: str) -> None:
    response = callers.platform(
        "POST", f"/v1/streams/{stream}/segments", content=body, headers={"Content-Type": kind}
    )
    assert response.json()["code"] in {code, "request.malformed"}, response.text
    assert response.status_code in {status, 400}
    nothing_stored(callers.platform, stream)


def three_hours_of_wav() -> bytes:
    """A WAV whose header promises three hours and whose data hold 90 s more than is allowed."""
    rate, seconds = 8000, 210
    promised = rate * 3 * 3600
    header = (
        b"RIFF"
        + struct.pack("<I", 36 + promised)
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate, 1, 8)
    )
    return header + b"data" + struct.pack("<I", promised) + bytes([128, 160]) * (rate * seconds // 2)


@pytest.mark.parametrize(
    ("audio", "codes"),
    [
        (b"", {"audio.empty"}),
        (b"\x00" * 4096, {"audio.unsupported_container"}),
        (bytes(range(256)) * 64, {"audio.unsupported_container", "audio.undecodable"}),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", {"audio.unsupported_container"}),
        (b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n", {"audio.unsupported_container"}),
        (b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 24, {"audio.undecodable"}),
        (three_hours_of_wav(), {"audio.too_long"}),
    ],
    ids=["empty", "zeros", "bytes", "ffconcat", "m3u8", "wav-header", "three-hours"],
)
def test_audio(callers: Callers, stream: str, audio: bytes, codes: set[str]) -> None:
    response = callers.platform.say(stream, audio)
    assert response.status_code in (413, 415, 422), response.text
    assert response.json()["code"] in codes
    nothing_stored(callers.platform, stream)


@pytest.mark.parametrize(
    "meta", ["", "{", '{"seq": 0}', '{"seq": -1, "offset_ms": 0}', '{"seq": 0, "offset_ms": 1.5}']
)
def test_meta(callers: Callers, stream: str, meta: str) -> None:
    response = callers.platform(
        "POST",
        f"/v1/streams/{stream}/segments",
        files={"audio": ("a", b"RIFF")},
        data={"meta": meta},
    )
    assert response.status_code in (400, 422), response.text
    nothing_stored(callers.platform, stream)


def test_base64(callers: Callers, stream: str) -> None:
    body = {"channel": "speech", "seq": 0, "offset_ms": 0, "audio_base64": "not base64!"}
    problem(
        callers.platform("POST", f"/v1/streams/{stream}/segments", json=body), 422, "audio.invalid_base64"
    )


def test_a_body_beyond_the_limit(callers: Callers, stream: str) -> None:
    problem(callers.platform.say(stream, b"RIFF" + b"\x00" * 27_000_000), 413, "request.too_large")
    problem(callers.platform.say(stream, b"RIFF" + b"\x00" * 20_000_001), 413, "audio.too_large")
    nothing_stored(callers.platform, stream)


def test_a_key_used_again(callers: Callers, stream: str) -> None:
    first = callers.platform.send(stream, message_id="m-1", text="加我微信")
    again = callers.platform.send(stream, message_id="m-1", text="加我微信")
    assert again.status_code == 200
    assert again.json() == first.json()
    assert "stream-revision" in again.headers
    problem(callers.platform.send(stream, message_id="m-1", text="别的话"), 409, "segment.key_conflict")
    assert callers.platform("GET", f"/v1/streams/{stream}").json()["segments"]["done"] == 1


def test_unknown_and_foreign_ids_look_alike(callers: Callers, stream: str) -> None:
    callers.platform.send(stream, message_id="m-1", text="你好")
    for path, code in [
        (f"/v1/streams/{stream}", "stream.not_found"),
        (f"/v1/streams/{stream}/segments/m-1?channel=danmu", "segment.not_found"),
        ("/v1/anchors/anchor-1", "anchor.not_found"),
    ]:
        foreign = problem(callers.stranger("GET", path), 404, code)
        unknown = problem(
            callers.stranger("GET", path.replace(stream, "none").replace("anchor-1", "none")), 404, code
        )
        assert foreign["title"] == unknown["title"]
    problem(callers.stranger.send(stream, message_id="m", text="你好"), 404, "stream.not_found")
    body = {"decision": "confirm", "reason": "words_suffice"}
    problem(callers.moderator("POST", "/v1/cases/none/decision", json=body), 404, "case.not_found")


@pytest.mark.parametrize(
    "key", [b"", b"bozheng_x_y", b"Basic abc", b"bozheng_" + b"a" * 500, "bozheng_密_钥".encode(), b"\xff"]
)
def test_keys_that_are_none(callers: Callers, key: bytes) -> None:
    response = callers.client.get("/v1/streams/s", headers={b"Authorization": b"Bearer " + key})
    assert response.status_code == 401
    assert response.json()["code"] in ("key.invalid", "key.missing")
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("role", "method", "path"),
    [
        ("moderator", "PUT", "/v1/streams/s"),
        ("auditor", "POST", "/v1/streams/s/segments"),
        ("scientist", "GET", "/v1/cases"),
        ("platform", "POST", "/v1/cases/c/decision"),
        ("auditor", "POST", "/v1/cases/c/decision"),
        ("scientist", "PUT", "/v1/anchors/a"),
    ],
)
def test_roles(callers: Callers, role: str, method: str, path: str) -> None:
    body = {"decision": "confirm", "reason": "words_suffice"} if "decision" in path else {}
    response = getattr(callers, role)(method, path, json=body if method != "GET" else None)
    problem(response, 403, "role.forbidden")


def test_languages(callers: Callers) -> None:
    chinese = callers.client.get("/v1/streams/s", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    english = callers.client.get("/v1/streams/s", headers={"Accept-Language": "en"})
    assert chinese.json()["code"] == english.json()["code"]
    assert "密钥" in chinese.json()["title"] and chinese.headers["content-language"] == "zh"
    assert "key" in english.json()["title"]


def test_paths_and_methods_that_are_not_there(callers: Callers) -> None:
    problem(callers.client.get("/v2/none"), 404, "route.not_found")
    answer = callers.client.delete("/v1/cases")
    problem(answer, 405, "route.method_not_allowed")
    assert "GET" in answer.headers["allow"]


def test_a_good_segment_after_all_that(callers: Callers, stream: str) -> None:
    audio = (AUDIO / "add_wechat.wav").read_bytes()
    body = {"channel": "speech", "seq": 0, "offset_ms": 0, "audio_base64": base64.b64encode(audio).decode()}
    answer = callers.platform("POST", f"/v1/streams/{stream}/segments", content=json.dumps(body),
                              headers={"Content-Type": "application/json"})  # fmt: skip
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "done"
