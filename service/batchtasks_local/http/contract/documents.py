"""The OpenAPI documents, one for each API version, and what they say about operations.

They are `generated/openapi/json/<api-version>.json` in a checkout, and in `batchtasks_local/openapi/` in a wheel.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import orjson
from attrs import define, field, frozen

from batchtasks_local.domain.filters import FilterTable
from batchtasks_local.http.conditions import HEADERS
from batchtasks_local.http.contract.bodies import Body
from batchtasks_local.http.contract.normalise import Schema, normaliser
from batchtasks_local.http.contract.strict import strict

log = logging.getLogger("batchtasks_local")

METHODS = ("get", "put", "post", "delete", "patch", "head")
# Versions of the service without a document of their own are answered with the nearest one. Those from 2022-10-01.16.0 on
# differ from it in pools and nodes only; programs pin the older ones.
SAME_AS = {
    "2020-09-01.12.0": "2022-01-01.15.0",
    "2021-06-01.14.0": "2022-01-01.15.0",
    "2022-10-01.16.0": "2022-01-01.15.0",
    "2023-05-01.17.0": "2022-01-01.15.0",
    "2023-11-01.18.0": "2024-02-01.19.0",
}


@frozen
class Parameter:
    """A query parameter: its name as documented, its type, and the range of a number."""

    name: str
    type: str
    least: int | None = None
    most: int | None = None
    required: bool = False


@frozen
class Members:
    """The names of an object's members, and the members of those that are objects or lists of them."""

    names: frozenset[str]
    inner: dict[str, Members]


@frozen
class Operation:
    """One operation of one API version.

    Attributes:
        query: The query parameters, by name in lower case.
        conditions: The conditional headers that it takes, in lower case.
        members: The members of an answer, or of each item of a list.
        expandable: The names that `$expand` may have.
    """

    name: str
    query: dict[str, Parameter]
    conditions: frozenset[str]
    filter: FilterTable
    members: Members
    expandable: tuple[str, ...]
    body: Body | None = field(default=None, repr=False)


@define
class Place:
    """A path, or the beginning of one.

    Attributes:
        verbs: The names of the operations there, by HTTP method.
        words: What may follow, by word in lower case; None stands for an id.
        takes_rest: Whether the id may hold slashes, as the name of a file does; it is the last of its path.
    """

    verbs: dict[str, str] = field(factory=dict)
    words: dict[str | None, Place] = field(factory=dict)
    takes_rest: bool = False


