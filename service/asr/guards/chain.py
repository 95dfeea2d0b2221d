"""The guards in the order they run: whole windows first, then lines, then what is left of them."""

from service.asr.guards.compression import Compression
from service.asr.guards.guard import Guard
from service.asr.guards.no_speech import NoSpeech
from service.asr.guards.outro import KnownOutro, load_outros
from service.asr.guards.outside_speech import OutsideSpeech
from service.asr.guards.repetition import Repetition
from service.asr.guards.too_fast import TooFast
from service.asr.settings import AsrSettings


def guard_chain(settings: AsrSettings) -> tuple[Guard, ...]:
    """Every guard with its thresholds. Raises `asr.outros_broken`."""
    limits = settings.guards
    return (
        NoSpeech(limits.no_speech_prob, limits.avg_logprob),
        OutsideSpeech(limits.outside_ms),
        KnownOutro(
            load_outros(settings.outros),
            limits.no_speech_prob,
            limits.avg_logprob,
            limits.max_chars_per_second,
            limits.alone_ms,
        ),
        Repetition(limits.repeats, limits.max_chars_per_second),
        TooFast(limits.max_chars_per_second),
        Compression(limits.compression_ratio, limits.ordinary_ratio),
    )
