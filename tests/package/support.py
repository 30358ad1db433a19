"""Builds the distributions and the environments that the tests of the package look at."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# What a checkout has of the packages themselves; the tests of a wheel must not see it.
SOURCES = ("overlays", "generated", "service")


def command(
    *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, status: int = 0
) -> str:
    """Run a program where nothing points to this checkout; what it printed."""
    hidden = ("BATCH_", "AZ_BATCH_", "PYTHON", "PYTEST_", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    done = subprocess.run(
        [str(one) for one in arguments],
        cwd=cwd,
        env={**kept, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == status, f"{' '.join(map(str, arguments))}: exit status {done.returncode}\n{done.stdout}"
    return done.stdout


def build(source: Path, target: Path, *only: str, env: Mapping[str, str] | None = None) -> dict[str, Path]:
    """Build a source tree; the distributions by kind, `whl` and `gz`."""
    command(sys.executable, "-m", "build", "--outdir", target, *only, source, env=env)
    return {path.suffix[1:]: path for path in target.iterdir()}


def find_python(version: str) -> Path | None:
    """A Python of a version such as 3.12, if this machine has one that starts: on PATH, or one of pyenv's."""
    named = shutil.which(f"python{version}")
    candidates = [Path(named)] if named else []
    if pyenv := shutil.which("pyenv"):
        found = subprocess.run([pyenv, "prefix", version], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            candidates.append(Path(found.stdout.strip()) / "bin" / "python")
    for one in candidates:
        asked = subprocess.run(
            [one, "-c", "import sys; print(*sys.version_info[:2], sep='.')"],
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.stdout.strip() == version:
            return one
    return None


@frozen
class Environment:
    """A virtual environment."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, python: Path | str = sys.executable) -> Environment:
        command(python, "-m", "venv", folder)
        return cls(folder)

    def path(self, program: str) -> Path:
        """One of its programs."""
        return self.folder / "bin" / program

    def install(self, *what: str | Path) -> None:
        """Install distributions from files and from the registry."""
        self.run("-m", "pip", "install", "--quiet", *what)

    def run(self, *arguments: str | Path, cwd: Path | None = None, status: int = 0, **env: str) -> str:
        """Run its Python."""
        return command(self.path("python"), *arguments, cwd=cwd or self.folder, status=status, env=env)

    def packages(self) -> set[str]:
        """The names of what is installed."""
        code = "import importlib.metadata as m; print(*(d.metadata['Name'].lower() for d in m.distributions()))"
        return set(self.run("-c", code).split())


def requirements(*extras: str) -> Iterable[str]:
    """What the project asks for, with these extras and those that they ask for."""
    yield from PROJECT["project"]["dependencies"]
    for extra in extras:
        for one in PROJECT["project"]["optional-dependencies"][extra]:
            inner = re.fullmatch(r"batchtasks\[(\w+)\]", one)
            yield from requirements(inner[1]) if inner else [one]


def lowest(*extras: str) -> list[str]:
    """The same, each pinned to the lowest version that is allowed."""
    pins = {}
    for one in requirements(*extras):
        found = re.match(r"(?P<name>[\w.-]+)>=(?P<version>[\w.]+)", one)
        assert found is not None, f"{one} has no lowest version"
        pins[found["name"]] = f"{found['name']}=={found['version']}"
    return sorted(pins.values())


def copy_tests(target: Path) -> None:
    """Copy what the tests need, without the packages themselves."""
    copied = ("tests", "examples", "bench", "docs", "pyproject.toml", "spec")
    ignore = shutil.ignore_patterns("__pycache__", ".pytest_cache")
    for name in copied:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=ignore)
        else:
            shutil.copy(source, target / name)
    assert not any((target / name).exists() for name in SOURCES)
