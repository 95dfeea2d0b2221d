"""Messages between the service and a decoding process: a JSON head and a binary body, each with its length.

Standard library only. Neither side trusts a length it has not bounded.
"""

import json
import socket
import struct
import time
from typing import Any

_LENGTHS = struct.Struct(">II")
READY = {"ready": True}
"""Head of the first message of a decoding process."""

MAX_HEAD = 65_536
"""Bytes; a head holds a few names and one sentence."""


def send(
    peer: socket.socket, head: dict[str, Any], body: bytes | memoryview = b"", deadline: float | None = None
) -> None:
    """Send one message. `deadline` by time.monotonic(). Raises TimeoutError; OSError if the peer is gone."""
    text = json.dumps(head).encode()
    _await(peer, deadline)
    peer.sendall(_LENGTHS.pack(len(text), len(body)) + text)
    if body:
        _await(peer, deadline)
        peer.sendall(body)


def receive(
    peer: socket.socket, max_body: int, deadline: float | None = None
) -> tuple[dict[str, Any], bytearray]:
    """Receive one message. Raises TimeoutError, EOFError if the peer is gone, ValueError for what is none."""
    head_length, body_length = _LENGTHS.unpack(_exactly(peer, _LENGTHS.size, deadline))
    if head_length > MAX_HEAD or body_length > max_body:
        raise ValueError("the message is longer than it may be")
    head = json.loads(_exactly(peer, head_length, deadline))
    if not isinstance(head, dict):
        raise ValueError("the head of the message is not an object")
    return head, _exactly(peer, body_length, deadline)


def _exactly(peer: socket.socket, length: int, deadline: float | None) -> bytearray:
    buffer = bytearray(length)
    view = memoryview(buffer)
    while view:
        _await(peer, deadline)
        received = peer.recv_into(view)
        if not received:
            raise EOFError("the peer has closed the connection")
        view = view[received:]
    return buffer


def _await(peer: socket.socket, deadline: float | None) -> None:
    """Let the next call on `peer` wait until `deadline` at most."""
    if deadline is None:
        peer.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the deadline has passed")
    peer.settimeout(left)
