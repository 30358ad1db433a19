"""Writes docs/reference/error-codes.md from the error codes in spec/openapi.yaml and the classes of batchtasks.errors.

python -m docs._tools.error_codes            write the page
python -m docs._tools.error_codes --check    exit status 1 if the page is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from batchtasks._errors import error_class

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "spec" / "openapi.yaml"
PAGE = ROOT / "docs" / "reference" / "error-codes.md"

_HEAD = """# Error codes

<!-- Written by `python -m docs._tools.error_codes` from spec/openapi.yaml; do not edit. -->

What the service says in `error.code`, and the class that is raised for it. The class follows from status and code alone;
a code that is not in this table gives the class of its status. The same table decides what the local service answers.

"""
_FAILURES = """
## Why a task failed

A task that failed has one of these codes in `execution_info.failure_info.code`.

| code | category | meaning |
|---|---|---|
"""
_UNCONFIRMED = """
Rows with an asterisk have something about them that no source confirms; `spec/unconfirmed.md` in the repository lists what.
"""


def page() -> str:
    """Write the whole page."""
    spec = yaml.load(SPEC.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    codes = "".join(f"{row}\n" for row in _code_rows(spec["x-error-codes"]))
    failures = "".join(f"{row}\n" for row in _failure_rows(spec["x-failure-codes"]))
    head = "| code | status | class | from | meaning |\n|---|---|---|---|---|\n"
    return _HEAD + head + codes + _FAILURES + failures + _UNCONFIRMED


def _code_rows(codes: list[dict[str, Any]]) -> Iterator[str]:
    for one in sorted(codes, key=lambda one: (min(one["status"]), one["code"])):
        classes = dict.fromkeys(error_class(status, one["code"]).__name__ for status in one["status"])
        links = ", ".join(f"[`{name}`](errors.md#batchtasks.{name})" for name in classes)
        statuses = ", ".join(map(str, one["status"]))
        yield f"| {_name(one)} | {statuses} | {links} | {_origins(one['operations'])} | {_text(one['meaning'])} |"


def _origins(operations: str | list[str]) -> str:
    """Say which operations a code comes from, shortly: all of a group by the group's name."""
    if operations == "all":
        return "all"
    groups: dict[str, list[str]] = {}
    for operation in operations:
        group, _, verb = operation.partition("_")
        groups.setdefault(group, []).append(verb)
    return "; ".join(f"{group}: {', '.join(verbs)}" for group, verbs in groups.items())


def _failure_rows(codes: list[dict[str, Any]]) -> Iterator[str]:
    for one in sorted(codes, key=lambda one: str(one["code"])):
        yield f"| {_name(one)} | {one['category']} | {_text(one['meaning'])} |"


def _name(one: dict[str, Any]) -> str:
    return f"`{one['code']}`" + ("*" if "x-unconfirmed" in one else "")


def _text(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main(arguments: list[str]) -> int:
    text = page()
    if arguments == ["--check"]:
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
        if not fresh:
            print(f"{PAGE.relative_to(ROOT)} is out of date: python -m docs._tools.error_codes", file=sys.stderr)
        return 0 if fresh else 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
