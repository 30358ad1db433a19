"""Other words, names and order, and what holds without being said."""

from __future__ import annotations

import copy

from generator.document import walk
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
    turn,
    typed,
)

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
