"""A window in which the engine itself thinks that nobody speaks, and is unsure of its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.asr.guards.guard import Cut, whole
from service.asr.passage import Passage


@dataclass(frozen=True, slots=True)
class NoSpeech:
    """Cuts a passage when both hold: no-speech probability above `no_speech_prob`, mean log-probability of
    its tokens below `avg_logprob` (Radford et al. 2022, §4.5: neither is reliable alone)."""

    no_speech_prob: float
    avg_logprob: float
    name: str = "no_speech"

    def cuts(self, passages: Sequence[Passage]) -> Iterator[Cut]:
        for number, passage in enumerate(passages):
            if passage.no_speech_prob > self.no_speech_prob and passage.avg_logprob < self.avg_logprob:
                detail = f"no-speech probability {passage.no_speech_prob:.2f} > {self.no_speech_prob}, "
                detail += f"log-probability {passage.avg_logprob:.2f} < {self.avg_logprob}"
                yield whole(number, passage, detail)
