"""One pool of decoding processes for the room's tests."""

from collections.abc import Iterator

import pytest

from service.audio.decoder import Decoder


@pytest.fixture(scope="session")
def decoder() -> Iterator[Decoder]:
    """A decoder with the service's own limits."""
    with Decoder() as pool:
        yield pool
