"""Write a document of ours as TypeSpec's emitters would: Swagger 2.0 for Azure, OpenAPI 3.0 and 3.1."""

from __future__ import annotations

import copy
from typing import Any

from generator.document import resolve, walk
from tests.generator.drift.upstream.swagger import to_swagger

Json = dict[str, Any]
OAUTH = {
    "OAuth2Auth": {
        "type": "oauth2",
        "flow": "implicit",
        "authorizationUrl": "https://login.example/authorize",
        "scopes": {"https://batch.core.windows.net//.default": ""},
    }
}
SECURITY = [{"OAuth2Auth": ["https://batch.core.windows.net//.default"]}]


def to_typespec_swagger(document: Json) -> Json:
    """Swagger 2.0: media types at each operation, formats of its own, and when a member can be given."""
    made = to_swagger(document)
    made["info"]["title"] = "Azure Batch"
    made["securityDefinitions"], made["security"] = copy.deepcopy(OAUTH), SECURITY
    made["consumes"] = ["application/json"]
    for item in made["paths"].values():
        for operation in item.values():
            if any(parameter.get("in") == "body" for parameter in operation["parameters"]):
                operation["consumes"] = ["application/json; odata=minimalmetadata"]
    for trail, node in walk(made):
        if node.get("format") == "date-time-rfc1123":
            node["format"] = "date-time-rfc7231"
        if _is_etag(trail, node):
            node["format"] = "eTag"
        if isinstance(node.get("x-ms-enum"), dict):
            node["x-ms-enum"]["modelAsString"] = True
        if node.get("type") == "object" and "properties" not in node and "format" not in node:
            node["additionalProperties"] = {}
        if trail[-2:-1] == ("properties",) and "type" in node and not node.get("readOnly"):
            node["x-ms-mutability"] = ["read", "update", "create"]
    return made


def to_openapi(document: Json, number: str) -> Json:
    """OpenAPI: open enumerations as a choice, the host as one variable, parameters where they are used."""
    made = copy.deepcopy(document)
    schemas = made["components"]["schemas"]
    schemas["Azure.Core.eTag"] = {"type": "string", "format": "eTag", "description": "An entity tag."}
    paths = {path: {verb: _operation(made, o) for verb, o in item.items()} for path, item in made["paths"].items()}
    made = {
        "openapi": number,
        "info": {"title": "Azure Batch", "version": document["info"]["version"]},
        "tags": [],
        "paths": paths,
        "security": SECURITY,
        "components": {"schemas": schemas, "securitySchemes": copy.deepcopy(OAUTH)},
        "servers": [{"url": "{endpoint}", "variables": {"endpoint": {"default": ""}}}],
    }
    for trail, node in list(walk(made)):
        _restyle(trail, node, number)
    return made


def _operation(document: Json, operation: Json) -> Json:
    made = {key: value for key, value in operation.items() if not key.startswith("x-")}
    made["parameters"] = [_parameter(resolve(document, p)) for p in operation.get("parameters", [])]
    made["responses"] = {status: _response(document, r) for status, r in operation["responses"].items()}
    return made


def _parameter(parameter: Json) -> Json:
    made = {"required": False, **parameter, "schema": copy.deepcopy(parameter["schema"])}
    made.pop("style", None)
    if made["in"] == "query":
        made["explode"] = False
    if made["name"] in ("If-Match", "If-None-Match"):
        made["schema"] = {"$ref": "#/components/schemas/Azure.Core.eTag"}
    return made


def _response(document: Json, response: Json) -> Json:
    made = dict(resolve(document, response))
    headers = {name: copy.deepcopy(resolve(document, header)) for name, header in made.get("headers", {}).items()}
    for name, header in headers.items():
        header["required"] = False
        if name == "ETag":
            header["schema"] = {"$ref": "#/components/schemas/Azure.Core.eTag"}
    return {**made, "headers": headers}


def _restyle(trail: tuple[str | int, ...], node: Json, number: str) -> None:
    for key in [key for key in node if str(key).startswith("x-ms-") or key in ("x-written-as", "x-unconfirmed")]:
        del node[key]
    node.pop("examples", None) if "schema" in node else None
    if node.get("format") == "date-time-rfc1123" or node.get("format") == "date-time-rfc7231":
        node["format"] = "http-date"
    if node.get("format") == "binary" and number.startswith("3.1"):
        node.clear()
        node["contentMediaType"] = "application/octet-stream"
    if isinstance(node.get("enum"), list):
        node["anyOf"] = [{"type": "string"}, {"type": "string", "enum": node.pop("enum")}]
        node.pop("type")
    if node.get("type") == "object" and "properties" not in node and "schemas" in trail:
        node["additionalProperties" if number.startswith("3.0") else "unevaluatedProperties"] = {}
    if set(node) > {"$ref"} and isinstance(node["$ref"], str):
        node["allOf"] = [{"$ref": node.pop("$ref")}]


def _is_etag(trail: tuple[str | int, ...], node: Json) -> bool:
    return node.get("name") in ("If-Match", "If-None-Match") or (trail[-2:] == ("headers", "ETag"))
