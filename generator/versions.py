"""API versions: the list of them, the marks `x-since` and `x-until`, and the document of one version (projection).

`x-since: V` says that V is the first version with the marked thing, `x-until: V` that V is the first one without it.
Marks stand on operations, parameters, properties and response headers; those of the values of an enum stand in
`x-enum-marks` beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from generator.document import MARKS, VERBS, GeneratorError, lookup, operations, reachable, walk


def api_versions(spec: dict[str, Any]) -> tuple[str, ...]:
    """Return the supported API versions, oldest first."""
    versions = spec.get("info", {}).get("x-api-versions")
    if not isinstance(versions, list) or not versions or not all(isinstance(v, str) for v in versions):
        raise GeneratorError("info.x-api-versions must list the API versions, oldest first, as text")
    if len(set(versions)) != len(versions) or versions != sorted(versions):
        raise GeneratorError(f"info.x-api-versions must be in order and without repeats, it is {versions}")
    return tuple(versions)


def default_version(spec: dict[str, Any]) -> str:
    """Return the API version that a client uses unless it is given another."""
    version = spec["info"].get("x-default-api-version")
    if version not in api_versions(spec):
        raise GeneratorError(f"info.x-default-api-version {version!r} is not in info.x-api-versions")
    return str(version)


def check_spec(spec: dict[str, Any]) -> None:
    """Raise `GeneratorError` for a mark or a `$ref` that makes no sense, and for an operationId that is missing or not unique."""
    versions = api_versions(spec)
    for trail, node in walk(spec):
        place = "/".join(str(part).replace("/", "~1") for part in trail)
        span(place, node.get("x-since"), node.get("x-until"), versions)
        if "$ref" in node:
            try:
                lookup(spec, node["$ref"])
            except GeneratorError as error:
                raise GeneratorError(f"{place}: {error}") from None
    for name, number in Counter(operation.name for operation in operations(spec)).items():
        if number > 1:
            raise GeneratorError(f"the operationId {name!r} is used {number} times: each operation needs its own")


def span(place: str, since: Any, until: Any, versions: Sequence[str]) -> Sequence[str]:
    """Return the API versions from `since` to the one before `until`, None for no limit; raise `GeneratorError` for none."""
    for version in (since, until):
        if version is not None and version not in versions:
            raise GeneratorError(f"{place}: {version!r} is no API version of the spec; it knows {', '.join(versions)}")
    found = versions[versions.index(since or versions[0]) : versions.index(until) if until else None]
    if not found:
        raise GeneratorError(f"{place}: since {since!r} must come before until {until!r}")
    return found


def exists(node: Any, version: str, versions: Sequence[str]) -> bool:
    """Return whether the marked thing is there in this version."""
    if not isinstance(node, dict) or node.keys().isdisjoint(MARKS):
        return True
    return version in span("", node.get("x-since"), node.get("x-until"), versions)


def project(spec: dict[str, Any], version: str) -> dict[str, Any]:
    """Return the document of one API version, without what it lacks and without marks and notes on versions."""
    versions = api_versions(spec)
    if version not in versions:
        raise GeneratorError(f"{version!r} is not an API version of the spec; it has {', '.join(versions)}")

    def is_there(node: Any) -> bool:
        """A reference to a marked parameter or header goes with what it refers to."""
        reference = str(node.get("$ref", "")) if isinstance(node, dict) else ""
        is_marked = reference.startswith(("#/components/parameters/", "#/components/headers/"))
        target = lookup(spec, reference) if is_marked else None
        return exists(node, version, versions) and exists(target, version, versions)

    document: dict[str, Any] = _project(spec, is_there)
    document["info"]["version"] = version
    for note in ("x-api-versions", "x-default-api-version"):
        document["info"].pop(note, None)
    document["paths"] = {path: item for path, item in document["paths"].items() if not item.keys().isdisjoint(VERBS)}
    left = {operation.name for operation in operations(document)}
    for row in document.get("x-error-codes", []):
        for key in ("operations", "done"):
            if isinstance(row.get(key), list):
                row[key] = [name for name in row[key] if name in left]
    _drop_unused(document)
    return document


def _project(node: Any, is_there: Callable[[Any], bool]) -> Any:
    """Return a copy of a part without what is not there."""
    if isinstance(node, list):
        return [_project(value, is_there) for value in node if is_there(value)]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key not in MARKS and is_there(value)}
    marks, properties = kept.pop("x-enum-marks", None), node.get("properties")
    if isinstance(marks, dict) and "enum" in kept:
        kept["enum"] = [value for value in kept["enum"] if is_there(marks.get(value))]
    if isinstance(properties, dict) and isinstance(kept.get("required"), list):
        kept["required"] = [name for name in kept["required"] if is_there(properties.get(name))]
        if not kept["required"]:
            del kept["required"]
    return {key: _project(value, is_there) for key, value in kept.items()}


def _drop_unused(document: dict[str, Any]) -> None:
    """Drop components that nothing leads to in this version."""
    used = reachable(document, [node for key, node in document.items() if key != "components"])
    components = document.get("components", {})
    for kind in components.keys() - {"securitySchemes"}:
        members = components[kind].items()
        components[kind] = {name: node for name, node in members if f"#/components/{kind}/{name}" in used}
