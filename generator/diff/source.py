"""Documents as they are written: read from a file or an address, with a JSON pointer for every part."""

from __future__ import annotations

import contextlib
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from attrs import define, field

from generator.document import Loader
from generator.problem import Problem

TIMEOUT = 30  # seconds for one file of an address
LARGEST = 64 * 1024 * 1024  # bytes; Microsoft's description has about one million


@define(eq=False)
class Document:
    """One OpenAPI document. Files that it refers to are read when something leads there."""

    root: dict[str, Any]
    location: str = ""  # a path or an address; references to other files start from it
    name: str = ""  # empty for the document itself, else how it refers to this file
    _others: dict[str, Document] = field(factory=dict)

    @property
    def dialect(self) -> str:
        """Either `Swagger 2.0` or the number of OpenAPI, such as `OpenAPI 3.1.0`."""
        return f"Swagger {self.root['swagger']}" if "swagger" in self.root else f"OpenAPI {self.root['openapi']}"

    @property
    def title(self) -> str:
        return str(self.root.get("info", {}).get("title", ""))

    @property
    def version(self) -> str:
        return str(self.root.get("info", {}).get("version", ""))

    def top(self) -> Node:
        return Node(self, f"{self.name}#", self.root)

    def other(self, name: str) -> Document:
        """The file that a reference names, relative to this one."""
        location = _join(self.location, name)
        if location not in self._others:
            self._others[location] = Document(_parse(fetch(location), location), location, name, self._others)
        return self._others[location]


class Node(NamedTuple):
    """A part of a document and where it stands there."""

    document: Document
    pointer: str
    value: Any

    def get(self, *keys: str) -> Node | None:
        """What lies deeper, or None where there is nothing."""
        value, pointer = self.value, self.pointer
        for key in keys:
            try:
                value = value[int(key) if isinstance(value, list) else key]
            except (LookupError, TypeError, ValueError):
                return None
            pointer = f"{pointer}/{escape(str(key))}"
        return Node(self.document, pointer, value)

    def children(self) -> Iterator[tuple[str, Node]]:
        """Every member of an object or element of a list."""
        if self.value is None:
            return
        if not isinstance(self.value, dict | list):
            raise Problem(f"{self.pointer} should be an object or a list, and is {self.value!r}")
        pairs = enumerate(self.value) if isinstance(self.value, list) else self.value.items()
        for key, value in pairs:
            yield str(key), Node(self.document, f"{self.pointer}/{escape(str(key))}", value)

    def text(self, key: str) -> str:
        """A member that is text, with its white space evened out; empty when missing."""
        return " ".join(str(self.value.get(key) or "").split())


def trail(node: Node) -> Iterator[Node]:
    """The node, then what its `$ref` leads to, and so on."""
    seen = set()
    while True:
        yield node
        if not isinstance(node.value, dict) or not isinstance(node.value.get("$ref"), str):
            return
        if node.pointer in seen:
            raise Problem(f"{node.pointer}: the $ref {node.value['$ref']!r} comes back to itself")
        seen.add(node.pointer)
        node = _target(node, node.value["$ref"])


def follow(node: Node) -> Node:
    """The end of the trail: the node itself unless it is a reference."""
    return list(trail(node))[-1]


def an_object(node: Node, what: str) -> Node:
    """The end of the trail, which has to be an object."""
    end = follow(node)
    if not isinstance(end.value, dict):
        raise Problem(f"{end.pointer} should be {what}, and is no object")
    return end


def _target(node: Node, reference: str) -> Node:
    name, _, pointer = reference.partition("#")
    document = node.document.other(name) if name else node.document
    found: Node | None = document.top()
    for part in pointer.split("/")[1:]:
        if found is not None:
            found = found.get(urllib.parse.unquote(part).replace("~1", "/").replace("~0", "~"))
    if found is None:
        raise Problem(f"{node.pointer}: the $ref {reference!r} points to nothing; mend it in that document")
    return found


def read(location: str) -> Document:
    """Read a document from a path or an http(s) address; a `Problem` says why it cannot be used."""
    root = _parse(fetch(location), location)
    swagger, openapi = str(root.get("swagger", "")), str(root.get("openapi", ""))
    if swagger != "2.0" and not openapi.startswith("3."):
        raise Problem(f"{location} is not an OpenAPI document: 'swagger: \"2.0\"' or 'openapi: 3...' is not at its top")
    if not isinstance(root.get("paths"), dict) or not isinstance(root.get("info"), dict):
        raise Problem(f"{location} is not a whole OpenAPI document: it needs 'info' and 'paths'")
    return Document(root, location)


def fetch(location: str) -> bytes:
    """The bytes of a file or of what an address answers."""
    try:
        if not is_address(location):
            return Path(location).read_bytes()
        with urllib.request.urlopen(location, timeout=TIMEOUT) as answer:  # noqa: S310 - http and https only
            content: bytes = answer.read(LARGEST + 1)
    except urllib.error.HTTPError as error:
        raise Problem(f"{location} answered {error.code} {error.reason}: is the address right?") from None
    except OSError as error:
        reason = getattr(error, "reason", None) or error.strerror or error
        raise Problem(f"{location} cannot be read: {reason}") from None
    if len(content) > LARGEST:
        raise Problem(f"{location} is larger than {LARGEST // 1024**2} MiB: that is no description of an API")
    return content


def is_address(location: str) -> bool:
    return location.startswith(("http://", "https://"))


def escape(part: str) -> str:
    """A key as a JSON pointer writes it."""
    return part.replace("~", "~0").replace("/", "~1")


def _join(base: str, name: str) -> str:
    return urllib.parse.urljoin(base, name) if is_address(base) else str(Path(base).parent / name)


def _parse(content: bytes, location: str) -> dict[str, Any]:
    try:
        root = _load(content.decode("utf-8-sig"))
    except (ValueError, yaml.YAMLError) as error:
        raise Problem(f"{location} is neither JSON nor YAML: {' '.join(str(error).split())}") from None
    if not isinstance(root, dict):
        raise Problem(f"{location} is not an OpenAPI document: it holds no object at its top")
    return root


def _load(text: str) -> Any:
    """JSON is YAML too, but the JSON reader is many times faster on Microsoft's large files."""
    if text.lstrip().startswith("{"):
        with contextlib.suppress(ValueError):
            return json.loads(text)
    return yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader
