"""The pages beside the document agree with it: their tables have what the document has, no more and no less."""

from __future__ import annotations

import re
from typing import Any

from tests.spec.document import FOLDER, spec, walk


def below(file: str, heading: str) -> str:
    """What stands below a heading of a page."""
    return (FOLDER / file).read_text("utf-8").split(f"# {heading}\n", 1)[1].split("\n## ", 1)[0]


def table(file: str, heading: str) -> list[tuple[str, str]]:
    """The first two columns of the table below a heading, without code quotes."""
    section = below(file, heading)
    rows = [line.strip("|").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    return [(row[0].strip().replace("`", ""), row[1].strip()) for row in rows[1:]]


def place(trail: tuple[str, ...], node: dict[str, Any]) -> str:
    """A short name for the place of a note: an operation, a schema with a member, a parameter, a code."""
    document: Any = spec()
    if trail[0] in ("x-error-codes", "x-failure-codes"):
        return f"code {node['code']}" if trail[0] == "x-error-codes" else f"failure {node['code']}"
    if trail[0] == "components":
        kind = {"schemas": "", "securitySchemes": "security "}.get(trail[1], trail[1].rstrip("s") + " ")
        return kind + ".".join((trail[2], *[part for part in trail[3:] if part != "properties"]))
    name: str = document["paths"][trail[1]][trail[2]]["operationId"]
    return f"{name} {node['name']}" if "parameters" in trail else name


def test_what_is_unconfirmed_stands_in_the_table() -> None:
    notes = [
        (place(trail, node), node["x-unconfirmed"])
        for trail, node in walk(spec())
        if isinstance(node.get("x-unconfirmed"), str)
    ]
    assert table("unconfirmed.md", "What is unconfirmed") == notes


def test_the_meaning_of_every_x_key_is_explained() -> None:
    used = {key for _, node in walk(spec()) for key in node if key.startswith("x-")}
    assert used <= {key for key, _ in table("README.md", "The x- keys")}


def test_every_source_that_is_named_is_listed() -> None:
    listed = {tag for tags, _ in table("sources.md", "Sources") for tag in tags.split(", ")}
    origins = below("sources.md", "Where each fact is from")
    rows = [line.rstrip("|").split(" | ")[-1] for line in origins.splitlines() if line.startswith("| ")][1:]
    named = {tag for row in rows for tag in re.findall(r"\b[A-Z][A-Z0-9]+(?:-[A-Z]+)?\b", re.sub(r"\(.*?\)", "", row))}
    assert len(rows) > 20
    assert named == listed
