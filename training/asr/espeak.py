"""Mandarin speech with the exact time of every character, from libespeak-ng through ctypes.

The library is one global machine: one process, one caller at a time. Its event stream names the sample at
which each character (WORD event) and each phoneme begins; a phoneme `_|` ends a character, `_` and `_:` are
pauses.
The voice is `cmn-latn-pinyin`: `cmn` of espeak-ng 1.51 reads tone digits aloud.
"""

import ctypes
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_LIBRARY = "libespeak-ng.so.1"
_SYNCHRONOUS_OUTPUT = 2
_PHONEME_EVENTS = 1
_UTF8 = 1
_EVENT_END, _EVENT_WORD, _EVENT_PHONEME = 0, 1, 7
_RATE, _PITCH, _RANGE = 1, 3, 4
_PAUSE = "_"
_CHARACTER_END = "_|"


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A variant (`f4`; empty: the plain voice), words per minute, pitch and pitch range 0–99."""

    language: str
    variant: str
    rate: int
    pitch: int
    range: int

    @property
    def name(self) -> str:
        return f"{self.language}+{self.variant}" if self.variant else self.language


@dataclass(frozen=True, slots=True)
class Spoken:
    """`samples` int16 at `sample_rate`; seconds per character of the text (punctuation: the pause it makes);
    `phonemes` are (start second, name) in order, pauses as `_`."""

    text: str
    samples: NDArray[np.int16]
    sample_rate: int
    spans: tuple[tuple[float, float], ...]
    phonemes: tuple[tuple[float, str], ...]


class NotSpokenError(ValueError):
    """The voice has no reading for a character of the text."""


class Espeak:
    """The loaded library. `speak` may be called from one thread only."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(_LIBRARY)
        self._blocks: list[NDArray[np.int16]] = []
        self._events: list[tuple[int, int, int, str]] = []
        self._voice = ""
        self.sample_rate: int = self._library.espeak_Initialize(_SYNCHRONOUS_OUTPUT, 0, None, _PHONEME_EVENTS)
        if self.sample_rate <= 0:
            raise OSError("espeak-ng did not start; is the package espeak-ng-data installed?")
        self._callback = _CALLBACK(self._collect)  # kept: the library holds only a pointer
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, voice: Voice) -> Spoken:
        """Speak Chinese text. Raises NotSpokenError for a skipped character, OSError for an unknown voice."""
        if voice.name != self._voice:
            if self._library.espeak_SetVoiceByName(voice.name.encode()):
                raise OSError(f"espeak-ng has no voice {voice.name}")
            self._voice = voice.name
        for parameter, value in ((_RATE, voice.rate), (_PITCH, voice.pitch), (_RANGE, voice.range)):
            self._library.espeak_SetParameter(parameter, value, 0)
        self._blocks.clear()
        self._events.clear()
        encoded = text.encode()
        self._library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        samples = np.concatenate(self._blocks) if self._blocks else np.zeros(0, np.int16)
        return self._spoken(text, samples)

    def _collect(
        self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, events: "ctypes._Pointer[_Event]"
    ) -> int:
        if count > 0 and samples:
            self._blocks.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
        index = 0
        while events[index].type != _EVENT_END:
            event = events[index]
            if event.type in (_EVENT_WORD, _EVENT_PHONEME):
                name = event.id.string.decode("utf-8", "replace") if event.type == _EVENT_PHONEME else ""
                self._events.append((event.type, event.text_position - 1, event.sample, name))
            index += 1
        return 0

    def _spoken(self, text: str, samples: NDArray[np.int16]) -> Spoken:
        rate = self.sample_rate
        starts: dict[int, float] = {}
        ends: dict[int, float] = {}
        phonemes: list[tuple[float, str]] = []
        current = -1
        for kind, position, sample, name in self._events:
            second = sample / rate
            if kind == _EVENT_WORD:
                current = position
                starts.setdefault(position, second)
            elif name == _CHARACTER_END:
                ends[current] = second
            else:
                phonemes.append((second, _PAUSE if name.startswith(_PAUSE) else name))
        return Spoken(text, samples, rate, _spans(text, starts, ends, len(samples) / rate), tuple(phonemes))


def _spans(
    text: str, starts: dict[int, float], ends: dict[int, float], total: float
) -> tuple[tuple[float, float], ...]:
    """One span a character; punctuation spans the pause between its neighbours."""
    spans: list[tuple[float, float]] = []
    for index, char in enumerate(text):
        if char.isalnum():
            if index not in starts or index not in ends:
                raise NotSpokenError(f"no reading for {char!r} in {text!r}")
            spans.append((starts[index], ends[index]))
        else:
            before = spans[-1][1] if spans else 0.0
            after = next((starts[i] for i in range(index + 1, len(text)) if i in starts), total)
            spans.append((before, max(before, after)))
    return tuple(spans)


@lru_cache(maxsize=1)
def espeak() -> Espeak:
    """The one machine of this process."""
    return Espeak()
