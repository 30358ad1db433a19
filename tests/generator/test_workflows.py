"""The workflows for GitHub call what is there, and the weekly comparison leaves no API version out."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.__main__ import main
from generator.document import load
from generator.make import ROOT, SPEC
from generator.versions import api_versions

FOLDER = ROOT / ".github" / "workflows"


def workflow(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found


def scripts() -> str:
    jobs = [job for path in FOLDER.glob("*.yml") for job in workflow(path.name)["jobs"].values()]
    return "\n".join(step["run"] for job in jobs for step in job["steps"] if "run" in step)


def test_every_api_version_is_compared_once_a_week(tmp_path: Path) -> None:
    """The job takes the versions from the spec, with the tools that every runner has."""
    jobs = workflow("drift.yml")["jobs"]
    assert jobs["drift"]["strategy"]["matrix"]["version"] == "${{ fromJSON(needs.versions.outputs.versions) }}"
    (script,) = (step["run"] for step in jobs["versions"]["steps"] if "run" in step)
    environment = {"PATH": os.environ["PATH"], "GITHUB_OUTPUT": str(tmp_path / "output")}
    subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=ROOT, env=environment, check=True)
    name, _, versions = (tmp_path / "output").read_text().strip().partition("=")
    assert name == "versions"
    assert json.loads(versions) == list(api_versions(load(SPEC)))


def test_every_target_and_command_that_is_called_exists(capsys: pytest.CaptureFixture[str]) -> None:
    targets = set(re.findall(r"^make (\S+)", scripts(), re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"check", "test", "setup"} <= targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
    commands = set(re.findall(r"-m generator (\S+)", scripts() + makefile))
    assert commands == {"generate", "check", "bump", "drift", "changes", "upgrade-generator"}
    for command in sorted(commands):
        with pytest.raises(SystemExit) as end:
            main([command, "--help"])
        assert end.value.code == 0
    assert "usage: python -m generator" in capsys.readouterr().out
