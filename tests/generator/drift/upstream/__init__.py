"""Descriptions of the service as Microsoft shapes them, made from ours: for tests without a network.

    python -m tests.generator.drift.upstream FOLDER

writes them, one file for each form, to try `make drift UPSTREAM=FOLDER/2024-02-01.19.0.json` with.

`known.py` makes the differences from our specification that Microsoft's documents are known to have (those of
`spec/accepted-drift.yaml`), `naming.py` gives things other names and shapes without changing what is exchanged,
`swagger.py` writes Swagger 2.0 as it was written by hand, `typespec.py` what TypeSpec's emitters write, and `unrelated.py`
adds what the rest of the service has. Nothing of Microsoft's text is in them.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from generator.document import load
from generator.make import SPEC
from generator.versions import api_versions, project
from tests.generator.drift.upstream.known import as_known
from tests.generator.drift.upstream.naming import renamed
from tests.generator.drift.upstream.swagger import to_swagger
from tests.generator.drift.upstream.typespec import to_openapi, to_typespec_swagger
from tests.generator.drift.upstream.unrelated import add_unrelated

# Until 2025 Microsoft wrote Swagger 2.0 by hand; since then it is made from TypeSpec, whose own emitters write OpenAPI.
BY_HAND = [version for version in api_versions(load(SPEC)) if version < "2025"]
BY_TYPESPEC = [version for version in api_versions(load(SPEC)) if version >= "2025"]
# Each API version in its form, and the first of TypeSpec's in all forms.
FORMS = (
    *((version, "by hand") for version in BY_HAND),
    *((version, "swagger") for version in BY_TYPESPEC),
    *((BY_TYPESPEC[0], form) for form in ("3.0.0", "3.1.0")),
)


def upstream_like(version: str, form: str) -> dict[str, Any]:
    """Return the description of one API version in one form."""
    made: dict[str, Any] = json.loads(
        _made(version, form)
    )  # as a file would be: nothing in it is the same object twice
    return made


@cache
def _made(version: str, form: str) -> str:
    document = as_known(_spread(project(load(SPEC), version)), version)
    if form == "by hand":
        made = to_swagger(document)
    elif form == "swagger":
        made = to_typespec_swagger(renamed(document))
    else:
        made = to_openapi(renamed(document), form)
    add_unrelated(made)
    return json.dumps(made)


def _spread(document: dict[str, Any]) -> dict[str, Any]:
    """Give each operation the parameters of its path, as Microsoft writes them."""
    for item in document["paths"].values():
        shared = item.pop("parameters")
        for operation in item.values():
            operation["parameters"] = [*shared, *operation.get("parameters", [])]
    return document
