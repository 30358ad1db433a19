"""What is in the wheel and the sdist, and that the same tree gives the same bytes."""

from __future__ import annotations

import os
import shutil
import tarfile
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path, PurePosixPath

import pytest

from tests.package.support import PROJECT, ROOT, SOURCES, build

pytestmark = pytest.mark.slow
PACKAGES = {"batchtasks", "batchtasks_cli", "batchtasks_testing", "batchtasks_rest", "batchtasks_local"}
INFO = f"batchtasks-{PROJECT['project']['version']}.dist-info"


def members(wheel: Path) -> list[PurePosixPath]:
    with zipfile.ZipFile(wheel) as archive:
        return [PurePosixPath(name) for name in archive.namelist()]


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        return Parser().parsestr(archive.read(f"{INFO}/METADATA").decode())


def test_the_wheel_has_the_packages_and_nothing_else(built: dict[str, Path]) -> None:
    found = members(built["whl"])
    assert {path.parts[0] for path in found} == {*PACKAGES, INFO}
    strange = [path for path in found if {"tests", "test", "bench", "docs", "__pycache__"} & set(path.parts)]
    assert not strange
    kinds = {path.suffix for path in found if path.parts[0] in PACKAGES}
    assert kinds <= {".py", ".pyi", ".typed", ".json", ".html", ".css", ".js", ".svg"}, kinds


def test_the_wheel_has_every_module_of_the_packages(built: dict[str, Path]) -> None:
    found = set(members(built["whl"]))
    roots = [path for source in SOURCES for path in (ROOT / source).iterdir() if path.name in PACKAGES]
    modules = {PurePosixPath(path.relative_to(root.parent)) for root in roots for path in root.rglob("*.py")}
    assert len(modules) > 200
    assert not modules - found


@pytest.mark.parametrize("package", ["batchtasks", "batchtasks_rest", "batchtasks_testing", "batchtasks_local"])
def test_type_checkers_may_read_the_packages(built: dict[str, Path], package: str) -> None:
    assert PurePosixPath(package, "py.typed") in members(built["whl"])


def test_the_documents_of_the_service_are_in_the_wheel(built: dict[str, Path]) -> None:
    found = {path.name for path in members(built["whl"]) if path.parts[:2] == ("batchtasks_local", "openapi")}
    assert found == {path.name for path in (ROOT / "generated/openapi/json").iterdir()}


def test_the_metadata_say_what_pyproject_says(built: dict[str, Path]) -> None:
    said = metadata(built["whl"])
    project = PROJECT["project"]
    assert said["Name"] == "batchtasks"
    assert said["Requires-Python"] == project["requires-python"]
    assert said["License-Expression"] == "MIT"
    assert set(said.get_all("License-File", [])) == {"LICENSE", "LICENSES/openapi-python-client.txt"}
    assert set(said.get_all("Provides-Extra", [])) == set(project["optional-dependencies"])
    always = [one for one in said.get_all("Requires-Dist", []) if "extra ==" not in one]
    assert len(always) == len(project["dependencies"])


def test_the_licences_are_in_the_wheel(built: dict[str, Path]) -> None:
    found = set(members(built["whl"]))
    for name in ("LICENSE", "LICENSES/openapi-python-client.txt"):
        assert PurePosixPath(INFO, "licenses", name) in found


def test_the_sdist_has_what_it_takes_to_build_and_no_tests(built: dict[str, Path]) -> None:
    with tarfile.open(built["gz"]) as archive:
        names = {PurePosixPath(*PurePosixPath(name).parts[1:]) for name in archive.getnames()}
    assert {path.parts[0] for path in names if path.parts} <= {
        *("spec", "generator", "generated", "overlays", "service", "LICENSES", "LICENSE", "README.md"),
        *("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "pyproject.toml", "PKG-INFO", ".gitignore"),
    }
    assert PurePosixPath("spec/openapi.yaml") in names


def test_the_same_tree_gives_the_same_bytes(built: dict[str, Path], tmp_path: Path) -> None:
    """In another folder, at another time, by another user's habits; the wheel also straight from the tree."""
    with tarfile.open(built["gz"]) as archive:
        archive.extractall(tmp_path, filter="data")
    tree = next(tmp_path.iterdir())
    for path in tree.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    before = os.umask(0o077)
    try:
        again = build(tree, tmp_path / "again", env={"TZ": "Asia/Tokyo", "LC_ALL": "C"})
        direct = build(tree, tmp_path / "direct", "--wheel")
    finally:
        os.umask(before)
    assert again["whl"].read_bytes() == built["whl"].read_bytes()
    assert again["gz"].read_bytes() == built["gz"].read_bytes()
    assert direct["whl"].read_bytes() == built["whl"].read_bytes()
    shutil.rmtree(tree)


def test_the_wheel_from_the_checkout_is_the_one_from_the_sdist(built: dict[str, Path], tmp_path: Path) -> None:
    direct = build(ROOT, tmp_path / "direct", "--wheel", env={"SOURCE_DATE_EPOCH": "1580601600"})
    assert direct["whl"].read_bytes() == built["whl"].read_bytes()
