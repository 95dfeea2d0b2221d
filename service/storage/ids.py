"""Names for new rows."""

import secrets


def new_id(prefix: str) -> str:
    """`<prefix>_` and 96 random bits in hex: not guessable, no order, safe in URLs."""
    return f"{prefix}_{secrets.token_hex(12)}"
