"""Decoding against `faster_whisper.decode_audio`: the demonstration talk's 10 s MPEG-TS segments, in one run.

`loop` is the service's own PyAV loop called in this process, `service` is the same in a confined child, with
both ways over the socket. Wall-clock milliseconds a segment, fastest of interleaved rounds: the child's CPU
time is not this process's, and neighbours on the machine only ever add.
"""

import io
import json
import time
from collections.abc import Callable
from pathlib import Path

from faster_whisper import decode_audio

from service.audio.decode import decode
from service.audio.decoder import Decoder
from service.audio.limits import DecodeLimits

TALK = Path(__file__).parents[2] / "service" / "cli" / "demo_data"
ROUNDS = 15


def run() -> dict[str, float]:
    """Milliseconds a segment of each way, and how many times faster than faster-whisper's the others are."""
    segments = [path.read_bytes() for path in sorted(TALK.glob("*.ts"))]
    limits = DecodeLimits()
    with Decoder(limits) as decoder:
        ways: dict[str, Callable[[bytes], object]] = {
            "faster_whisper": lambda data: decode_audio(io.BytesIO(data)),
            "loop": lambda data: decode(data, limits),
            "service": decoder.decode,
            "probe": decoder.probe,
        }
        best = dict.fromkeys(ways, float("inf"))
        for _ in range(ROUNDS):
            for name, way in ways.items():
                began = time.perf_counter()
                for segment in segments:
                    way(segment)
                best[name] = min(best[name], time.perf_counter() - began)
    peer = best["faster_whisper"]
    return {
        **{f"{name}_ms_per_segment": 1000 * seconds / len(segments) for name, seconds in best.items()},
        "loop_over_faster_whisper": peer / best["loop"],
        "service_over_faster_whisper": peer / best["service"],
    }


def main() -> None:
    """Print the figures as one JSON line."""
    print(json.dumps(run()))


if __name__ == "__main__":
    main()
