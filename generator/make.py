"""Makes the whole of `generated/` in an empty folder: projections, client, tables, stamp."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from pprint import pformat
from tempfile import TemporaryDirectory
from typing import Any

from generator.document import dump, load
from generator.facade import facade_template
from generator.facts import facts
from generator.lower import lower
from generator.overrides import check_overrides
from generator.problem import Problem
from generator.versions import api_versions, check_marks, project

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
SPEC = ROOT / "spec" / "openapi.yaml"
FACADE = HERE / "facade.yaml"
OUTPUT = ROOT / "generated"
PACKAGE = "batchtasks_rest"
HEADER = "# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.\n"
# What the generator writes for programs that use it alone, and what this package replaces by a sender of the caller's.
UNUSED = ("README.md", "pyproject.toml")


def make(target: Path, spec_path: Path = SPEC, facade: Path = FACADE) -> None:
    """Fill the folder `target`, which must be empty, with everything that belongs below `generated/`."""
    check_overrides(HERE / "templates")
    fill(target, spec_path, facade)


def fill(target: Path, spec_path: Path = SPEC, facade: Path = FACADE) -> None:
    """The same with whatever generator is installed, even one whose own templates ours were not read against."""
    spec = load(spec_path)
    check_marks(spec)
    (target / "openapi" / "json").mkdir(parents=True)
    for name in api_versions(spec):
        projected = project(spec, name)
        (target / "openapi" / f"{name}.yaml").write_text(HEADER + dump(projected), encoding="utf-8")
        # For the local service, which reads a document while a request waits: JSON takes a small part of the time.
        text = json.dumps(projected, ensure_ascii=False, separators=(",", ":"))
        (target / "openapi" / "json" / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    package = target / PACKAGE
    with TemporaryDirectory(prefix="batchtasks-generate-") as scratch:
        _run_generator(spec, facade, Path(scratch), package)
    _add_runtime(package)
    (package / "_facts.py").write_text(_facts_module(spec), encoding="utf-8")
    _finish(package)
    (target / "stamp.json").write_text(json.dumps(stamp(spec_path), indent=2) + "\n", encoding="utf-8")


def stamp(spec_path: Path = SPEC) -> dict[str, Any]:
    """What the output depends on: a hash of every input and the versions of the tools."""
    inputs = {"spec/openapi.yaml": spec_path}
    for path in sorted(HERE.rglob("*")):
        # Our own steps are left out: a change of theirs that matters shows in the output itself.
        if path.suffix in (".jinja", ".yaml") or (path.parent.name == "runtime" and path.suffix == ".py"):
            inputs[f"generator/{path.relative_to(HERE).as_posix()}"] = path
    return {
        "tools": {name: version(name) for name in ("openapi-python-client", "ruff")},
        "inputs": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(inputs.items())},
    }


def _run_generator(spec: dict[str, Any], facade: Path, scratch: Path, package: Path) -> None:
    lowered = scratch / "openapi.yaml"
    lowered.write_text(dump(lower(spec)), encoding="utf-8")
    templates = scratch / "templates"
    shutil.copytree(HERE / "templates", templates)
    (templates / "facade.jinja").write_text(facade_template(spec, facade), encoding="utf-8")
    command = ["openapi-python-client", "generate", "--meta", "none", "--fail-on-warning"]
    command += ["--path", str(lowered), "--config", str(HERE / "config.yaml")]
    command += ["--custom-template-path", str(templates), "--output-path", str(package)]
    _run(command, "the generator refused the lowered spec")


def _add_runtime(package: Path) -> None:
    for path in sorted((HERE / "runtime").glob("*.py")):
        shutil.copyfile(path, package / f"_{path.name}")
    (package / "py.typed").touch()


def _facts_module(spec: dict[str, Any]) -> str:
    lines = ['"""What the spec knows and models cannot say: versions, marks, error codes, filters."""\n']
    for name, (declared, value) in facts(spec).items():
        lines.append(f"{name}: {declared} = {pformat(value, width=110, sort_dicts=False)}\n")
    return "\n".join(lines)


def _finish(package: Path) -> None:
    for name in UNUSED:
        (package / name).unlink(missing_ok=True)
    line_length = ["--isolated", "--config", "line-length=120"]
    _run(["ruff", "check", *line_length, "--fix-only", "--quiet", "--select=I,F401,W", str(package)], "ruff failed")
    _run(["ruff", "format", *line_length, "--quiet", str(package)], "ruff failed")
    for path in sorted(package.rglob("*.py")):
        path.write_text(HEADER + path.read_text(encoding="utf-8"), encoding="utf-8")


def _run(command: list[str], complaint: str) -> None:
    """Run a tool of this environment; its own words go into the complaint."""
    tools = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}", "NO_COLOR": "1"}
    environment.pop("RUFF_CACHE_DIR", None)
    done = subprocess.run(  # noqa: S603 - fixed commands
        [str(tools / command[0]), *command[1:]], capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode != 0:
        raise Problem(f"{complaint} ({command[0]} ended with {done.returncode}):\n{done.stdout}{done.stderr}")
