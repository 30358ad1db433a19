"""`make check` sees every change below generated/, and every change of an input that was not followed by `make generate`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.commands.output import compare, snapshot
from generator.document import GeneratorError, load
from generator.make import OUTPUT, SPEC, check_overrides, make
from generator.versions import api_versions
from tests.generator.conftest import SMALL_FACADE, SMALL_SPEC

NEWEST = api_versions(load(SPEC))[-1]


@pytest.fixture
def fresh() -> Path:
    """What the generator makes: the committed output is that (test_stale.py)."""
    return OUTPUT


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OUTPUT, tmp_path / "generated", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.mark.slow
def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make(tmp_path / name, SMALL_SPEC, SMALL_FACADE)
    assert len(snapshot(tmp_path / "one", "generated")) > 30
    assert compare(tmp_path / "one", tmp_path / "two") == []


@pytest.mark.parametrize("name", [f"openapi/{NEWEST}.yaml", "batchtasks_rest/models/cloud_task.py", "stamp.json"])
def test_a_changed_file_is_found_and_its_first_lines_shown(fresh: Path, tmp_path: Path, name: str) -> None:
    copy = copied(tmp_path)
    (copy / name).write_text((copy / name).read_text() + "# by hand\n")
    assert compare(fresh, copy) == [f"differs: generated/{name}", "    -# by hand"]


def test_a_missing_and_an_extra_file_are_found(fresh: Path, tmp_path: Path) -> None:
    copy = copied(tmp_path)
    (copy / "batchtasks_rest/models/cloud_task.py").unlink()
    (copy / "batchtasks_rest/models/orphan.py").touch()
    assert compare(fresh, copy) == [
        "missing: generated/batchtasks_rest/models/cloud_task.py",
        "no longer made: generated/batchtasks_rest/models/orphan.py",
    ]


def test_a_changed_mode_a_link_and_an_empty_folder_are_found(fresh: Path, tmp_path: Path) -> None:
    copy = copied(tmp_path)
    model = copy / "batchtasks_rest/models/cloud_task.py"
    (copy / "batchtasks_rest/_wire.py").chmod(0o755)
    model.rename(tmp_path / "elsewhere.py")
    model.symlink_to(tmp_path / "elsewhere.py")
    (copy / "batchtasks_rest/models/empty/inside").mkdir(parents=True)
    (copy / "batchtasks_rest/__pycache__").mkdir(exist_ok=True)
    (copy / "openapi").rename(tmp_path / "openapi")
    (copy / "openapi").symlink_to(tmp_path / "openapi")
    found = [line for line in compare(fresh, copy) if not line.startswith("missing: generated/openapi/")]
    assert [line for line in found if line.startswith(("missing", "no longer", "differs"))] == [
        "differs: generated/batchtasks_rest/_wire.py",
        "differs: generated/batchtasks_rest/models/cloud_task.py",
        "no longer made: generated/batchtasks_rest/models/empty",
        "no longer made: generated/batchtasks_rest/models/empty/inside",
        "differs: generated/openapi",
    ]
    assert found[1:3] == ["    -an executable file", "    +a file"]
    assert [line for line in found if line.endswith(" link")] == ["    -a link"] * 2


def test_who_may_read_a_file_is_not_asked(fresh: Path, tmp_path: Path) -> None:
    """Git keeps of a mode only whether a file can be executed."""
    copy = copied(tmp_path)
    (copy / "stamp.json").chmod(0o600)
    assert compare(fresh, copy) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda folder: (folder / "client2.py.jinja").touch(), "is not both a file and a row"),
        (lambda folder: (folder / "model.py.jinja").unlink(), "is not both a file and a row"),
        (lambda folder: _replace(folder, "api_init", "no_such"), "replaces nothing"),
        (lambda folder: _compared_with(folder, "0.1"), "were compared with openapi-python-client 0.1, installed is"),
    ],
)
def test_a_template_that_replaces_nothing_or_something_else_is_an_error(
    tmp_path: Path, change: object, complaint: str
) -> None:
    folder = Path(shutil.copytree(Path("generator/templates").resolve(), tmp_path / "templates"))
    check_overrides(folder)
    assert callable(change)
    change(folder)
    with pytest.raises(GeneratorError, match=complaint):
        check_overrides(folder)


def _replace(folder: Path, old: str, new: str) -> None:
    (folder / f"{old}.py.jinja").rename(folder / f"{new}.py.jinja")
    listed = folder / "overrides.yaml"
    listed.write_text(listed.read_text().replace(f"{old}.py.jinja", f"{new}.py.jinja"))


def _compared_with(folder: Path, version: str) -> None:
    listed = folder / "overrides.yaml"
    listed.write_text(re.sub("(?m)^compared_with: .*$", f"compared_with: '{version}'", listed.read_text()))
