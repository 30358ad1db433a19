"""What one api-version allows, read from its OpenAPI document: operations, parameters, bodies, filters, members.

The documents are `generated/openapi/<api-version>.yaml` in a checkout and `batchtasks_local/openapi/` in a wheel.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

from batchtasks_local.bodies import Body
from batchtasks_local.conditions import HEADERS
from batchtasks_local.strict import Normaliser, Schema, strict

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a PyYAML without its C part reads the same, slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

METHODS = ("get", "put", "post", "delete", "patch", "head")
# Versions of the service whose task operations are those of a documented one; they changed pools and nodes only.
SAME_AS = {
    "2022-10-01.16.0": "2022-01-01.15.0",
    "2023-05-01.17.0": "2022-01-01.15.0",
    "2023-11-01.18.0": "2024-02-01.19.0",
}

FilterTable = dict[str, tuple[str, tuple[str, ...]]]


@frozen
class Parameter:
    """A query parameter: its name as documented, its type, and the range of a number."""

    name: str
    type: str
    least: int | None = None
    most: int | None = None
    required: bool = False


@frozen
class Operation:
    """One operation of one api-version. `query` is by lower-case name.

    `members` are those of an answer's item, `inner` the members of those that are objects.
    """

    name: str
    method: str
    path: str
    query: dict[str, Parameter]
    conditions: frozenset[str]
    filter: FilterTable
    members: tuple[str, ...]
    inner: dict[str, frozenset[str]]
    expandable: tuple[str, ...]
    body: Body | None = field(default=None, repr=False)


class Contract:
    """One OpenAPI document, its operations by name."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self.version: str = document["info"]["version"]
        self.operations = {made.name: made for made in self._operations()}

    @cached_property
    def _strict_schemas(self) -> Schema:
        made: Schema = strict(self._document["components"]["schemas"])
        return made

    def _operations(self) -> Iterator[Operation]:
        for path, item in self._document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield self._operation(method, path, item[method], item.get("parameters", []))

    def _operation(self, method: str, path: str, stated: Schema, shared: list[Schema]) -> Operation:
        parameters = [self._resolve(one) for one in (*shared, *stated.get("parameters", []))]
        headers = {one["name"].lower() for one in parameters if one["in"] == "header"}
        members = self._item(stated).get("properties", {})
        return Operation(
            name=stated["operationId"],
            method=method.upper(),
            path=path,
            query={one["name"].lower(): self._parameter(one) for one in parameters if one["in"] == "query"},
            conditions=frozenset(headers.intersection(HEADERS)),
            filter=_filter_table(parameters),
            members=tuple(name for name in members if not name.startswith("odata.")),
            inner=self._inner(members),
            expandable=self._expandable(parameters),
            body=self._body(stated),
        )

    def _inner(self, members: Schema) -> dict[str, frozenset[str]]:
        found = {name: self._resolve(schema).get("properties") for name, schema in members.items()}
        return {name: frozenset(properties) for name, properties in found.items() if properties}

    def _expandable(self, parameters: list[Schema]) -> tuple[str, ...]:
        found = [one["schema"]["items"] for one in parameters if one["name"] == "$expand"]
        return tuple(name for schema in found for name in self._resolve(schema).get("enum", ()))

    def _parameter(self, stated: Schema) -> Parameter:
        schema = self._resolve(stated.get("schema", {}))
        limits = schema.get("minimum"), schema.get("maximum")
        return Parameter(stated["name"], schema.get("type", "string"), *limits, stated.get("required", False))

    def _body(self, stated: Schema) -> Body | None:
        if "requestBody" not in stated:
            return None
        request = self._resolve(stated["requestBody"])
        schema = next(iter(request["content"].values()))["schema"]
        root = {
            "$ref": "#/$defs/asked",
            "$defs": {"asked": strict(schema)},
            "components": {"schemas": self._strict_schemas},
        }
        return Body(root, Normaliser(self._resolve).of(schema), required=request.get("required", False))

    def _item(self, stated: Schema) -> Schema:
        """The schema of what an answer holds: the list's item for a list, else the answer itself."""
        answer = self._resolve(stated["responses"].get("200", {}))
        content: Schema = next(iter(answer.get("content", {}).values()), {})
        schema = self._resolve(content.get("schema", {}))
        rows = self._resolve(schema.get("properties", {}).get("value", {}))
        return self._resolve(rows["items"]) if "items" in rows else schema

    def _resolve(self, part: Schema) -> Schema:
        while "$ref" in part:
            target: Any = self._document
            for step in part["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            part = target
        return part


class Contracts:
    """The documents of a folder, by api-version; each is read when it is first asked for."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or default_folder()
        self._paths = {path.stem: path for path in sorted(self._folder.glob("*.yaml"))}
        self._read: dict[str, Contract] = {}
        if not self._paths:
            raise FileNotFoundError(f"No OpenAPI documents (<api-version>.yaml) in {self._folder}.")

    @property
    def versions(self) -> tuple[str, ...]:
        """The api-versions that there are documents for, oldest first."""
        return tuple(self._paths)

    def get(self, version: str) -> Contract | None:
        """The contract of an api-version, or None for one that the service does not know."""
        name = SAME_AS.get(version, version)
        if name not in self._read and name in self._paths:
            self._read[name] = Contract(yaml.load(self._paths[name].read_bytes(), Loader))
        return self._read.get(name)


def default_folder() -> Path:
    """Where the documents are: inside the installed package, or in the checkout that this file belongs to."""
    installed = Path(__file__).with_name("openapi")
    return installed if installed.is_dir() else Path(__file__).parents[2] / "generated" / "openapi"


def _filter_table(parameters: list[Schema]) -> FilterTable:
    rows = (row for one in parameters for row in one.get("x-filter", {}).items())
    return {name: (row["type"], tuple(row["operators"])) for name, row in rows}
