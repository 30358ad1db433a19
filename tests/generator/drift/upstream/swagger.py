"""Write a document of ours as Swagger 2.0, with Microsoft's extensions."""

from __future__ import annotations

from typing import Any

from generator.document import resolve

Json = dict[str, Any]
VERBS = ("get", "put", "post", "delete", "head", "patch")


def to_swagger(document: Json) -> Json:
    """Swagger 2.0: bodies among the parameters, types of parameters beside their names, enumerations where used."""
    definitions = {
        name: _schema(document, s) for name, s in document["components"]["schemas"].items() if "enum" not in s
    }
    made: Json = {
        "swagger": "2.0",
        "info": {"title": "BatchServiceClient", "version": document["info"]["version"]},
        "x-ms-parameterized-host": {
            "hostTemplate": "{batchUrl}",
            "useSchemePrefix": False,
            "parameters": [{"$ref": "#/parameters/batchUrl"}],
        },
        "schemes": ["https"],
        "consumes": ["application/json; odata=minimalmetadata"],
        "produces": ["application/json"],
        "securityDefinitions": {
            "azure_auth": {"type": "oauth2", "flow": "implicit", "scopes": {"user_impersonation": "As the user."}},
            "api_key": {"type": "apiKey", "name": "Authorization", "in": "header"},
        },
        "security": [{"azure_auth": ["user_impersonation"]}, {"api_key": []}],
        "paths": {path: _item(document, item) for path, item in document["paths"].items()},
        "definitions": definitions,
        "parameters": {
            "ApiVersionParameter": {"name": "api-version", "in": "query", "required": True, "type": "string"},
            "batchUrl": {
                "name": "batchUrl",
                "in": "path",
                "required": True,
                "type": "string",
                "x-ms-skip-url-encoding": True,
                "x-ms-parameter-location": "client",
            },
        },
    }
    return made


def _item(document: Json, item: Json) -> Json:
    return {verb: _operation(document, item[verb]) for verb in VERBS if verb in item}


def _operation(document: Json, operation: Json) -> Json:
    parameters = [_parameter(document, resolve(document, p)) for p in operation.get("parameters", [])]
    body = resolve(document, operation.get("requestBody"))
    if body:
        (media,) = body["content"].values()
        schema = _schema(document, media["schema"])
        parameters.insert(1, {"name": "body", "in": "body", "required": body.get("required", False), "schema": schema})
    responses = {status: _response(document, r) for status, r in operation["responses"].items()}
    made = {"operationId": operation["operationId"], "description": "Does it.", "parameters": parameters}
    if any(response.get("schema", {}).get("format") == "file" for response in responses.values()):
        made["produces"] = ["application/json", "application/octet-stream"]
    return {**made, "x-ms-request-id": "request-id", "responses": responses}


def _parameter(document: Json, parameter: Json) -> Json:
    if parameter["name"] == "api-version":
        return {"$ref": "#/parameters/ApiVersionParameter"}
    made: Json = {"name": parameter["name"], "in": parameter["in"]}
    made["required"] = parameter.get("required", False)
    made["description"] = f"Says {parameter['name']}."
    return {**made, **_schema(document, parameter["schema"]), "x-ms-parameter-grouping": {"postfix": "Options"}}


def _response(document: Json, response: Json) -> Json:
    response = resolve(document, response)
    made: Json = {"description": "It went so."}
    if response.get("headers"):
        headers = {name: resolve(document, header) for name, header in response["headers"].items()}
        made["headers"] = {name: _schema(document, header["schema"]) for name, header in headers.items()}
    if response.get("content"):
        (media,) = response["content"].values()
        is_file = media["schema"].get("format") == "binary"
        made["schema"] = {"type": "object", "format": "file"} if is_file else _schema(document, media["schema"])
    return made


def _schema(document: Json, schema: Json) -> Json:
    """The schema in the words of Swagger 2.0."""
    made: Json = {key: value for key, value in schema.items() if not key.startswith("x-") and key != "examples"}
    reference = schema.get("$ref")
    if reference:
        target = resolve(document, schema)
        if "enum" in target:
            del made["$ref"]
            made = {**_schema(document, target), **made}
        else:
            made["$ref"] = "#/definitions/" + reference.rpartition("/")[2]
    if "enum" in made:
        values = [{"value": value, "description": f"Means {value}."} for value in made["enum"]]
        made["x-ms-enum"] = {"name": "Named", "modelAsString": False, "values": values}
    if "properties" in schema:
        made["properties"] = {name: _schema(document, member) for name, member in schema["properties"].items()}
    if "items" in schema:
        made["items"] = _schema(document, schema["items"])
    if "allOf" in schema:
        made["allOf"] = [_schema(document, piece) for piece in schema["allOf"]]
    return made
