"""Limits hold while reading, whatever a header says."""

import struct
import time

import numpy as np
import pytest

from service.audio import problems
from service.audio.decoder import Decoder
from service.audio.limits import DecodeLimits
from service.audio.mpeg_headers import mp3_frame_length
from service.errors import BozhengError, ProblemType
from tests.audio.clips import Form, encode, marked


def wav(payload: bytes, rate: int = 16_000, channels: int = 1, stated: int | None = None) -> bytes:
    """16-bit PCM; `stated` is the data length the header gives."""
    size = len(payload) if stated is None else stated
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2 % 2**32, channels * 2 % 2**16, 16)
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", size) + payload
    return b"RIFF" + struct.pack("<I", (len(body) + size - len(payload)) % 2**32) + body


SECOND = bytes(32_000)

REFUSED = {
    "no bytes": (b"", problems.EMPTY),
    "no samples": (wav(b""), problems.EMPTY),
    "too large": (wav(bytes(20_000_001)), problems.TOO_LARGE),
    "too long": (wav(SECOND * 121), problems.TOO_LONG),
    "nine channels": (wav(SECOND, channels=9), problems.TOO_MANY_CHANNELS),
    "4 kHz": (wav(SECOND, rate=4_000), problems.RATE_UNSUPPORTED),
    "384 kHz": (wav(SECOND, rate=384_000), problems.RATE_UNSUPPORTED),
    "text": ("家人们好".encode() * 100, problems.UNSUPPORTED_CONTAINER),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(1_000), problems.UNSUPPORTED_CONTAINER),
    "riff of another kind": (b"RIFF\x00\x10\x00\x00AVI LIST" + bytes(1_000), problems.UNSUPPORTED_CONTAINER),
    "wav without a format": (b"RIFF\x24\x00\x00\x00WAVEdata" + bytes(100), problems.UNDECODABLE),
    "transport stream of nothing": ((b"\x47\x1f\xff\x10" + bytes(184)) * 50, problems.UNDECODABLE),
    "ogg of zeros": (b"OggS" + bytes(1_000), problems.UNDECODABLE),
    "mp4 of zeros": (b"\x00\x00\x00\x18ftypisom" + bytes(1_000), problems.UNDECODABLE),
    "a codec outside the list": (
        wav(SECOND).replace(b"\x01\x00\x01\x00", b"\x55\x34\x01\x00", 1),
        problems.UNDECODABLE,
    ),
}


@pytest.mark.parametrize(("data", "problem"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_outside_the_limits_is_refused(data: bytes, problem: ProblemType, decoder: Decoder) -> None:
    for operation in (decoder.decode, decoder.probe):
        with pytest.raises(BozhengError) as refusal:
            operation(data)
        assert refusal.value.problem is problem
        assert refusal.value.detail


def test_the_last_legal_values_are_taken(decoder: Decoder) -> None:
    assert decoder.decode(wav(SECOND * 120)).decoded_ms == 120_000
    assert decoder.decode(wav(bytes(16 * 8_000), rate=8_000, channels=8)).decoded_ms == 1_000
    assert decoder.decode(wav(bytes(2 * 192_000), rate=192_000)).decoded_ms == 1_000


def test_three_hours_are_refused_cheaply(decoder: Decoder) -> None:
    """Three hours of sound within the byte limit, and a header that only promises them."""
    form = Form("mp3", "libmp3lame", 8_000, {"write_xing": "0", "id3v2_version": "0"}, encoder={"b": "8000"})
    second = encode(np.zeros(8_000, np.float32), form)
    length = mp3_frame_length(second, 0)
    assert length is not None
    hours = second[: 8 * length] + second[4 * length : 8 * length] * (3 * 3600 * 8_000 // 576 // 4)
    assert len(hours) < DecodeLimits().max_bytes
    for operation in (decoder.probe, decoder.decode):
        started = time.monotonic()
        with pytest.raises(BozhengError) as refusal:
            operation(hours)
        assert refusal.value.problem is problems.TOO_LONG
        assert time.monotonic() - started < 3.0
    promised = decoder.decode(wav(SECOND, stated=3 * 3600 * 32_000))
    assert promised.decoded_ms == 1_000
    assert promised.truncated


def test_a_live_wav_header_without_a_length_is_no_truncation(decoder: Decoder) -> None:
    waveform = decoder.decode(wav(SECOND, stated=0xFFFFFFFF))
    assert waveform.decoded_ms == 1_000
    assert not waveform.truncated


def test_packets_are_counted() -> None:
    clip = encode(marked(16_000), Form("ogg", "libopus", 16_000))
    with Decoder(DecodeLimits(max_packets=100), processes=1) as strict:
        for operation in (strict.decode, strict.probe):
            with pytest.raises(BozhengError) as refusal:
                operation(clip)
            assert refusal.value.problem is problems.TOO_LONG
            assert "100 packets" in refusal.value.detail


def test_every_problem_is_explained_in_both_languages() -> None:
    for code, problem in problems.BY_CODE.items():
        assert code == problem.code and code.startswith("audio.")
        assert problem.status in (413, 415, 422)
        assert all((problem.title_en, problem.title_zh, problem.advice_en, problem.advice_zh))
