"""Decoding processes fail alone, and others take their place."""

import os
import shutil
import signal
import socket
import struct
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from service.audio import decoder as decoder_module
from service.audio import problems
from service.audio import process as process_module
from service.audio.decoder import Decoder
from service.audio.limits import DecodeLimits
from service.audio.process import DecodingProcess
from service.audio.wire import receive
from service.errors import BozhengError
from tests.audio.clips import MARKS, Form, encode, found_marks, marked
from tests.audio.test_audio_limits import wav

CLIP = encode(marked(16_000), Form("wav", "pcm_s16le", 16_000))


def assert_works(pool: Decoder) -> None:
    assert found_marks(pool.decode(CLIP).samples) == pytest.approx(MARKS, abs=0.001)


def test_a_crash_in_mid_decode_fails_one_upload() -> None:
    with Decoder(processes=1) as pool:
        assert_works(pool)
        (pid,) = pool.pids
        os.kill(pid, signal.SIGSTOP)  # so that the crash comes while it holds the request

        def crash() -> None:
            os.kill(pid, signal.SIGSEGV)
            os.kill(pid, signal.SIGCONT)

        timer = threading.Timer(0.5, crash)
        timer.start()
        with pytest.raises(BozhengError) as refusal:
            pool.decode(CLIP)
        timer.join()
        assert refusal.value.problem is problems.DECODER_CRASHED
        assert "SIGSEGV" in refusal.value.detail
        assert_works(pool)
        assert pool.pids != [pid]


def test_a_process_that_died_idle_costs_no_upload() -> None:
    with Decoder(processes=1) as pool:
        (pid,) = pool.pids
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert_works(pool)


def test_a_hung_decoder_is_given_up_at_the_deadline() -> None:
    with Decoder(DecodeLimits(wall_seconds=1.0), processes=1) as pool:
        assert_works(pool)
        (pid,) = pool.pids
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(BozhengError) as refusal:
            pool.decode(CLIP)
        assert refusal.value.problem is problems.DECODE_TIMEOUT
        assert pool.pids != [pid]
        assert_works(pool)


def test_cpu_time_is_bounded() -> None:
    limits = DecodeLimits(cpu_seconds=0, max_bytes=10**8, max_seconds=10**5, memory_bytes=2 << 30)
    with Decoder(limits, processes=1) as pool:
        assert_works(pool)  # the kernel counts whole seconds
        with pytest.raises(BozhengError) as refusal:
            pool.decode(wav(bytes(50_000_000), rate=11_025))
        assert refusal.value.problem is problems.DECODE_TIMEOUT
        assert "CPU" in refusal.value.detail
        assert_works(pool)


def test_memory_is_bounded() -> None:
    with Decoder(DecodeLimits(memory_bytes=180 << 20), processes=1) as pool:
        with pytest.raises(BozhengError) as refusal:
            pool.decode(wav(bytes(19_000_000), rate=48_000, channels=2))
        assert refusal.value.problem in (problems.UNDECODABLE, problems.DECODER_CRASHED)
        assert_works(pool)


def test_processes_are_replaced_after_their_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder_module, "USES", 2)
    with Decoder(processes=1) as pool:
        seen = []
        for _ in range(5):
            seen.append(pool.pids[0])
            assert_works(pool)
    assert len(set(seen)) == 3


def test_many_threads_share_few_processes() -> None:
    tones = [np.full(16_000, level / 20, np.float32) for level in range(20)]
    clips = [encode(tone, Form("wav", "pcm_f32le", 16_000)) for tone in tones]
    with Decoder(processes=2) as pool, ThreadPoolExecutor(8) as threads:
        decoded = threads.map(pool.decode, clips)
        for tone, waveform in zip(tones, decoded, strict=True):
            np.testing.assert_array_equal(waveform.samples, tone)


def test_closing_ends_the_processes_and_forbids_further_calls() -> None:
    pool = Decoder(processes=2)
    assert_works(pool)
    pids = pool.pids
    pool.close()
    pool.close()
    with pytest.raises(RuntimeError, match="closed"):
        pool.decode(CLIP)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_process_ends_when_the_service_is_gone() -> None:
    process = DecodingProcess(DecodeLimits())
    process.ask("probe", CLIP)
    process._peer.close()
    assert process._process.wait(10) == 0


def test_a_process_that_cannot_start_is_no_upload_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_module.sys, "executable", shutil.which("false"))
    process = DecodingProcess(DecodeLimits())
    with pytest.raises(RuntimeError, match="does not start"):
        process.ask("probe", CLIP)
    assert not process.alive


NONSENSE = [({}, b""), ({"container": "wav", "codec": "x", "truncated": False}, b"123"), ({"code": 7}, b"")]


@pytest.mark.parametrize(("head", "body"), NONSENSE)
def test_nonsense_from_a_process_is_a_crash(
    head: dict[str, object], body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Decoder(processes=1) as pool:
        monkeypatch.setattr(process_module, "receive", lambda *_: (head, bytearray(body)))
        with pytest.raises(BozhengError) as refusal:
            pool.decode(CLIP)
        assert refusal.value.problem is problems.DECODER_CRASHED


@pytest.mark.parametrize(
    "sent", [struct.pack(">II", 1 << 30, 0), struct.pack(">II", 2, 1 << 30), struct.pack(">II", 2, 0) + b"[]"]
)
def test_a_message_is_bounded_and_has_a_head(sent: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(sent)
        with pytest.raises(ValueError, match="message"):
            receive(ours, 1_000)
        theirs.close()
        with pytest.raises(EOFError):
            receive(ours, 1_000)
