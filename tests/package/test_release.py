"""The release check finds what is wrong, and finds nothing wrong with this checkout; the workflow is as it should be."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release_check", ROOT / ".github" / "release_check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check = load()


def tree(folder: Path, *, project: str = "1.2.3", package: str = "1.2.3", changelog: str) -> Path:
    (folder / "overlays/batchtasks").mkdir(parents=True)
    (folder / "pyproject.toml").write_text(f'[project]\nversion = "{project}"\n')
    (folder / "overlays/batchtasks/__init__.py").write_text(f'__version__ = "{package}"\n')
    (folder / "CHANGELOG.md").write_text(changelog)
    return folder


READY = "# Changelog\n\n## [1.2.3] - 2030-01-31\n\n- something\n\n## [1.2.2] - 2029-12-31\n\n- else\n"


def test_this_checkout_is_consistent(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([]) == 0, capsys.readouterr().err


def test_a_release_that_is_ready_passes(tmp_path: Path) -> None:
    assert list(check.problems(tree(tmp_path, changelog=READY), "v1.2.3")) == []


@pytest.mark.parametrize(
    ("changes", "tag", "said"),
    [
        ({"changelog": READY, "project": "1.2.4", "package": "1.2.4"}, None, "top of CHANGELOG.md 1.2.3"),
        ({"changelog": READY, "package": "1.2.2"}, None, "__init__.py 1.2.2"),
        ({"changelog": READY}, "v1.2.2", "must be v1.2.3"),
        ({"changelog": READY}, "1.2.3", "must be v1.2.3"),
        ({"changelog": "## [1.2.3] - unreleased\n\n- x\n"}, "v1.2.3", "has no date yet"),
        ({"changelog": "## [1.2.3] - soon\n\n- x\n"}, None, "'soon' is neither"),
        ({"changelog": "## [1.2.3] - 2030-01-31\n\n## [1.2.2] - 2029-01-31\n- x\n"}, "v1.2.3", "nothing is said"),
        ({"changelog": READY + "## [1.2.3] - 2028-01-31\n"}, None, "two sections"),
        ({"changelog": "# Changelog\n"}, None, "no section"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, changes: dict[str, str], tag: str | None, said: str) -> None:
    assert any(said in one for one in check.problems(tree(tmp_path, **changes), tag))


def test_unreleased_is_fine_between_releases(tmp_path: Path) -> None:
    assert list(check.problems(tree(tmp_path, changelog="## [1.2.3] - unreleased\n"))) == []


def test_only_publishing_has_an_identity() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    jobs = workflow["jobs"]
    assert workflow["permissions"] == {}
    assert [name for name, job in jobs.items() if "id-token" in (job["permissions"] or {})] == ["publish"]
    assert set(jobs["publish"]["needs"]) == {"build", "try"}
    text = yaml.dump(workflow)
    assert "secrets." not in text
    assert "password" not in text


def test_the_workflow_tries_every_python_that_is_declared() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [found[1] for one in project["classifiers"] if (found := re.search(r":: (3\.\d+)$", one))]
    assert workflow["jobs"]["try"]["strategy"]["matrix"]["python-version"] == declared


def test_every_extra_is_documented() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    assert [extra for extra in project["optional-dependencies"] if f"| `{extra}` |" not in page] == []


def test_the_licence_of_the_generator_goes_with_what_it_writes() -> None:
    from importlib.metadata import files

    theirs = [path for path in files("openapi-python-client") or [] if path.match("*.dist-info/licenses/LICENSE")]
    ours = (ROOT / "LICENSES/openapi-python-client.txt").read_text(encoding="utf-8")
    assert [path.read_text(encoding="utf-8") for path in theirs] == [ours]
