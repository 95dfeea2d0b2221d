"""The serving process under load: `/healthz` while every core decodes, and its memory with all models loaded.

The peer of the latency is the same request on the idle service, in the same run. Loopback only, 30 s at most.
"""

import json
import statistics
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from service.cli.demo import demo_keys, running_service
from service.domain.account import Role

REQUESTS = 400
CLIP = Path(__file__).parents[2] / "service" / "cli" / "demo_data" / "talk-02.ts"
BUSY_STREAMS = 3
PROBE_GAP_S = 0.02
"""Between two probes, so that they meet the load at many moments and are no load themselves."""


def run() -> dict[str, float]:
    """Milliseconds of `/healthz` idle and busy, audio seconds per second meanwhile, resident megabytes."""
    with TemporaryDirectory() as folder:
        keys = demo_keys(Path(folder))
        with running_service(Path(folder)) as (address, pid), httpx2.Client(base_url=address) as client:
            idle = _healthz(client)
            stop = threading.Event()
            decoded: list[int] = []
            feeders = [
                threading.Thread(target=_feed, args=(address, keys[Role.PLATFORM], f"s{i}", stop, decoded))
                for i in range(BUSY_STREAMS)
            ]
            for feeder in feeders:
                feeder.start()
            began = time.perf_counter()
            busy = _healthz(client)
            seconds = time.perf_counter() - began
            audio_seconds = 10 * len(decoded)
            stop.set()
            for feeder in feeders:
                feeder.join()
            resident = _resident_mb(pid)
    return {
        "healthz_idle_p99_ms": _p99(idle),
        "healthz_busy_p99_ms": _p99(busy),
        "healthz_busy_over_idle_p50": statistics.median(busy) / statistics.median(idle),
        "audio_seconds_per_second_meanwhile": audio_seconds / seconds,
        "resident_mb_with_all_models": resident,
    }


def _healthz(client: httpx2.Client) -> list[float]:
    times = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        client.get("/healthz").raise_for_status()
        times.append(1000 * (time.perf_counter() - began))
        time.sleep(PROBE_GAP_S)
    return times


def _feed(address: str, key: str, stream: str, stop: threading.Event, decoded: list[int]) -> None:
    headers = {"Authorization": f"Bearer {key}", "Prefer": "wait=60"}
    audio = CLIP.read_bytes()
    with httpx2.Client(base_url=address, headers=headers, timeout=70) as client:
        client.put(f"/v1/streams/{stream}", json={}).raise_for_status()
        seq = 0
        while not stop.is_set():
            meta = json.dumps({"seq": seq, "offset_ms": 10_000 * seq})
            client.post(
                f"/v1/streams/{stream}/segments", files={"audio": ("a.ts", audio)}, data={"meta": meta}
            ).raise_for_status()
            decoded.append(seq)
            seq += 1


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _resident_mb(pid: int) -> float:
    """Resident memory of the process and its children (the decoder), from the kernel's accounting."""
    pids = [pid]
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        pids.append(int(child))
    lines = [
        line for p in pids for line in Path(f"/proc/{p}/status").read_text(encoding="utf-8").splitlines()
    ]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def main() -> None:
    """Print the figures as one JSON line."""
    print(json.dumps(run()))


if __name__ == "__main__":
    main()
