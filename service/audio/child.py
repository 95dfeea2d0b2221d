"""A decoding process: `python -m service.audio.child LIMITS`, the service's socket as standard input.

Owns nothing. Imports PyAV and the standard library, confines itself, and answers one request after another
until the service closes the socket. What it cannot answer ends it, and the service starts another.
"""

import json
import socket
import sys
from contextlib import suppress
from typing import Any

import av
import av.logging
import av.subtitles.codeccontext
import av.subtitles.stream  # PyAV imports these when it meets a track, and by then no file opens

from service.audio.decode import decode
from service.audio.limits import DecodeLimits
from service.audio.probe import probe
from service.audio.problems import UNDECODABLE
from service.audio.sandbox import confine, grant_cpu
from service.audio.wire import READY, receive, send
from service.errors import BozhengError


def main() -> None:
    """Serve until the socket closes."""
    limits = DecodeLimits(**json.loads(sys.argv[1]))
    peer = socket.socket(fileno=sys.stdin.fileno())
    av.logging.set_level(av.logging.PANIC)
    confine(limits)
    with suppress(EOFError, ConnectionError):  # the service is gone
        send(peer, READY)
        while True:
            head, data = receive(peer, limits.max_bytes)
            grant_cpu(limits.cpu_seconds)
            send(peer, *_answer(str(head["operation"]), bytes(data), limits))


def _answer(operation: str, data: bytes, limits: DecodeLimits) -> tuple[dict[str, Any], memoryview]:
    """Head and body of the answer to one request."""
    try:
        if operation == "probe":
            found = probe(data, limits)
            return {name: getattr(found, name) for name in found.__slots__}, memoryview(b"")
        sound = decode(data, limits)
    except BozhengError as refusal:
        return {"code": refusal.problem.code, "detail": refusal.detail}, memoryview(b"")
    except (MemoryError, av.FFmpegError) as error:
        return {"code": UNDECODABLE.code, "detail": f"decoding failed: {type(error).__name__}"}, memoryview(
            b""
        )
    head = {"container": sound.container, "codec": sound.codec, "truncated": sound.truncated}
    return head, memoryview(sound.samples).cast("B")


if __name__ == "__main__":
    main()
