"""Other shapes of a document, and other keywords for one thing."""

from __future__ import annotations

import copy
import urllib.parse

from generator.document import VERBS, walk
from tests.generator.drift.mutants import Json
from tests.generator.drift.neutral.table import (
    headers,
    kind,
    objects,
    ours,
    parameters,
    replace,
    say,
    schemas,
    typed,
)

# -------------------------------------------------------------------------------------------------------- how it is shaped


@kind
def references_inside_all_of(document: Json) -> int:
    nodes = [node for trail, node in walk(document) if set(node) == {"$ref"} and "parameters" not in trail[-2:]]
    nodes = [node for node in nodes if "definitions" in node["$ref"] or "schemas" in node["$ref"]]
    return sum(node.update(allOf=[{"$ref": node.pop("$ref")}]) is None for node in nodes)


@kind
def members_split_over_all_of(document: Json) -> int:
    found = [node for node in objects(document) if "allOf" not in node]
    for node in found:
        node["allOf"] = [{"properties": node.pop("properties"), "required": node.pop("required", [])}]
    return len(found)


@kind
def schemas_written_where_they_are_used(document: Json) -> int:
    """Those that do not lead to others: written out in place of the reference."""
    flat = {name: s for name, s in schemas(document).items() if "$ref" not in str(s)}
    place = "#/definitions/" if "swagger" in document else "#/components/schemas/"
    changed = 0
    for _, node in list(walk(document)):
        target = flat.get(str(node.get("$ref", "")).removeprefix(place))
        if target is not None:
            del node["$ref"]
            node.update(copy.deepcopy({**target, **node}))
            changed += 1
    return changed


@kind
def values_written_apart(document: Json) -> int:
    place = "#/definitions/" if "swagger" in document else "#/components/schemas/"
    members = [node for trail, node in walk(schemas(document)) if trail[-2:-1] == ("properties",)]
    found = [node for node in members if {"enum", "anyOf"} & set(node)]
    found = found or [node for node in members if node.get("format") == "duration"]
    for number, node in enumerate(found):
        schemas(document)[f"Apart{number}"] = dict(node)
        mark = {"readOnly": True} if node.get("readOnly") else {}
        node.clear()
        node.update({"allOf": [{"$ref": f"{place}Apart{number}"}], **mark})
    return len(found)


@kind
def percent_in_references(document: Json) -> int:
    nodes = [node for _, node in walk(document) if str(node.get("$ref", "")).startswith("#/")]
    return sum(
        replace(node, "$ref", "#/" + urllib.parse.quote(node["$ref"][2:], safe="/~").replace("a", "%61"))
        for node in nodes
    )


@kind
def parameters_of_the_path(document: Json) -> int:
    changed = 0
    for path, item in document["paths"].items():
        if path.startswith("/jobs"):
            operations = [item[verb] for verb in VERBS if verb in item]
            first = operations[0]["parameters"]
            shared = [p for p in first if p.get("in") != "body" and all(p in o["parameters"] for o in operations)]
            item["parameters"] = shared
            for operation in operations:
                operation["parameters"] = [p for p in operation["parameters"] if p not in shared]
            changed += len(shared)
    return changed


@kind
def parameters_kept_apart(document: Json) -> int:
    holder = document if "swagger" in document else document["components"]
    place = "#/parameters/" if "swagger" in document else "#/components/parameters/"
    for _, operation in ours(document):
        for index, parameter in enumerate(operation["parameters"]):
            if "$ref" not in parameter:
                name = f"P{len(holder.setdefault('parameters', {}))}"
                holder["parameters"][name] = parameter
                operation["parameters"][index] = {"$ref": place + name}
    return len(holder["parameters"])


@kind
def answers_kept_apart(document: Json) -> int:
    holder = document if "swagger" in document else document["components"]
    place = "#/responses/" if "swagger" in document else "#/components/responses/"
    kept = holder.setdefault("responses", {})
    for _, operation in ours(document):
        for status, response in operation["responses"].items():
            kept[f"R{len(kept)}"] = response
            operation["responses"][status] = {"$ref": f"{place}R{len(kept) - 1}"}
    return len(kept)


@kind
def things_that_nobody_uses(document: Json) -> int:
    schemas(document)["Nobody"] = {"type": "object", "properties": {"broken": {"$ref": "#/nowhere"}}}
    document["paths"]["/elsewhere"] = {"get": {"operationId": "Elsewhere", "responses": {"200": {"description": ""}}}}
    return 2


# --------------------------------------------------------------------------------------------------- words for one thing


@kind
def other_names_of_formats(document: Json) -> int:
    names = {
        "date-time-rfc1123": "http-date",
        "date-time-rfc7231": "date-time-rfc1123",
        "http-date": "date-time-rfc7231",
    }
    return sum(
        replace(node, "format", names.get(str(node.get("format")), node.get("format"))) for node in typed(document)
    )


@kind
def formats_that_say_nothing(document: Json) -> int:
    return say((n for n in typed(document) if n["type"] == "string" and "enum" not in n), format="string")


@kind
def parameters_of_media_types(document: Json) -> int:
    changed = 0
    for _, node in list(walk(document)):
        for key in ("consumes", "produces"):
            if isinstance(node.get(key), list):
                node[key] = [f"{name.upper()}; charset=utf-8" for name in node[key]]
                changed += 1
        if isinstance(node.get("content"), dict):
            node["content"] = {f"{name.upper()}; charset=utf-8": media for name, media in node["content"].items()}
            changed += 1
    return changed


