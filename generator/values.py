"""What the values of a schema are in Python: their type, and how they are read from JSON and written."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from generator.document import name_of, resolve

PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


class Value(NamedTuple):
    """The type of a value, the expression that reads it, and the one that writes it, with `{0}` for the value.

    Where an expression needs the value more than once, `{1}` stands for the first time.
    """

    type: str
    read: str = "{0}"
    write: str = "{0}"

    @property
    def read_optional(self) -> str:
        """The expression that reads a value that may be None, with `{1}` for the first time."""
        return self.read if self.read == "{0}" or "{1}" in self.read else f"None if ({{1}}) is None else {self.read}"


# Texts that are of another type in Python, by their formats; the generator itself knows neither of the last two.
TEXTS = {
    "date-time": Value("datetime", "read_datetime({0})", "write_datetime({0})"),
    "duration": Value("timedelta", "read_duration({0})", "write_duration({0})"),
    "int64": Value("int", "read_int({0})"),
}


def value_of(document: dict[str, Any], schema: dict[str, Any], others: Collection[str] = ()) -> Value:
    """Return what a schema is in Python; `others` names the schemas that have a class although the document leaves them open."""
    name, target = name_of(schema), resolve(document, schema)
    if "enum" in target:
        return Value(name, f"read_enum({name}, {{0}})", "str({0})")
    if "properties" in target or name in others:
        return Value(name, f"{name}.from_dict({{0}}) if isinstance({{1}}, dict) else {{0}}", "write_model({0})")
    if target.get("type") == "array":
        item = value_of(document, target["items"], others)
        read = "{0}"
        if "{1}" in item.read:
            read = f"read_models({item.type}, {{0}})"
        elif item.read != "{0}":
            read = f"read_list(lambda x: {item.read.format('x')}, {{0}})"
        write = "{0}" if item.write == "{0}" else f"[{item.write.format('x')} for x in {{0}}]"
        return Value(f"list[{item.type}]", read, write)
    kind = target.get("type", "")
    if kind == "string" and target.get("format") in TEXTS:
        return TEXTS[target["format"]]
    return Value(PLAIN.get(kind, "Any"))
