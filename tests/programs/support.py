"""Environments of programs from the registries, made once and kept below .venv/programs."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.package.support import ROOT, Environment, command

CACHE = ROOT / ".venv" / "programs"


def environment(name: str, *packages: str) -> Environment:
    """Return an environment with these packages of the registry, and nothing of this checkout."""
    folder = CACHE / f"{name}-{_hash(packages, sys.version)}"
    if not (folder / ".ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        made = Environment.make(folder)
        made.install(*packages)
        (folder / ".ready").touch()
    return Environment(folder)


def _hash(packages: tuple[str, ...], version: str) -> str:
    return hashlib.sha256(json.dumps([packages, version]).encode()).hexdigest()[:10]


def source(package: str) -> Path:
    """Return the unpacked sdist of a package such as `azure-batch==14.2.0`."""
    folder = CACHE / f"source-{package}"
    if not (folder / ".ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:")
        command(*pip, "--dest", folder, package)
        with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
            archive.extractall(folder, filter="data")
        (folder / ".ready").touch()
    return next(path for path in folder.iterdir() if path.is_dir())


def node_program(package: str, program: str) -> Path | None:
    """Return a program of an npm package, or None where there is no npm."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    folder = CACHE / f"npm-{package.replace('/', '-')}"
    if not (folder / ".ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command(npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, package)
        (folder / ".ready").touch()
    return folder / "node_modules" / ".bin" / program


def run(environment: Environment, *arguments: str | Path, variables: Mapping[str, str], cwd: Path | None = None) -> str:
    """Run an environment's Python with more variables; return what it printed."""
    return command(environment.path("python"), "-W", "ignore", *arguments, cwd=cwd or environment.folder, env=variables)


def run_json(environment: Environment, script: Path, *arguments: str, variables: Mapping[str, str]) -> dict[str, Any]:
    """Run a script with an environment's Python; return the JSON that is the last line of what it printed."""
    printed = run(environment, script, *arguments, variables=variables)
    seen: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return seen
