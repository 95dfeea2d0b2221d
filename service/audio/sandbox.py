"""What the operating system grants a decoding process. Standard library only."""

import resource

from service.audio.limits import DecodeLimits


def confine(limits: DecodeLimits) -> None:
    """Give up for good what decoding never needs: opening files or sockets, core dumps, memory beyond
    the limit. Descriptors that are open stay usable. To be called once everything is imported."""
    _lower(resource.RLIMIT_NOFILE, limits.open_files)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_AS, limits.memory_bytes)


def grant_cpu(seconds: int) -> None:
    """Allow `seconds` of CPU time from now on; beyond them the kernel ends the process by SIGXCPU."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    used = int(usage.ru_utime + usage.ru_stime) + 1  # the limit counts whole seconds
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


def _lower(kind: int, value: int) -> None:
    """Set soft and hard limit to `value`, or leave a hard limit that is lower already."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))
