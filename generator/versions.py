"""API versions: the list of them, the marks `x-since` and `x-until`, and the document of one version (projection).

`x-since: V` says that V is the first version with the marked thing, `x-until: V` that V is the first one without it.
Marks stand on operations, parameters, properties and response headers; for the values of an enum they stand in
`x-enum-marks` beside it, for a `required` that came later in `x-required-since`.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from generator.document import walk
from generator.problem import Problem

MARKS = ("x-since", "x-until")


def api_versions(spec: dict[str, Any]) -> tuple[str, ...]:
    """The supported API versions, oldest first."""
    versions = spec.get("info", {}).get("x-api-versions")
    if not isinstance(versions, list) or not versions or not all(isinstance(v, str) for v in versions):
        raise Problem("info.x-api-versions must list the API versions, oldest first, as text")
    if len(set(versions)) != len(versions) or versions != sorted(versions):
        raise Problem(f"info.x-api-versions must be in order and without repeats, it is {versions}")
    return tuple(versions)


def default_version(spec: dict[str, Any]) -> str:
    """The API version that a client uses unless told otherwise."""
    version = spec["info"].get("x-default-api-version")
    if version not in api_versions(spec):
        raise Problem(f"info.x-default-api-version {version!r} is not in info.x-api-versions")
    return str(version)


def check_marks(spec: dict[str, Any]) -> None:
    """Refuse a mark with an unknown version, and an `x-since` that is not before its `x-until`."""
    versions = api_versions(spec)
    for trail, node in walk(spec):
        since, until = node.get("x-since"), node.get("x-until")
        place = "/".join(map(str, trail))
        for mark in (since, until, node.get("x-required-since")):
            if mark is not None and mark not in versions:
                raise Problem(f"{place}: the mark {mark!r} is not one of info.x-api-versions {list(versions)}")
        if since is not None and until is not None and versions.index(since) >= versions.index(until):
            raise Problem(f"{place}: x-since {since!r} must come before x-until {until!r}")


def exists(node: Any, version: str, versions: Sequence[str]) -> bool:
    """Whether the marked thing is there in this version."""
    if not isinstance(node, dict):
        return True
    at = versions.index(version)
    since, until = node.get("x-since"), node.get("x-until")
    return (since is None or at >= versions.index(since)) and (until is None or at < versions.index(until))


def project(spec: dict[str, Any], version: str) -> dict[str, Any]:
    """The document of one API version: what it lacks is gone, and so are all marks and notes for the other versions."""
    versions = api_versions(spec)
    if version not in versions:
        raise Problem(f"{version!r} is not an API version of the spec; it has {', '.join(versions)}")
    document: dict[str, Any] = _project(copy.deepcopy(spec), version, versions, spec)
    document["info"]["version"] = version
    for note in ("x-api-versions", "x-default-api-version"):
        document["info"].pop(note, None)
    document["paths"] = {path: item for path, item in document["paths"].items() if _has_operation(item)}
    _drop_unused(document)
    return document


def _has_operation(item: dict[str, Any]) -> bool:
    return any(key in item for key in ("get", "put", "post", "delete", "head", "patch"))


def _project(node: Any, version: str, versions: Sequence[str], spec: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_project(v, version, versions, spec) for v in node if _kept(v, version, versions, spec)]
    if not isinstance(node, dict):
        return node
    kept = {k: v for k, v in node.items() if k not in MARKS and _kept(v, version, versions, spec)}
    _project_enum(kept, version, versions)
    _project_required(kept, node, version, versions)
    return {key: _project(value, version, versions, spec) for key, value in kept.items()}


def _kept(node: Any, version: str, versions: Sequence[str], spec: dict[str, Any]) -> bool:
    """A reference to a marked parameter or header goes with what it refers to."""
    if not exists(node, version, versions):
        return False
    if isinstance(node, dict) and str(node.get("$ref", "")).startswith(
        ("#/components/parameters/", "#/components/headers/")
    ):
        target: Any = spec
        for part in node["$ref"][2:].split("/"):
            target = target.get(part, {})
        return exists(target, version, versions)
    return True


def _project_enum(node: dict[str, Any], version: str, versions: Sequence[str]) -> None:
    marks = node.pop("x-enum-marks", None)
    if isinstance(marks, dict) and "enum" in node:
        node["enum"] = [value for value in node["enum"] if exists(marks.get(value), version, versions)]


def _project_required(kept: dict[str, Any], node: dict[str, Any], version: str, versions: Sequence[str]) -> None:
    properties = node.get("properties")
    if not isinstance(properties, dict) or not isinstance(kept.get("required"), list):
        return
    kept["required"] = [
        name
        for name in kept["required"]
        if exists(properties.get(name), version, versions) and _required_yet(properties.get(name), version, versions)
    ]
    if not kept["required"]:
        del kept["required"]


def _required_yet(schema: Any, version: str, versions: Sequence[str]) -> bool:
    since = schema.get("x-required-since") if isinstance(schema, dict) else None
    return since is None or versions.index(version) >= versions.index(since)


def _drop_unused(document: dict[str, Any]) -> None:
    """Components that nothing refers to in this version are gone too; repeated, since one may hold on to another."""
    while True:
        used = {node["$ref"] for _, node in walk(document) if isinstance(node.get("$ref"), str)}
        unused = [
            (kind, name)
            for kind, members in document.get("components", {}).items()
            if kind != "securitySchemes"
            for name in members
            if f"#/components/{kind}/{name}" not in used
        ]
        if not unused:
            return
        for kind, name in unused:
            del document["components"][kind][name]
