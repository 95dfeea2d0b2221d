"""A bound on every request body, enforced while reading: a false or missing Content-Length does not help.

The framework has one too (`max_body_size`), but it answers an announced length in plain text; here every
refusal is a problem detail.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import BODY_TOO_LARGE, problem_response


class _TooLargeError(Exception):
    pass


class BodyLimit:
    """ASGI middleware: answers 413 once more than `max_bytes` of body are announced or have arrived."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what it reads."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"")
        if announced.isdigit() and int(announced) > self.max_bytes:
            await self._refuse(scope, receive, send)
            return
        arrived, answering = 0, False

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > self.max_bytes:
                raise _TooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal answering
            answering = True
            await send(message)

        try:
            await self.app(scope, counted, watched)
        except _TooLargeError:
            if answering:
                raise
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        detail = f"more than {self.max_bytes} bytes"
        response = problem_response(BODY_TOO_LARGE, detail, Request(scope), limit=self.max_bytes)
        await response(scope, receive, send)
