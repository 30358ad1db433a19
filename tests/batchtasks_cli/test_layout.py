"""The modules of the command line: small, few in a folder, and none imports another in a circle."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import batchtasks_cli

FOLDER = Path(batchtasks_cli.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
LIMITS = json.loads((Path(__file__).parent / "limits.json").read_text())


def test_modules_and_folders_are_small() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: size for path, size in sizes.items() if size > LIMITS["lines of a module"]} == {}
    folders = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert {folder: count for folder, count in folders.items() if count > LIMITS["modules of a folder"]} == {}
    assert sum(sizes.values()) <= LIMITS["lines of the command line"]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(FOLDER.parent).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path, names: set[str]) -> Iterator[str]:
    """The modules of ours that one imports anywhere, also inside functions and for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module in names:
            within = {f"{node.module}.{each.name}" for each in node.names}
            yield from within & names or {node.module}


def test_no_module_imports_another_in_a_circle() -> None:
    names = {name_of(path) for path in MODULES}
    graph = {name_of(path): set(imports_of(path, names)) for path in MODULES}
    assert sum(map(len, graph.values())) > len(MODULES)
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_there_are_no_other_imports_of_ours_than_those_with_from() -> None:
    # The test above reads only those; relative ones and `import batchtasks_cli` would escape it.
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), path
            assert not (
                isinstance(node, ast.Import) and any(each.name.startswith("batchtasks_cli") for each in node.names)
            )
