"""What one upload may cost. Imported by the decoding process: standard library only."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.audio.problems import EMPTY, TOO_LARGE
from service.errors import BozhengError

if TYPE_CHECKING:  # pydantic would triple the start of a decoding process
    from service.settings import LimitSettings


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """Bounds of one decode; each is enforced while reading, none by what a header promises.

    `max_bytes` of the upload; `max_seconds` of decoded sound, filled gaps included; `max_channels`; rates in
    Hz; `max_packets` of the audio track: Opus frames may be 2.5 ms (RFC 6716 §2.1.4), 48,000 in 120 s.

    Of the process: `cpu_seconds` and `wall_seconds` a decode (119 s of AAC take 0.6 s of one core, of 2.5 ms
    Opus frames 2.2 s); `memory_bytes` of address space (a start takes 145 MB, 20 MB of WAV 200 MB);
    `open_files` that it may open once it has started: none are needed, so none are allowed.
    """

    max_bytes: int = 20_000_000
    max_seconds: float = 120.0
    max_channels: int = 8
    min_rate: int = 8_000
    max_rate: int = 192_000
    max_packets: int = 100_000
    cpu_seconds: int = 10
    wall_seconds: float = 30.0
    memory_bytes: int = 512 << 20
    open_files: int = 0

    @classmethod
    def of(cls, settings: "LimitSettings") -> "DecodeLimits":
        """The sound part of the service's limits."""
        return cls(max_bytes=settings.audio_bytes, max_seconds=settings.audio_seconds)


def check_size(data: bytes, limits: DecodeLimits) -> None:
    """Raises BozhengError for an upload of no bytes or too many."""
    if not data:
        raise BozhengError(EMPTY, "the upload has no bytes")
    if len(data) > limits.max_bytes:
        raise BozhengError(TOO_LARGE, f"{len(data)} bytes were sent; at most {limits.max_bytes} are accepted")
