"""Make the whole of `generated/` in an empty folder: projections, client, tables, stamp."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from generator.compat import compat_modules
from generator.document import GeneratorError, dump, load, operations
from generator.facade import facade_template, operation_rows, read_wishes
from generator.facts import facts_module, fields_module
from generator.versions import api_versions, check_spec, project

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
SPEC = ROOT / "spec" / "openapi.yaml"
FACADE = HERE / "facade.yaml"
TEMPLATES = HERE / "templates"
OUTPUT = ROOT / "generated"
PACKAGE = "batchtasks_rest"
HEADER = "# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.\n"
# What the generator writes for programs that use its output alone: a project around it, an HTTP client, and a module for
# each operation that sends with this client. What an operation sends is in the ...Calls classes here.
UNUSED = ("README.md", "pyproject.toml", "client.py", "errors.py", "types.py", "api/*/[!_]*.py")


def make(target: Path, spec_path: Path = SPEC, facade: Path = FACADE) -> None:
    """Make a folder with everything that belongs below `generated/`."""
    spec = load(spec_path)
    check_spec(spec)
    (target / "openapi" / "json").mkdir(parents=True)
    for name in api_versions(spec):
        projected = project(spec, name)
        (target / "openapi" / f"{name}.yaml").write_text(HEADER + dump(projected), encoding="utf-8")
        # For the local service, which reads a document while a request waits: JSON takes a small part of the time.
        text = json.dumps(projected, ensure_ascii=False, separators=(",", ":"))
        (target / "openapi" / "json" / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    package = target / PACKAGE
    wishes = read_wishes(spec, facade)
    rows = operation_rows(spec, wishes)
    with TemporaryDirectory(prefix="batchtasks-generate-") as scratch:
        _run_generator(lowered(spec), facade_template(spec, rows, wishes), Path(scratch), package)
    for path in (HERE / "runtime").glob("*.py"):
        shutil.copyfile(path, package / path.name)
    (package / "py.typed").touch()
    (package / "_facts.py").write_text(facts_module(spec), encoding="utf-8")
    (package / "_fields.py").write_text(fields_module(spec), encoding="utf-8")
    (package / "azure14").mkdir()
    for name, text in compat_modules(spec, rows, wishes).items():
        (package / "azure14" / f"{name}.py").write_text(text, encoding="utf-8")
    _finish(package)
    (target / "stamp.json").write_text(json.dumps(stamp(spec_path), indent=2) + "\n", encoding="utf-8")


def upstream_templates() -> Path:
    """Return the folder of templates in the installed generator."""
    return Path(str(distribution("openapi-python-client").locate_file("openapi_python_client/templates")))


def check_overrides(folder: Path = TEMPLATES) -> None:
    """Refuse a template of ours that replaces none of the generator's, and another generator than they were compared with."""
    listed = yaml.safe_load((folder / "overrides.yaml").read_text(encoding="utf-8"))
    ours, now = {path.name for path in folder.glob("*.jinja")}, version("openapi-python-client")
    for name in sorted(ours ^ listed["templates"].keys()):
        raise GeneratorError(f"generator/templates/{name} is not both a file and a row of overrides.yaml beside it")
    for name in sorted(ours):
        if not (upstream_templates() / name).exists():
            raise GeneratorError(f"generator/templates/{name} replaces nothing: the generator has no such template")
    if now != listed["compared_with"]:
        raise GeneratorError(
            f"our templates were compared with openapi-python-client {listed['compared_with']}, installed is {now}: compare "
            "them with its own, then put the version into generator/templates/overrides.yaml"
        )


def stamp(spec_path: Path = SPEC) -> dict[str, Any]:
    """Return what the output depends on: a hash of every input and the versions of the tools.

    The modules of the generator are left out: a change there that matters shows in the output itself.
    """
    patterns = ("*.json", "*.yaml", "templates/*", "runtime/*.py")
    inputs = [spec_path, *sorted(path for pattern in patterns for path in HERE.glob(pattern))]
    return {
        "tools": {name: version(name) for name in ("openapi-python-client", "ruff")},
        "inputs": {f"{one.parent.name}/{one.name}": hashlib.sha256(one.read_bytes()).hexdigest() for one in inputs},
    }


def lowered(spec: dict[str, Any]) -> dict[str, Any]:
    """Return what the generator needs of the spec: operations by their tags, classes by their names, values of enumerations.

    The templates take all else from the tables of `facade.py`. Of some of it the generator would make classes that nothing
    uses (a union of conditions, an object without members, a list in the query); a header with a format it cannot send.
    """
    paths = {
        f"/{one.name}": {one.verb: {"operationId": one.name, "tags": one.node["tags"], "responses": {}}}
        for one in operations(spec)
    }
    schemas = {
        name: {"type": schema["type"], **({"enum": schema["enum"]} if "enum" in schema else {"properties": {}})}
        for name, schema in spec["components"]["schemas"].items()
        if not schema.keys().isdisjoint(("enum", "properties"))
    }
    info = {key: spec["info"][key] for key in ("title", "version")}
    return {"openapi": spec["openapi"], "info": info, "paths": paths, "components": {"schemas": schemas}}


def _run_generator(document: dict[str, Any], facade: str, scratch: Path, package: Path) -> None:
    path = scratch / "openapi.json"  # the generator reads YAML ten times as slowly
    path.write_text(json.dumps(document), encoding="utf-8")
    templates = scratch / "templates"
    shutil.copytree(TEMPLATES, templates)
    (templates / "facade.jinja").write_text(facade, encoding="utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning"]
    command += ["--path", str(path), "--config", str(HERE / "config.yaml")]
    command += ["--custom-template-path", str(templates), "--output-path", str(package)]
    run(command, "the generator refused the lowered spec")


def _finish(package: Path) -> None:
    for pattern in UNUSED:
        for path in package.glob(pattern):
            path.unlink()
    options = ["--isolated", "--config", "line-length=120", "--quiet", str(package)]
    for step in (["check", "--fix-only", "--select=I,F401,F541,W,PIE790,TC005"], ["format"]):
        run([sys.executable, "-m", "ruff", *step, *options], "ruff failed")
    for path in sorted(package.rglob("*.py")):
        path.write_text(HEADER + path.read_text(encoding="utf-8"), encoding="utf-8")


def run(command: list[str], complaint: str, **environment: str) -> str:
    """Run a program in the folder of this checkout and return what it prints; what it says of a failure is in the error."""
    surroundings = {**os.environ, "NO_COLOR": "1", **environment}
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise GeneratorError(f"{complaint}: {(done.stdout + done.stderr).strip()}")
    return done.stdout
