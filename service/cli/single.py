"""`bozheng check` of one text or one clip: findings as a table a person can read, or as JSON."""

import hashlib
import json
from pathlib import Path
from typing import Any

from service.cli.output import finding_json, shown
from service.cli.render import marked, show_findings
from service.domain.advice import advise
from service.domain.context import AnalysisContext
from service.domain.finding import Finding
from service.domain.transcript import Transcript
from service.domain.vocabulary import Channel
from service.pipeline import Message, Pipeline
from service.settings import Settings
from service.text.validate import validate_text


def check_words(
    text: str, channel: Channel, *, with_model: bool, min_confidence: float | None, as_json: bool
) -> None:
    """Print what is found in `text`. Raises BozhengError for text that cannot be checked."""
    validate_text(text)
    pipeline = Pipeline.load(Settings(), with_model=with_model)
    message = Message(text, AnalysisContext(channel))
    _report(message, pipeline, min_confidence, as_json)


def check_clip(path: Path, *, with_model: bool, min_confidence: float | None, as_json: bool) -> None:
    """Print what is found in the speech of an audio file. Raises BozhengError if it cannot be decoded."""
    from service.asr.recognizer import Recognizer
    from service.asr.settings import AsrSettings
    from service.audio.decoder import Decoder
    from service.audio.limits import DecodeLimits
    from service.audio.regions import speech_regions

    settings = Settings()
    data = path.read_bytes()
    with Decoder(DecodeLimits.of(settings.limits)) as decoder:
        waveform = decoder.decode(data)
    regions = speech_regions(waveform)
    recognizer = Recognizer.load(AsrSettings.of(settings))
    transcript = recognizer.recognise(waveform, regions, hashlib.sha256(data).hexdigest())
    pipeline = Pipeline.load(settings, with_model=with_model)
    message = Message(transcript.text, AnalysisContext(Channel.SPEECH), transcript)
    _report(message, pipeline, min_confidence, as_json)


def _report(message: Message, pipeline: Pipeline, min_confidence: float | None, as_json: bool) -> None:
    (findings,) = pipeline.analyse([message], keep_undecided=min_confidence is not None)
    kept = shown(findings, min_confidence)
    if as_json:
        print(json.dumps(_document(message, findings, kept), ensure_ascii=False, indent=2))
        return
    print(marked(message.text, kept))
    for guard in message.transcript.guards if message.transcript else ():
        print(f"removed as invented by the recogniser ({guard.guard}): {guard.text}")
    show_findings(kept)
    print(f"advice: {advise(findings)}")


def _document(message: Message, findings: tuple[Finding, ...], kept: list[Finding]) -> dict[str, Any]:
    document: dict[str, Any] = {"text": message.text}
    if message.transcript is not None:
        document["transcript"] = _transcript_json(message.transcript)
    return document | {"verdict": advise(findings), "findings": [finding_json(f) for f in kept]}


def _transcript_json(transcript: Transcript) -> dict[str, Any]:
    return {
        "engine": transcript.engine,
        "model": transcript.model,
        "sha256": transcript.sha256,
        "tokens": [[t.text, t.start_ms, t.end_ms, t.confidence] for t in transcript.tokens],
        "guards": [{"guard": g.guard, "text": g.text, "detail": g.detail} for g in transcript.guards],
    }
