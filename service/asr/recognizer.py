"""Waveforms → transcripts: windows, engine, guards, tokens. Called from the worker thread only."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Self

from service.asr.engines.load import load_engine
from service.asr.guards.chain import guard_chain
from service.asr.guards.guard import Guard, guarded
from service.asr.passage import Passage, place
from service.asr.protocol import Engine, Waveform
from service.asr.settings import AsrSettings
from service.asr.tokens import tokens_of
from service.asr.windows import plan_windows
from service.domain.transcript import SpeechRegion, Transcript


@dataclass(frozen=True, slots=True)
class Sound:
    """One segment to recognise: its waveform, where speech is, and the SHA-256 of the bytes it came from."""

    waveform: Waveform
    regions: tuple[SpeechRegion, ...]
    sha256: str


class Recognizer:
    """One engine with its guards. A sound gives the same transcript whatever is recognised beside it."""

    def __init__(self, engine: Engine, model: str, guards: Sequence[Guard], settings: AsrSettings) -> None:
        self.engine = engine
        self.model = model
        self._guards = guards
        self._settings = settings

    @classmethod
    def load(cls, settings: AsrSettings) -> Self:
        """Load engine, model and guards. Raises the problems of `asr/problems.py` and `model_store.py`."""
        engine, model = load_engine(settings)
        return cls(engine, model, guard_chain(settings), settings)

    def recognise(self, waveform: Waveform, regions: tuple[SpeechRegion, ...], sha256: str) -> Transcript:
        """Transcript of one segment; without speech the engine is not asked."""
        return self.recognise_many([Sound(waveform, regions, sha256)])[0]

    def recognise_many(self, sounds: Sequence[Sound]) -> list[Transcript]:
        """Transcripts of several segments, in order; their windows share passes of the model."""
        limits = self._settings
        plans = [
            plan_windows(s.waveform.samples, s.regions, limits.window_ms, limits.join_gap_ms) for s in sounds
        ]
        heard = iter(
            self.engine.hear(
                [w.cut(s.waveform.samples) for s, plan in zip(sounds, plans, strict=True) for w in plan]
            )
        )
        return [
            self._transcript(
                sound, [place(w, h) for w, h in zip(plan, islice(heard, len(plan)), strict=True)]
            )
            for sound, plan in zip(sounds, plans, strict=True)
        ]

    def _transcript(self, sound: Sound, passages: list[Passage]) -> Transcript:
        kept, reports = guarded(passages, self._guards)
        tokens = tokens_of(kept)
        return Transcript(
            text="".join(token.text for token in tokens),
            tokens=tokens,
            language=self.engine.language,
            engine=self.engine.name,
            model=self.model,
            sha256=sound.sha256,
            speech=sound.regions,
            guards=reports,
        )
