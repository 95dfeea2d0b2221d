"""`/v1/check`: words in, findings out; nothing is stored."""

from dataclasses import asdict

from fastapi import APIRouter

from service.api.auth import House, Reader
from service.api.responses import problems
from service.api.schemas.check import CheckIn, CheckOut
from service.api.schemas.findings import FindingOut
from service.domain.advice import advise
from service.domain.vocabulary import Verdict
from service.pipeline import Message
from service.text.validate import validate_text

router = APIRouter(tags=["check"])


@router.post("/check", responses=problems(400, 413, 422, 503), summary="Check words without keeping them")
async def check(body: CheckIn, caller: Reader, house: House) -> CheckOut:
    """The same pipeline as for segments, on one text alone: no window, no record, no counters."""
    text = validate_text(body.text)
    context = body.context.record(body.channel, caller.tenant.home_platform)
    (findings,) = await house.inference.analyse([Message(text, context)])
    return CheckOut(
        verdict=advise(findings),
        findings=[FindingOut.of(f) for f in findings if body.exempt or f.verdict is not Verdict.EXEMPT],
        versions=asdict(house.inference.pipeline.versions),
    )
