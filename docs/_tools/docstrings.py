"""Reads the docstrings of this project and writes them as Markdown.

A docstring is one sentence, then paragraphs, tables and indented code; `Args:` and `Raises:` open lists of `name: text`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping

_LIST = re.compile(r"(Args|Raises):$")
_ENTRY = re.compile(r"(\w+): (.*)")


def as_markdown(text: str | None, hints: Mapping[str, str] | None = None) -> str:
    """Write a docstring as Markdown; `hints` says what to put behind the names under `Args:`, such as their types."""
    return "\n".join(_written(inspect.cleandoc(text or ""), hints or {})).strip() + "\n"


def _written(text: str, hints: Mapping[str, str]) -> Iterator[str]:
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if _LIST.fullmatch(lines[at]):
            end = _end_of_list(lines, at + 1)
            yield from _entries(lines[at].rstrip(":"), lines[at + 1 : end], hints)
            at = end
            continue
        # A list needs an empty line above and below it.
        if at and lines[at].strip() and lines[at - 1].strip() and _in_list(lines[at]) != _in_list(lines[at - 1]):
            yield ""
        yield lines[at]
        at += 1


def _in_list(line: str) -> bool:
    return line.startswith(("- ", "  "))


def _end_of_list(lines: list[str], at: int) -> int:
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith("    ")):
        at += 1
    return at


def _entries(title: str, lines: list[str], hints: Mapping[str, str]) -> Iterator[str]:
    yield from ("", {"Args": "Arguments", "Raises": "Raises"}[title] + ":", "")
    for line in inspect.cleandoc("\n".join(lines)).split("\n"):
        entry = _ENTRY.fullmatch(line) if not line.startswith(" ") else None
        if entry is None:
            yield f"    {line.strip()}" if line.strip() else ""
            continue
        name, text = entry.groups()
        yield f"- **`{name}`**{hints.get(name, '')}: {text}"
    yield ""
