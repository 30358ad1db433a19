"""Operations of the rest of the service, which our specification has nothing to do with."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
THINGS = ("certificates", "nodecounts", "poolusagemetrics", "lifetimepoolstats", "lifetimejobstats", "files")
ACTIONS = ("disable", "enable", "resize", "upgrade", "evaluate", "removenodes")


def add_unrelated(document: Json) -> None:
    """Some eighty operations, some of them with references that lead in a circle or nowhere."""
    swagger = "swagger" in document
    for thing in THINGS:
        paths = {f"/{thing}": ("get", "post"), f"/{thing}/{{id}}": ("get", "put", "patch", "delete", "head")}
        paths.update({f"/{thing}/{{id}}/{action}": ("post",) for action in ACTIONS})
        for path, verbs in paths.items():
            document["paths"][path] = {verb: _operation(verb, path, thing, swagger) for verb in verbs}
    schemas = document["definitions"] if swagger else document["components"]["schemas"]
    schemas["Unrelated"] = {
        "type": "object",
        "properties": {"again": {"$ref": _reference("Unrelated", swagger)}, "n": {"type": "integer"}},
    }


def _operation(verb: str, path: str, thing: str, swagger: bool) -> Json:
    place: Json = {"type": "string"} if swagger else {"schema": {"type": "string"}}
    schema = {"$ref": _reference("Unrelated" if thing != "certificates" else "Nowhere", swagger)}
    answer: Json = {"description": "It."}
    answer |= {"schema": schema} if swagger else {"content": {"application/json": {"schema": schema}}}
    return {
        "operationId": f"{thing}_{verb}_{path.rpartition('/')[2]}",
        "parameters": [{"name": "id", "in": "path", "required": True, **place}] if "{id}" in path else [],
        "responses": {"200": answer},
    }


def _reference(name: str, swagger: bool) -> str:
    return f"#/definitions/{name}" if swagger else f"#/components/schemas/{name}"
