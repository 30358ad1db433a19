"""Other ways of writing the same exchange, each made wherever a description has room for it."""

from __future__ import annotations

import copy
import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any

from generator.document import VERBS, walk
from tests.generator.mutants import Json

Neutral = Callable[[Json], int]  # changes a description in place and returns in how many places
KINDS: dict[str, Neutral] = {}


def kind(change: Neutral) -> Neutral:
    """Take a change into the table, by its name."""
    KINDS[change.__name__.strip("_").replace("_", " ")] = change
    return change


def schemas(document: Json) -> Json:
    found: Json = document["definitions"] if "swagger" in document else document["components"]["schemas"]
    return found


def ours(document: Json) -> Iterator[tuple[str, Json]]:
    """The operations below /jobs."""
    for path, item in document["paths"].items():
        if path.startswith("/jobs"):
            yield from ((verb, item[verb]) for verb in VERBS if verb in item)


def typed(document: Json) -> Iterator[Json]:
    """Every schema with a type, be it a parameter's, a header's or a member's."""
    found = list(walk(document))
    yield from (
        n for trail, n in found if isinstance(n.get("type"), str | list) and "flow" not in n and not is_map(trail)
    )


def objects(document: Json) -> Iterator[Json]:
    found = list(walk(schemas(document)))
    yield from (node for trail, node in found if isinstance(node.get("properties"), dict) and not is_map(trail))


def is_map(trail: tuple[str | int, ...]) -> bool:
    """Whether this is what a schema says of its members, and not a member called `properties`."""
    last = [part == "properties" for part in trail[::-1]]
    return last.index(False) % 2 == 1 if False in last else len(last) % 2 == 1


def parameters(document: Json) -> Iterator[Json]:
    for _, operation in ours(document):
        yield from (p for p in operation["parameters"] if "$ref" not in p)


def headers(document: Json) -> Iterator[Json]:
    for _, operation in ours(document):
        yield from (response["headers"] for response in operation["responses"].values() if response.get("headers"))


def say(nodes: Iterator[Json], **members: Any) -> int:
    """State what holds anyway, wherever nothing is stated."""
    changed = 0
    for node in nodes:
        for key, value in members.items():
            if key not in node:
                node[key] = copy.deepcopy(value)
                changed += 1
    return changed


def turn(node: Json, key: str) -> bool:
    """Reverse a list."""
    found = isinstance(node.get(key), list) and len(node[key]) > 1
    if found:
        node[key] = node[key][::-1]
    return found


def replace(node: Json, key: str, new: Any) -> bool:
    found = key in node and node[key] != new
    if found:
        node[key] = new
    return found


# ------------------------------------------------------------------------------------------------- words and extensions


@kind
def other_words(document: Json) -> int:
    return sum(
        replace(node, key, "Entirely other words.")
        for _, node in list(walk(document))
        for key in ("description", "summary")
        if isinstance(node.get(key), str)
    )


@kind
def words_where_there_were_none(document: Json) -> int:
    return say(typed(document), description="New words.", title="New title", externalDocs={"url": "https://x"})


@kind
def tags_of_operations(document: Json) -> int:
    return sum(operation.update(tags=["Other"]) is None for _, operation in ours(document))


@kind
def extensions_of_others(document: Json) -> int:
    return say(typed(document), **{"x-ms-client-name": "elsewhere", "x-nullable": False, "x-ms-secret": False})


@kind
def extensions_of_operations(document: Json) -> int:
    more = {"x-ms-pageable": {"nextLinkName": "odata.nextLink"}, "x-ms-examples": {"a": {"$ref": "./examples/a.json"}}}
    return say((operation for _, operation in ours(document)), **more)


@kind
def examples(document: Json) -> int:
    return say(typed(document), example="an example", xml={"name": "x"})


@kind
def contact_and_license(document: Json) -> int:
    document["info"].update(contact={"name": "x"}, license={"name": "x"}, termsOfService="https://x")
    return 1


# ---------------------------------------------------------------------------------------------------------------- order


@kind
def order_of_keys(document: Json) -> int:
    nodes = [node for _, node in walk(document)]
    for node in nodes:
        turned = dict(reversed(node.items()))
        node.clear()
        node.update(turned)
    return len(nodes)


@kind
def order_of_parameters(document: Json) -> int:
    return sum(turn(operation, "parameters") for _, operation in ours(document))


@kind
def order_of_values(document: Json) -> int:
    return sum(turn(node, "enum") for _, node in walk(document))


