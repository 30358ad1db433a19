"""Read a description of an API from a file or an address, and give every part of it a JSON pointer."""

from __future__ import annotations

import asyncio
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from attrs import define, field

from generator.document import GeneratorError, parse, parse_description

SECONDS = 60  # for one file from an address, whatever the server does
LARGEST = 16 * 1024 * 1024  # bytes; Microsoft's description has about one million


@define(eq=False)
class Document:
    """One OpenAPI document. A file that it refers to is read when a reference leads there."""

    root: dict[str, Any]
    location: str = ""  # a path or an address; references to other files start from it
    name: str = ""  # empty for the document itself, else how it refers to this file
    _others: dict[str, Document] = field(factory=dict)

    @property
    def is_swagger(self) -> bool:
        return "swagger" in self.root

    @property
    def dialect(self) -> str:
        """`Swagger 2.0`, or the version of OpenAPI, such as `OpenAPI 3.1.0`."""
        return f"Swagger {self.root['swagger']}" if self.is_swagger else f"OpenAPI {self.root['openapi']}"

    def info(self, key: str) -> str:
        """A member of `info` as text; empty when missing."""
        info = self.root.get("info")
        return str(info.get(key, "")) if isinstance(info, dict) else ""

    def top(self) -> Node:
        return Node(self, f"{self.name}#", self.root)

    def other(self, name: str) -> Document:
        """Return the file that a reference names, relative to this one."""
        is_address = self.location.startswith(("http://", "https://"))
        location = urllib.parse.urljoin(self.location, name) if is_address else str(Path(self.location).parent / name)
        if location not in self._others:
            self._others[location] = Document(parse(fetch(location), location), location, name, others=self._others)
        return self._others[location]


class Node(NamedTuple):
    """A part of a document and where it stands there."""

    document: Document
    pointer: str
    value: Any

    def get(self, *keys: str) -> Node | None:
        """Return what stands below some keys, or None where there is nothing."""
        value, pointer = self.value, self.pointer
        for key in keys:
            if isinstance(value, dict) and key in value:
                value = value[key]
            elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
                value = value[int(key)]
            else:
                return None
            pointer = f"{pointer}/{escape(key)}"
        return Node(self.document, pointer, value)

    def saying(self, **facts: Any) -> dict[str, Node]:
        """Return some facts as said here."""
        return {fact: self._replace(value=value) for fact, value in facts.items()}

    def each(self, key: str) -> Iterator[tuple[str, Node]]:
        """Every member of the object or element of the list below a key; none when there is nothing."""
        held = self.value.get(key) if isinstance(self.value, dict) else None
        if held is None:
            return
        pointer = f"{self.pointer}/{escape(key)}"
        if not isinstance(held, dict | list):
            raise GeneratorError(f"{pointer} should be an object or a list, and is {held!r}")
        for name, value in held.items() if isinstance(held, dict) else enumerate(held):
            yield str(name), Node(self.document, f"{pointer}/{escape(str(name))}", value)


def trail(node: Node) -> list[Node]:
    """Return the node, then what its `$ref` leads to, and so on."""
    nodes = [node]
    while isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
        node = _target(node, node.value["$ref"])
        if any(node.pointer == seen.pointer for seen in nodes):
            raise GeneratorError(f"{node.pointer}: the $ref {node.value['$ref']!r} comes back to itself")
        nodes.append(node)
    return nodes


def an_object(node: Node, what: str) -> Node:
    """Return the node, references followed; raise `GeneratorError` unless it is an object."""
    end = trail(node)[-1]
    if not isinstance(end.value, dict):
        raise GeneratorError(f"{end.pointer} should be {what}, and is no object")
    return end


def _target(node: Node, reference: str) -> Node:
    name, _, pointer = reference.partition("#")
    document = node.document.other(name) if name else node.document
    keys = [urllib.parse.unquote(part).replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    found = document.top().get(*keys)
    if found is None:
        raise GeneratorError(f"{node.pointer}: the $ref {reference!r} points to nothing; correct it in that document")
    return found


def read(location: str) -> Document:
    """Read a document from a path or an http(s) address; raise `GeneratorError` when it cannot be used."""
    return Document(parse_description(fetch(location), location), location)


def fetch(location: str) -> bytes:
    """Return the bytes of a file or of what an address answers, within `SECONDS` and `LARGEST`."""
    try:
        if location.startswith(("http://", "https://")):
            content = asyncio.run(_download(location))
        else:
            with Path(location).open("rb") as file:
                content = file.read(LARGEST + 1)
    except TimeoutError:
        raise GeneratorError(f"{location} cannot be read: it was not complete after {SECONDS} seconds") from None
    except (OSError, httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0] or type(error).__name__
        raise GeneratorError(f"{location} cannot be read: {reason}") from None
    if len(content) > LARGEST:
        raise GeneratorError(
            f"{location} is larger than {LARGEST // 1024**2} MiB, too large for a description of an API"
        )
    return content


async def _download(address: str) -> bytes:
    content = bytearray()
    async with (
        asyncio.timeout(SECONDS),
        httpx.AsyncClient(follow_redirects=True, timeout=None) as client,  # noqa: S113 - the whole has a limit
        client.stream("GET", address) as answer,
    ):
        answer.raise_for_status()
        async for chunk in answer.aiter_bytes():
            content += chunk
            if len(content) > LARGEST:
                break
    return bytes(content)


def escape(part: str) -> str:
    """Return a key as a JSON pointer writes it."""
    return part.replace("~", "~0").replace("/", "~1")
