"""`python -m generator upgrade-generator`: another generator is tried beside this one, and nothing is changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator.commands import upgrade
from generator.commands.upgrade import report
from generator.document import GeneratorError
from generator.make import OUTPUT, upstream_templates

PACKAGES = upstream_templates().parents[1]  # those of this environment


@pytest.mark.slow
def test_the_same_generator_makes_the_same(tmp_path: Path) -> None:
    text, works = report(PACKAGES, "the same", tmp_path / "generated")
    assert works
    assert "Its templates that we replace:\n  the same\n" in text
    assert "Output:\n  the same\n" in text
    assert "Nothing was changed." in text


def test_templates_that_we_replace_are_shown(tmp_path: Path) -> None:
    theirs = Path(shutil.copytree(upstream_templates(), tmp_path / "templates"))
    for name in ("model.py.jinja", "errors.py.jinja"):
        (theirs / name).write_text((theirs / name).read_text() + "{# new #}\n")
    (theirs / "str_enum.py.jinja").unlink()
    lines = upgrade.templates(theirs)
    assert lines[0] == "differs: model.py.jinja"
    assert "    +{# new #}" in lines
    assert lines[-1] == "no longer made: str_enum.py.jinja"


@pytest.mark.slow
def test_files_that_would_change_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = Path(shutil.copytree(OUTPUT, tmp_path / "now", ignore=shutil.ignore_patterns("__pycache__")))
    (now / "batchtasks_rest/models/cloud_task.py").write_text("\n".join(f"x{n} = {n}" for n in range(50)))
    (now / "batchtasks_rest/models/batch_error.py").unlink()
    monkeypatch.setattr(upgrade, "OUTPUT", now)
    text, works = report(PACKAGES, "the same", tmp_path / "generated")
    assert works
    assert "missing: generated/batchtasks_rest/models/batch_error.py\n" in text
    assert "differs: generated/batchtasks_rest/models/cloud_task.py\n" in text
    assert "    -x49 = 49" in text
    assert "    +class CloudTask:" in text


def test_a_generator_that_does_not_work_with_our_steps_is_told(tmp_path: Path) -> None:
    package = tmp_path / "packages" / "openapi_python_client"
    shutil.copytree(upstream_templates(), package / "templates")
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text("raise SystemExit('no such filter')")
    text, works = report(tmp_path / "packages", "9.9.9", tmp_path / "generated")
    assert not works
    assert "Nothing was made: our steps and templates do not work with it: " in text
    assert text.endswith("the generator refused the lowered spec: no such filter")
    assert "Traceback" not in text


def test_a_version_that_does_not_exist_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "PIP_NO_INDEX", "1")
    with pytest.raises(GeneratorError, match=r"(?s)openapi-python-client 9\.9\.9 cannot be installed: .*No matching"):
        upgrade.upgrade("9.9.9")
