"""Says whether the version is the same everywhere, and whether the changelog is ready for a release.

    python .github/release_check.py              the version in pyproject.toml, in the package and on top of CHANGELOG.md
    python .github/release_check.py v0.1.0       also: this tag is that version, and its section has a date and entries

The exit status is 1 with one line for each thing that is wrong.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = re.compile(r"^## \[(?P<version>[^\]]+)\] - (?P<date>.+)$", re.M)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def problems(root: Path, tag: str | None = None) -> Iterator[str]:
    """What stands in the way of a release, or of a commit if there is no tag."""
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    package = (root / "overlays/batchtasks/__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', package, re.M)
    if found is None or found[1] != version:
        yield f"pyproject.toml says {version}, overlays/batchtasks/__init__.py {found and found[1]}."
    heads = list(HEAD.finditer(changelog := (root / "CHANGELOG.md").read_text(encoding="utf-8")))
    if not heads:
        yield "CHANGELOG.md has no section such as '## [1.2.3] - 2030-01-31'."
        return
    top = heads[0]
    if top["version"] != version:
        yield f"pyproject.toml says {version}, the top of CHANGELOG.md {top['version']}."
    if len({head["version"] for head in heads}) != len(heads):
        yield "CHANGELOG.md has two sections of one version."
    if top["date"] != "unreleased" and not DATE.fullmatch(top["date"]):
        yield f"CHANGELOG.md: {top['date']!r} is neither a date such as 2030-01-31 nor 'unreleased'."
    if tag is not None:
        entries = changelog[top.end() : heads[1].start() if len(heads) > 1 else None]
        yield from _release_problems(tag, version, top["date"], entries)


def _release_problems(tag: str, version: str, date: str, entries: str) -> Iterator[str]:
    if tag != f"v{version}":
        yield f"The tag is {tag}, the version {version}; the tag must be v{version}."
    if date == "unreleased":
        yield f"CHANGELOG.md: {version} has no date yet."
    if not re.search(r"^- \S", entries, re.M):
        yield f"CHANGELOG.md: nothing is said about {version}."


def main(arguments: list[str]) -> int:
    found = list(problems(ROOT, arguments[0] if arguments else None))
    for one in found:
        print(one, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
