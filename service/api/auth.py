"""Who calls: `Authorization: Bearer <api key>`, and which roles a route takes."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from service.accounts.keys import authenticate
from service.api.crossing import read
from service.api.services import Services, services
from service.domain.account import Principal, Role
from service.errors import BozhengError, ProblemType

KEY_MISSING = ProblemType(
    "key.missing",
    401,
    "This call needs an API key",
    "该接口需要 API 密钥",
    "Send `Authorization: Bearer <key>`; `bozheng keys create` makes one.",
    "请发送 `Authorization: Bearer <密钥>`；密钥由 `bozheng keys create` 生成。",
)
ROLE_FORBIDDEN = ProblemType(
    "role.forbidden",
    403,
    "The role of this key does not allow this call",
    "该密钥的角色无权调用此接口",
    "Use a key whose role is one of those named.",
    "请使用所列角色之一的密钥。",
)

_bearer = HTTPBearer(auto_error=False, description="An API key made by `bozheng keys create`")


async def principal(
    request: Request,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    house: Annotated[Services, Depends(services)],
) -> Principal:
    """The holder of the key. Raises BozhengError `key.missing` or `key.invalid` (401)."""
    if given is None:
        raise BozhengError(KEY_MISSING, f"{request.method} {request.url.path} without a bearer key")
    return await read(house.database, lambda conn: authenticate(conn, given.credentials))


def roles(*allowed: Role) -> Callable[[Principal], Awaitable[Principal]]:
    """Dependency: a principal of one of these roles; `admin` may do everything."""

    async def check(caller: Annotated[Principal, Depends(principal)]) -> Principal:
        if caller.role is not Role.ADMIN and caller.role not in allowed:
            wanted = ", ".join(sorted({*allowed, Role.ADMIN}))
            raise BozhengError(ROLE_FORBIDDEN, f"role {caller.role}; this call takes {wanted}")
        return caller

    return check


REVIEWERS = (Role.MODERATOR, Role.SENIOR_MODERATOR)
READERS = (Role.PLATFORM, *REVIEWERS, Role.SCIENTIST, Role.AUDITOR)

Sender = Annotated[Principal, Depends(roles(Role.PLATFORM))]
Reader = Annotated[Principal, Depends(roles(*READERS))]
Reviewer = Annotated[Principal, Depends(roles(*REVIEWERS))]
CaseReader = Annotated[Principal, Depends(roles(*REVIEWERS, Role.AUDITOR))]
House = Annotated[Services, Depends(services)]
