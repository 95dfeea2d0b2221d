"""docs/openapi.json is what the code says, and every route is described."""

import json
from pathlib import Path

from service.api.document import describe

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_committed_contract_is_current() -> None:
    assert json.loads(DOCUMENT.read_text(encoding="utf-8")) == describe(), "run: make openapi"


def test_every_operation_says_what_it_does_and_how_it_refuses() -> None:
    for path, operations in describe()["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"] and operation["description"], (method, path)
            if path.startswith("/v1"):
                assert {"401", "403"} <= set(operation["responses"]), (method, path)


def test_every_reference_resolves() -> None:
    document = describe()
    text = json.dumps(document)
    names = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert names <= set(document["components"]["schemas"])
