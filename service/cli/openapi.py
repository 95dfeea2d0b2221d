"""`bozheng openapi`: the contract as the code has it, for docs/openapi.json and the comparison in CI."""

import json


def openapi() -> None:
    """Print the OpenAPI document."""
    from service.api.document import describe

    print(json.dumps(describe(), ensure_ascii=False, indent=2, sort_keys=True))
