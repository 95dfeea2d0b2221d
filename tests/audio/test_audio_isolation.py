"""An upload opens no socket and no file: baits that do so in a naive reader, watched from outside."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from service.audio.decoder import Decoder
from service.audio.limits import DecodeLimits
from service.errors import BozhengError
from tests.audio.clips import Form, encode, marked

WAIT_SECONDS = 20.0
SETTLE_SECONDS = 0.2
"""How long a touch may take to be seen; the naive reader's arrive within a millisecond."""


@dataclass
class Canary:
    """A file and a server that note who comes. The file is a pipe: opening it for reading is what wakes the
    thread that waits to open its other end."""

    path: Path
    port: int
    file_opened: threading.Event = field(default_factory=threading.Event)
    socket_opened: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/clip.wav"


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    """A watched pipe and a watched port."""
    path = tmp_path / "canary.wav"
    os.mkfifo(path)
    with socket.create_server(("127.0.0.1", 0)) as server:
        bird = Canary(path, server.getsockname()[1])
        watchers = [
            threading.Thread(target=_watch_file, args=(bird,)),
            threading.Thread(target=_watch_port, args=(bird, server)),
        ]
        for watcher in watchers:
            watcher.start()
        yield bird
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
        socket.create_connection(("127.0.0.1", bird.port)).close()
        for watcher in watchers:
            watcher.join(WAIT_SECONDS)


def _watch_file(bird: Canary) -> None:
    os.close(os.open(bird.path, os.O_WRONLY))
    bird.file_opened.set()


def _watch_port(bird: Canary, server: socket.socket) -> None:
    server.accept()[0].close()
    bird.socket_opened.set()


def concat(bird: Canary) -> bytes:
    return f"ffconcat version 1.0\nfile '{bird.path}'\nfile '{bird.url}'\n".encode()


def concat_to_the_net(bird: Canary) -> bytes:
    return f"ffconcat version 1.0\nfile '{bird.url}'\n".encode()


def playlist(bird: Canary) -> bytes:
    head = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n"
    return f"{head}#EXTINF:10,\n{bird.url}\n#EXT-X-ENDLIST\n".encode()


def playlist_of_a_file(bird: Canary) -> bytes:
    head = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n"
    return f"{head}#EXTINF:10,\n{bird.path}\n#EXT-X-ENDLIST\n".encode()


def manifest(bird: Canary) -> bytes:
    return f"""<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT10S">
<Period><AdaptationSet mimeType="audio/mp4"><Representation id="a" bandwidth="64000">
<BaseURL>{bird.url}</BaseURL></Representation></AdaptationSet></Period></MPD>""".encode()


def movie_with_data_elsewhere(bird: Canary) -> bytes:
    """A QuickTime movie whose only track lies in another file, by a Macintosh alias (QTFF: dref)."""
    movie = encode(marked(16_000), Form("mov", "pcm_s16le", 16_000))
    target = os.fsencode(bird.path)
    target += b"\0" * (len(target) % 2)
    alias = bytearray(150)
    alias[50] = 6
    alias[51:57] = b"canary"
    alias += (2).to_bytes(2, "big") + len(target).to_bytes(2, "big") + target + b"\xff\xff\0\0"
    entry = (12 + len(alias)).to_bytes(4, "big") + b"alis" + bytes(4) + bytes(alias)
    at = movie.index(b"dref") - 4
    old = int.from_bytes(movie[at : at + 4], "big")
    box = (16 + len(entry)).to_bytes(4, "big") + b"dref" + bytes(4) + (1).to_bytes(4, "big") + entry
    grown = bytearray(movie[:at] + box + movie[at + old :])
    for parent in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
        size = grown.rindex(parent, 0, at) - 4
        larger = int.from_bytes(grown[size : size + 4], "big") + len(box) - old
        grown[size : size + 4] = larger.to_bytes(4, "big")
    return bytes(grown)