class Contract:
    """One OpenAPI document: its operations by name, and the paths that lead to them."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.operations = {made.name: made for made in self._operations()}
        self.root = Place()
        for path, item in document["paths"].items():
            place = self.root
            for part in path.strip("/").split("/"):
                place = place.words.setdefault(None if part.startswith("{") else part.lower(), Place())
            place.verbs = {method.upper(): item[method]["operationId"] for method in METHODS if method in item}
            place.takes_rest = path.endswith("{filePath}")

    @cached_property
    def _strict_schemas(self) -> Schema:
        made: Schema = strict(self.document["components"]["schemas"])
        return made

    def _operations(self) -> Iterator[Operation]:
        for item in self.document["paths"].values():
            for method in METHODS:
                if method in item:
                    yield self._operation(item[method], item.get("parameters", []))

    def _operation(self, stated: Schema, shared: list[Schema]) -> Operation:
        parameters = [self.resolve(one) for one in (*stated.get("parameters", []), *shared)]
        headers = {one["name"].lower() for one in parameters if one["in"] == "header"}
        return Operation(
            name=stated["operationId"],
            query={one["name"].lower(): self._parameter(one) for one in parameters if one["in"] == "query"},
            conditions=frozenset(headers.intersection(HEADERS)),
            filter=_filter_table(parameters),
            members=self._members(self._item(stated)) or Members(frozenset(), {}),
            expandable=self._expandable(parameters),
            body=self._body(stated),
        )

    def _members(self, stated: Schema) -> Members | None:
        """Return the members of an object, or of the objects of a list; None if the schema does not name them all."""
        schema = self.resolve(stated)
        if "items" in schema:
            return self._members(schema["items"])
        if "properties" not in schema or schema.get("additionalProperties"):
            return None
        names = (name for name in schema["properties"] if not name.startswith("odata."))
        inner = {name: self._members(schema["properties"][name]) for name in names}
        return Members(frozenset(inner), {name: part for name, part in inner.items() if part})

    def _expandable(self, parameters: list[Schema]) -> tuple[str, ...]:
        found = [one["schema"]["items"] for one in parameters if one["name"] == "$expand"]
        return tuple(name for schema in found for name in self.resolve(schema).get("enum", ()))

    def _parameter(self, stated: Schema) -> Parameter:
        schema = self.resolve(stated.get("schema", {}))
        limits = schema.get("minimum"), schema.get("maximum")
        return Parameter(stated["name"], schema.get("type", "string"), *limits, stated.get("required", False))

    def _body(self, stated: Schema) -> Body | None:
        if "requestBody" not in stated:
            return None
        request = self.resolve(stated["requestBody"])
        schema = next(iter(request["content"].values()))["schema"]
        normalise = normaliser(schema, self.resolve)
        return Body(schema, lambda: self._strict_schemas, normalise, required=request.get("required", False))

    def _item(self, stated: Schema) -> Schema:
        """Return the schema of what an answer holds: the item of a list, or else the answer itself."""
        answer = self.resolve(stated["responses"].get("200", {}))
        content: Schema = next(iter(answer.get("content", {}).values()), {})
        schema = self.resolve(content.get("schema", {}))
        rows = self.resolve(schema.get("properties", {}).get("value", {}))
        return self.resolve(rows["items"]) if "items" in rows else schema

    def resolve(self, part: Schema) -> Schema:
        """Follow the `$ref` of a part of the document, if it has one."""
        while "$ref" in part:
            target: Any = self.document
            for step in part["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            part = target
        return part


class Contracts:
    """The documents of a folder, by API version; each is read when it is first asked for."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or default_folder()
        self._paths = {path.stem: path for path in sorted(folder.glob("*.json"))}
        self._read: dict[str, Contract] = {}
        self._noted: set[str] = set()
        if not self._paths:
            raise FileNotFoundError(f"No OpenAPI documents (<api-version>.json) in {folder}.")

    @property
    def versions(self) -> tuple[str, ...]:
        """The API versions that there are documents for, oldest first."""
        return tuple(self._paths)

    def get(self, version: str) -> Contract | None:
        """Return the contract of an API version, or None for one that the service does not know.

        If it is that of another version, the log says so once.
        """
        name = SAME_AS.get(version, version)
        if name != version and version not in self._noted:
            self._noted.add(version)
            log.warning("a client asks for api-version %s; it is answered as %s", version, name)
        if name not in self._read and name in self._paths:
            self._read[name] = Contract(orjson.loads(self._paths[name].read_bytes()))
        return self._read.get(name)


@cache
def operation_names() -> tuple[str, ...]:
    """Return the names of the operations of all API versions."""
    documents = (orjson.loads(path.read_bytes()) for path in sorted(default_folder().glob("*.json")))
    return tuple(dict.fromkeys(name for document in documents for name in Contract(document).operations))


def default_folder() -> Path:
    """Return the folder of the documents: in the installed package, or in the checkout that this file belongs to."""
    package = Path(__file__).parents[2]
    installed = package / "openapi"
    return installed if installed.is_dir() else package.parents[1] / "generated" / "openapi" / "json"


def _filter_table(parameters: list[Schema]) -> FilterTable:
    rows = (row for one in parameters for row in one.get("x-filter", {}).items())
    return {name: (row["type"], tuple(row["operators"])) for name, row in rows}