@kind
def names_of_credentials(document: Json) -> int:
    holder = document if "swagger" in document else document["components"]
    key = "securityDefinitions" if "swagger" in document else "securitySchemes"
    holder[key] = {f"other_{name}": scheme for name, scheme in holder[key].items()}
    document["security"] = [{f"other_{name}": ["other.scope"] for name in row} for row in document["security"]]
    return 1


@kind
def security_of_each_operation(document: Json) -> int:
    return say((operation for _, operation in ours(document)), security=document["security"])


@kind
def media_types_of_each_operation(document: Json) -> int:
    if "swagger" not in document:
        return 0
    more = {key: document[key] for key in ("consumes", "produces")}
    return say((operation for _, operation in ours(document)), **more)


@kind
def the_host_of_swagger(document: Json) -> int:
    document.update({} if "openapi" in document else {"host": "other.example", "basePath": "/", "schemes": ["https"]})
    return int("swagger" in document)


@kind
def operations_in_an_extension(document: Json) -> int:
    paths = document["paths"]
    document["x-ms-paths"] = {f"{path}?comp=x": paths.pop(path) for path in list(paths) if path.endswith("/terminate")}
    return len(document["x-ms-paths"])


@kind
def values_in_an_extension_only(document: Json) -> int:
    named = [node for _, node in walk(document) if "enum" in node and isinstance(node.get("x-ms-enum"), dict)]
    return sum(node.pop("enum") is not None for node in named)


@kind
def how_a_list_is_written(document: Json) -> int:
    lists = [p for p in parameters(document) if p.get("type") == "array"]
    return say(iter(lists), collectionFormat="csv")


@kind
def a_file_as_a_file(document: Json) -> int:
    files = [node for node in typed(document) if node.get("format") == "file"]
    return sum(node.update(type="file") is None and node.pop("format") is not None for node in files)


@kind
def another_server(document: Json) -> int:
    document.update(
        {} if "swagger" in document else {"servers": [{"url": "https://{account}.{region}.other.example:443/"}]}
    )
    return int("openapi" in document)


@kind
def no_server(document: Json) -> int:
    return int(document.pop("servers", None) is not None)


@kind
def a_server_without_a_host(document: Json) -> int:
    document.update({} if "swagger" in document else {"servers": [{"url": "/"}, {"url": "https://second.example/v2"}]})
    return int("openapi" in document)


@kind
def how_a_parameter_is_written(document: Json) -> int:
    if "swagger" in document:
        return 0
    styles = {"query": "form", "path": "simple", "header": "simple"}
    return sum(p.update(style=styles[p["in"]]) is None for p in parameters(document) if p["in"] in styles)


@kind
def bodies_kept_apart(document: Json) -> int:
    kept = document.get("components", {}).setdefault("requestBodies", {}) if "openapi" in document else {}
    for _, operation in ours(document):
        if "requestBody" in operation:
            kept[f"B{len(kept)}"] = operation["requestBody"]
            operation["requestBody"] = {"$ref": f"#/components/requestBodies/B{len(kept) - 1}"}
    return len(kept)


@kind
def links_and_callbacks(document: Json) -> int:
    return say((o for _, o in ours(document) if "openapi" in document), callbacks={}, servers=[{"url": "https://x"}])


@kind
def headers_that_may_be_missing(document: Json) -> int:
    found = (header for listed in headers(document) for header in listed.values() if "openapi" in document)
    return sum(header.update(required=not header.get("required", False)) is None for header in found)


@kind
def one_of_in_place_of_any_of(document: Json) -> int:
    nodes = [node for _, node in walk(document) if "anyOf" in node]
    return sum(node.update(oneOf=node.pop("anyOf")) is None for node in nodes)


@kind
def each_value_a_choice(document: Json) -> int:
    nodes = [node for _, node in walk(document) if "anyOf" in node]
    for node in nodes:
        values = next(choice["enum"] for choice in node.pop("anyOf") if "enum" in choice)
        node["oneOf"] = [{"const": value, "title": str(value)} for value in values]
    return len(nodes)


@kind
def closed_enumerations(document: Json) -> int:
    nodes = [node for _, node in walk(document) if "anyOf" in node]
    for node in nodes:
        node.update(next(choice for choice in node.pop("anyOf") if "enum" in choice))
    return len(nodes)


@kind
def a_choice_of_one(document: Json) -> int:
    nodes = [node for _, node in walk(document) if set(node) == {"$ref"} and "/schemas/" in node["$ref"]]
    return sum(node.update(anyOf=[{"$ref": node.pop("$ref")}]) is None for node in nodes)


@kind
def types_in_a_list(document: Json) -> int:
    if "swagger" in document or not document["openapi"].startswith("3.1"):
        return 0
    return sum(node.update(type=[node["type"]]) is None for node in typed(document) if isinstance(node["type"], str))


@kind
def bytes_by_their_format(document: Json) -> int:
    nodes = [node for _, node in walk(document) if "contentMediaType" in node]
    return sum(node.pop("contentMediaType") and node.update(type="string", format="binary") is None for node in nodes)


@kind
def bytes_by_their_media_type(document: Json) -> int:
    nodes = [node for _, node in walk(document) if node.get("contentMediaType") or node.get("format") == "binary"]
    for node in nodes:
        node.clear()
    return len(nodes)


@kind
def comments_and_ids_of_json_schema(document: Json) -> int:
    return say((n for n in typed(document) if str(document.get("openapi")).startswith("3.1")), **{"$comment": "Words."})