@dataclass(frozen=True)
class Bait:
    """An upload that refers to the canary; `options` are what a careless reader would set."""

    build: Callable[[Canary], bytes]
    suffix: str
    options: dict[str, str]
    wants_file: bool


BAITS = {
    "concat": Bait(concat, "txt", {"safe": "0"}, True),
    "concat-net": Bait(concat_to_the_net, "txt", {"safe": "0", "protocol_whitelist": "file,http,tcp"}, False),
    "m3u8": Bait(playlist, "m3u8", {"protocol_whitelist": "file,http,tcp"}, False),
    "m3u8-file": Bait(playlist_of_a_file, "m3u8", {"allowed_extensions": "ALL"}, True),
    "mov-dref": Bait(movie_with_data_elsewhere, "mov", {"enable_drefs": "1", "use_absolute_path": "1"}, True),
}

DASH = Bait(manifest, "mpd", {}, False)
"""Kept apart: PyAV's own builds of FFmpeg have no DASH demuxer, so no naive reader takes this bait."""

NAIVE = "import av, json, sys; c = av.open(sys.argv[1], options=json.loads(sys.argv[2])); next(c.demux())"


@pytest.mark.parametrize("bait", BAITS.values(), ids=BAITS.keys())
def test_the_watch_sees_a_naive_reader(bait: Bait, canary: Canary, tmp_path: Path) -> None:
    """Without this the tests below would pass on any harmless file."""
    path = tmp_path / f"bait.{bait.suffix}"
    path.write_bytes(bait.build(canary))
    subprocess.run(
        [sys.executable, "-c", NAIVE, str(path), json.dumps(bait.options)],
        stderr=subprocess.DEVNULL,
        timeout=WAIT_SECONDS,
        check=False,
    )
    touched = canary.file_opened if bait.wants_file else canary.socket_opened
    assert touched.wait(WAIT_SECONDS)


@pytest.fixture(scope="module")
def unconfined() -> Iterator[Decoder]:
    """A decoder whose processes may open files: what holds here is held by the way an upload is opened."""
    with Decoder(DecodeLimits(open_files=256), processes=1) as pool:
        yield pool


@pytest.mark.parametrize("bait", [*BAITS.values(), DASH], ids=[*BAITS.keys(), "dash"])
@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["plain", "with-bom"])
def test_an_upload_reaches_nothing(bait: Bait, prefix: bytes, canary: Canary, unconfined: Decoder) -> None:
    data = prefix + bait.build(canary)
    for operation in (unconfined.decode, unconfined.probe):
        with contextlib.suppress(BozhengError):  # whether it is refused does not matter here
            operation(data)
    assert not canary.file_opened.wait(SETTLE_SECONDS)
    assert not canary.socket_opened.is_set()


CONFINED = """
import resource, socket, sys
from service.audio.limits import DecodeLimits
from service.audio.sandbox import confine, grant_cpu
confine(DecodeLimits())
for attempt in (lambda: open(sys.executable), lambda: socket.socket(), lambda: bytearray(2 << 30)):
    try:
        attempt()
    except (OSError, MemoryError) as error:
        print(type(error).__name__, getattr(error, "errno", ""))
"""


def test_the_kernel_refuses_files_sockets_and_memory() -> None:
    """The second wall, should a demuxer ever get round the first."""
    answer = subprocess.run([sys.executable, "-c", CONFINED], capture_output=True, text=True, check=True)
    assert answer.stdout.split("\n")[:3] == ["OSError 24", "OSError 24", "MemoryError "]


def test_a_decoding_process_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOZHENG_SECRET", "hush")
    with Decoder(processes=1) as pool:
        pool.decode(encode(np.zeros(16_000, np.float32), Form("wav", "pcm_s16le", 16_000)))
        (pid,) = pool.pids
        assert b"hush" not in Path(f"/proc/{pid}/environ").read_bytes()