@kind
def order_of_what_is_required(document: Json) -> int:
    return sum(turn(node, "required") for _, node in walk(document))


@kind
def order_of_choices(document: Json) -> int:
    return sum(turn(node, "anyOf") for _, node in walk(document))


@kind
def values_that_stand_twice(document: Json) -> int:
    lists = [node["enum"] for _, node in walk(document) if isinstance(node.get("enum"), list)]
    return sum(values.append(values[0]) is None for values in lists)


# ---------------------------------------------------------------------------------------------------------------- names


@kind
def names_of_operations(document: Json) -> int:
    # Two of the paths in a description may have the same id: what Microsoft's tools refuse says nothing of the exchange.
    found = list(enumerate(ours(document)))
    return sum(operation.update(operationId=f"Other_{number}") is None for number, (_, operation) in found)


@kind
def operations_without_a_name(document: Json) -> int:
    return sum(operation.pop("operationId") is not None for _, operation in ours(document))


@kind
def names_of_schemas(document: Json) -> int:
    made = {f"Other{name}": schema for name, schema in schemas(document).items()}
    schemas(document).clear()
    schemas(document).update(made)
    place = "#/definitions/" if "swagger" in document else "#/components/schemas/"
    references = [node for _, node in walk(document) if str(node.get("$ref", "")).startswith(place)]
    return sum(replace(node, "$ref", place + "Other" + node["$ref"].removeprefix(place)) for node in references)


@kind
def names_in_paths(document: Json) -> int:
    document["paths"] = {path.replace("{", "{other_"): item for path, item in document["paths"].items()}
    return sum(p.update(name=f"other_{p['name']}") is None for p in parameters(document) if p["in"] == "path")


@kind
def letter_case_of_header_parameters(document: Json) -> int:
    return sum(replace(p, "name", p["name"].upper()) for p in parameters(document) if p["in"] == "header")


@kind
def letter_case_of_headers(document: Json) -> int:
    changed = 0
    for found in list(headers(document)):
        loud = {name.upper(): header for name, header in found.items()}
        changed += len(loud)
        found.clear()
        found.update(loud)
    return changed


@kind
def headers_that_openapi_has_a_place_for(document: Json) -> int:
    kind = {"type": "string"} if "swagger" in document else {"schema": {"type": "string"}}
    new = [{"name": name, "in": "header", "required": True, **kind} for name in ("Accept", "Content-Type")]
    return sum(operation["parameters"].extend(copy.deepcopy(new)) is None for _, operation in ours(document))


# ----------------------------------------------------------------------------------------------- what holds without saying


@kind
def flags_that_are_off(document: Json) -> int:
    off = {"readOnly": False, "writeOnly": False, "nullable": False, "deprecated": False, "uniqueItems": False}
    return say(typed(document), exclusiveMinimum=False, exclusiveMaximum=False, **off)


@kind
def lengths_of_zero(document: Json) -> int:
    return say(typed(document), minLength=0, minItems=0, minProperties=0)


@kind
def no_default(document: Json) -> int:
    return say(typed(document), default=None)


@kind
def nothing_is_required(document: Json) -> int:
    return say(objects(document), required=[]) + say((o for _, o in ours(document)), deprecated=False)


@kind
def parameters_that_are_not_required(document: Json) -> int:
    return say(parameters(document), required=False, allowEmptyValue=False)


@kind
def members_of_any_name_and_kind(document: Json) -> int:
    return say(objects(document), additionalProperties={})


@kind
def members_of_any_name(document: Json) -> int:
    return say(objects(document), additionalProperties=True)


@kind
def members_that_nobody_has_evaluated(document: Json) -> int:
    return say(objects(document), unevaluatedProperties={})


@kind
def given_and_shown_at_any_time(document: Json) -> int:
    nodes = (node for trail, node in walk(schemas(document)) if trail[-2:-1] == ("properties",))
    return say(
        (node for node in nodes if not node.get("readOnly")), **{"x-ms-mutability": ["create", "read", "update"]}
    )


@kind
def numbers_with_a_point(document: Json) -> int:
    limits = ("minimum", "maximum", "maxItems", "default")
    nodes = [node for node in typed(document) if any(type(node.get(limit)) is int for limit in limits)]
    for node in nodes:
        node.update({limit: float(node[limit]) for limit in limits if type(node.get(limit)) is int})
    return len(nodes)


@kind
def types_that_are_implied(document: Json) -> int:
    return sum(node.pop("type", None) == "object" for node in list(objects(document)))


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
