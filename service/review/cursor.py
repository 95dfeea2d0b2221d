"""Where a page of cases ended, as an opaque word. Pure."""

import base64
import binascii

from service.errors import BozhengError
from service.review.problems import CURSOR_INVALID


def encode(due_at: int, case_id: str) -> str:
    """Cursor of the last case of a page."""
    return base64.urlsafe_b64encode(f"{due_at}:{case_id}".encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[int, str]:
    """Due time and id again. Raises `cursor.invalid`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        due_at, _, case_id = base64.urlsafe_b64decode(padded.encode("ascii")).decode("ascii").partition(":")
        return int(due_at), case_id
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise BozhengError(CURSOR_INVALID, "not a cursor of this list") from error
