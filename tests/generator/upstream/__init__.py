"""Descriptions of the service as Microsoft shapes them, made from ours: for tests without a network.

    python -m tests.generator.upstream FOLDER

writes them, one file for each of three API versions, to try `make drift UPSTREAM=FOLDER/2024-02-01.19.0.json` with.

`known.py` makes the differences from our specification that Microsoft's documents are known to have (those of
`spec/accepted-drift.yaml`), `naming.py` gives things other names and shapes without changing what is exchanged,
`swagger.py` writes Swagger 2.0, and `unrelated.py` adds what the rest of the service has. Nothing of Microsoft's text
is in them.
"""

from __future__ import annotations

import json
from typing import Any

from generator.document import load
from generator.make import SPEC
from generator.versions import project
from tests.generator.upstream.known import as_known
from tests.generator.upstream.naming import renamed
from tests.generator.upstream.swagger import to_openapi_30, to_swagger
from tests.generator.upstream.unrelated import add_unrelated

# Two written by hand in Swagger 2.0, as Microsoft did until 2024; one made from TypeSpec, with other names throughout.
VERSIONS = ("2022-01-01.15.0", "2024-02-01.19.0", "2025-06-01")


def upstream_like(version: str) -> dict[str, Any]:
    """The description of one API version."""
    document = as_known(project(load(SPEC), version), version)
    made = to_swagger(document) if version < "2025" else to_openapi_30(renamed(document))
    add_unrelated(made)
    found: dict[str, Any] = json.loads(json.dumps(made))  # as a file would be: nothing in it is the same object twice
    return found
