"""Arrows run one way: spec -> generator -> generated -> overlay; the service knows neither of the last two."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"generator", "batchtasks_rest", "batchtasks", "batchtasks_cli", "batchtasks_testing", "batchtasks_local"}
PACKAGES = {
    "generator": ({"generator"}, "generator"),
    "generated/batchtasks_rest": ({"batchtasks_rest"}, "batchtasks_rest"),
    "service/batchtasks_local": ({"batchtasks_local"}, "batchtasks_local"),
    "overlays/batchtasks": ({"batchtasks_rest", "batchtasks"}, "batchtasks"),
    "overlays/batchtasks_cli": ({"batchtasks", "batchtasks_cli"}, "batchtasks_cli"),
    "overlays/batchtasks_testing": ({"batchtasks", "batchtasks_testing"}, "batchtasks_testing"),
}
# The service is imported late and by name where a program asks for it: in the testing helper and in the command.
LATE = {
    "overlays/batchtasks_testing/local.py",
    "overlays/batchtasks_cli/account/settings.py",
}
# A module that no other imports, and that only names what stands in another package.
RE_EXPORTS = {("overlays/batchtasks/testing.py", "batchtasks_testing")}
# The only folder that knows the HTTP library.
HTTP = "overlays/batchtasks/_http/"


def imported(path: Path) -> Iterator[tuple[str, bool]]:
    """The top-level packages that a module imports, and whether at its top."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = set(map(id, tree.body))
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            # By name: "batchtasks_local.server" or f"batchtasks_local.{name}".
            names = [ast.unparse(node.args[0]).removeprefix("f").strip("'")]
        for name in names:
            yield name.partition(".")[0], id(node) in top


@pytest.mark.parametrize("folder", PACKAGES)
def test_a_package_imports_only_what_the_arrows_allow(folder: str) -> None:
    allowed, package = PACKAGES[folder]
    modules = sorted((ROOT / folder).rglob("*.py"))
    assert modules, folder
    for path in modules:
        name = path.relative_to(ROOT).as_posix()
        for target, at_top in imported(path):
            late = name in LATE and target == "batchtasks_local" and not at_top
            named = (name, target) in RE_EXPORTS
            assert target not in OURS or target in allowed or late or named, (
                f"{name} imports {target}; {package} may not"
            )


def test_httpx_is_imported_in_one_folder() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "overlays").rglob("*.py")
        if any(target in ("httpx", "httpx2", "httpcore") for target, _ in imported(path))
    }
    assert users
    assert all(user.startswith(HTTP) for user in users)
