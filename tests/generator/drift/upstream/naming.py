"""Other names and other ways of writing, for the same exchange: what a second author would do differently."""

from __future__ import annotations

import re
from typing import Any

from generator.document import VERBS, walk

Json = dict[str, Any]


def renamed(document: Json) -> Json:
    """A document with other names for schemas, operations and the parameters in paths, and with `allOf`."""
    _schemas(document)
    _paths(document)
    for schema in ("BatchTaskCreateOptions", "BatchTask", "BatchJobCreateOptions"):
        _split(document["components"]["schemas"], schema)
    for _, node in walk(document):
        if node.get("format") == "date-time-rfc1123":
            node["format"] = "date-time-rfc7231"
    return document


def new_name(name: str) -> str:
    """CloudTask is BatchTask there, TaskAddParameter is BatchTaskCreateOptions, and so on."""
    name = name.removeprefix("Cloud").removeprefix("Batch")
    name = name.replace("AddCollectionParameter", "Group").replace("AddParameter", "CreateOptions")
    return "Batch" + name.replace("Parameter", "Options").replace("Information", "Info")


def _schemas(document: Json) -> None:
    schemas = document["components"]["schemas"]
    document["components"]["schemas"] = {new_name(name): schema for name, schema in schemas.items()}
    for _, node in walk(document):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/components/schemas/"):
            node["$ref"] = "#/components/schemas/" + new_name(reference.rpartition("/")[2])


def _paths(document: Json) -> None:
    paths = {}
    for path, item in document["paths"].items():
        for verb in VERBS:
            if verb in item:
                group, _, action = item[verb]["operationId"].partition("_")
                item[verb]["operationId"] = f"{group}s_{action}{group}"
        paths[re.sub(r"\{(\w+)Id\}", r"{\1_name}", path)] = item
    document["paths"] = paths
    for _, node in walk(document):
        if node.get("in") == "path" and str(node.get("name")).endswith("Id"):
            node["name"] = node["name"].removesuffix("Id") + "_name"


def _split(schemas: Json, name: str) -> None:
    """Half of the members go into a schema of their own that is merged in by `allOf`, as bases are."""
    schema = schemas[name]
    members = list(schema["properties"].items())
    base = {"type": "object", "properties": dict(members[: len(members) // 2])}
    required = [member for member in schema.get("required", []) if member in base["properties"]]
    if required:
        base["required"] = required
        schema["required"] = [member for member in schema["required"] if member not in required]
        if not schema["required"]:
            del schema["required"]
    schema["properties"] = dict(members[len(members) // 2 :])
    schema["allOf"] = [{"$ref": f"#/components/schemas/{name}Base"}]
    schemas[f"{name}Base"] = base
