"""Environments of programs from the registries, made once and kept below .venv/programs."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

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


def run_json(environment: Environment, script: Path, *arguments: str, **variables: str) -> dict[str, object]:
    """Run a script with an environment's Python; return what it printed in its last line."""
    printed = environment.run("-W", "ignore", script, *arguments, **variables)
    seen: dict[str, object] = json.loads(printed.strip().splitlines()[-1])
    return seen


def start(*arguments: str | Path, cwd: Path, variables: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start a program whose output can be read."""
    return subprocess.Popen(
        [str(one) for one in arguments],
        cwd=cwd,
        env=dict(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
