"""The shape of the package: sizes, import circles, and where SQL is written."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "service" / "batchtasks_local"
MODULES = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA) \w")


def imported(module: str, path: Path) -> Iterator[str]:
    """Yield the modules of the package that a module imports, also those for type hints and inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else node.module


def test_there_is_no_import_circle() -> None:
    """The package itself imports its parts late, and nothing imports it."""
    graph = {
        name: {target for target in imported(name, path) if target in MODULES}
        for name, path in MODULES.items()
        if path.name != "__init__.py"
    }
    assert len(graph) > 40
    assert any(graph.values())
    TopologicalSorter(graph).prepare()  # raises CycleError


def test_files_and_folders_are_small() -> None:
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > 400} == {}
    modules = [path for path in MODULES.values() if path.name != "__init__.py"]
    folders = Counter(path.parent.relative_to(PACKAGE) for path in modules)
    assert {str(folder): count for folder, count in folders.items() if count > 10} == {}


def test_sql_is_written_in_the_store_only() -> None:
    outside = [
        name
        for name, path in MODULES.items()
        if path.parent.name != "store" and SQL.search(path.read_text(encoding="utf-8"))
    ]
    assert outside == []


def test_the_rules_are_pure() -> None:
    """`domain` imports nothing else of the package."""
    for name, path in MODULES.items():
        if ".domain." in name:
            assert all(".domain" in target for target in imported(name, path) if "batchtasks_local" in target)
