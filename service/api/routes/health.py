"""Liveness and readiness, without a key."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from service.api.auth import House

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: str = "ok"


class Ready(BaseModel):
    """Whether segments can be analysed now, and what is missing if not."""

    status: str
    checks: dict[str, bool]


@router.get("/healthz", summary="Liveness")
async def healthz() -> Alive:
    """200 while the event loop turns."""
    return Alive()


@router.get("/readyz", responses={503: {"model": Ready}}, summary="Readiness")
async def readyz(house: House, response: Response) -> Ready:
    """200 when storage, worker and verified models are up; 503 before and while shutting down."""
    checks = house.ready()
    response.status_code = 200 if all(checks.values()) else 503
    return Ready(status="ready" if all(checks.values()) else "not ready", checks=checks)
