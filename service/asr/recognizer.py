"""Waveforms → transcripts: windows, engine, guards, tokens. Called from the worker thread only."""

from collections.abc import Iterator, Sequence
from typing import Self

from service.asr.engines.load import LoadedEngine, load_engine
from service.asr.guards.chain import guard_chain
from service.asr.guards.compression import compression_ratio
from service.asr.guards.guard import Guard, guarded
from service.asr.passage import Passage, place
from service.asr.protocol import Heard, Samples, Waveform
from service.asr.settings import AsrSettings
from service.asr.tokens import tokens_of
from service.asr.windows import Window, plan_windows
from service.domain.transcript import SpeechRegion, Transcript


class Recognizer:
    """One engine with its guards. The same sound, regions and versions give the same transcript."""

    def __init__(self, loaded: LoadedEngine, guards: Sequence[Guard], settings: AsrSettings) -> None:
        self.engine = loaded.engine
        self.model = loaded.model
        self._join_gap_ms = loaded.listening.join_gap_ms
        self._guards = guards
        self._settings = settings

    @classmethod
    def load(cls, settings: AsrSettings) -> Self:
        """Load engine, model and guards. Raises the problems of `asr/problems.py` and `model_store.py`."""
        return cls(load_engine(settings), guard_chain(settings), settings)

    def recognise(self, waveform: Waveform, regions: tuple[SpeechRegion, ...], sha256: str) -> Transcript:
        """Transcript of one segment; `sha256` is that of the bytes it was decoded from. Without speech the
        engine is not asked."""
        samples = waveform.samples
        windows = plan_windows(samples, regions, self._settings.window_ms, self._join_gap_ms)
        heard = [passage for window in windows for passage in self._passages(samples, window)]
        kept, reports = guarded(heard, self._guards)
        tokens = tokens_of(kept)
        return Transcript(
            text="".join(token.text for token in tokens),
            tokens=tokens,
            language=self.engine.language,
            engine=self.engine.name,
            model=self.model,
            sha256=sha256,
            speech=regions,
            guards=reports,
        )

    def _passages(self, samples: Samples, window: Window) -> Iterator[Passage]:
        """The window heard at once, or region by region where that went wrong (`AsrSettings`)."""
        heard = self.engine.hear(window.cut(samples))
        if len(window.regions) == 1 or not self._went_wrong(heard):
            yield place(window, heard)
            return
        for region in window.regions:
            alone = Window(region.start_ms, region.end_ms, (region,))
            yield place(alone, self.engine.hear(alone.cut(samples)))

    def _went_wrong(self, heard: Heard) -> bool:
        limits = self._settings.guards
        return (
            compression_ratio(heard.text) > limits.compression_ratio or heard.avg_logprob < limits.avg_logprob
        )
