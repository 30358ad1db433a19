"""Every Python block of the README and the documentation passes mypy and pyright in their strict modes.

The blocks of a page are one program, as for a reader who pastes them one after the other. They are checked in one run over
all pages; a finding names the page and its line.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import blocks_of

ROOT = Path(__file__).resolve().parents[2]
PYRIGHT = ROOT / ".venv" / "pyright" / "bin"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Packages that some blocks use and that are not installed here, or have no types.
FOREIGN = ("azure", "pandas")


def program_of(text: str) -> str:
    """Return the Python blocks of a page as one program, each at its own line; but for those that need a notebook's loop."""
    lines: list[str] = []
    for block in blocks_of(text):
        if block.language == "python" and not block.is_included and not _awaits(block.code):
            lines += [""] * (block.line - 1 - len(lines))
            lines += block.code.splitlines()
    return "\n".join(lines) + "\n"


def _awaits(code: str) -> bool:
    return any(line.startswith("async with ") for line in code.splitlines())


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for page in PAGES:
        program = program_of(page.read_text(encoding="utf-8"))
        if program.strip():
            name = page.relative_to(ROOT).with_suffix("").as_posix().replace("/", "_").replace("-", "_")
            (folder / f"{name}.py").write_text(program, encoding="utf-8")
    assert len(list(folder.glob("*.py"))) > 15
    return folder


def test_with_mypy(programs: Path) -> None:
    settings = programs / "mypy.ini"
    ignored = "".join(f"[mypy-{name}.*]\nignore_missing_imports = True\n" for name in FOREIGN)
    settings.write_text(f"[mypy]\nstrict = True\n{ignored}")
    files = sorted(str(path) for path in programs.glob("*.py"))
    # What it knows of the packages stays from run to run.
    options = ["--config-file", str(settings), "--cache-dir", str(ROOT / ".mypy_cache" / "pages")]
    done = run([sys.executable, "-m", "mypy", *options, *files], cwd=programs)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not PYRIGHT.is_dir(), reason="`make check` sets it up: a Node.js of 200 MB")
def test_with_pyright(programs: Path) -> None:
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "reportMissingImports": "none",
        "reportMissingModuleSource": "none",
        # A later part of a page imports again what it needs.
        "reportDuplicateImport": "none",
        # What comes from packages without types is unknown; a notebook's cell ends in an expression.
        "reportUnknownMemberType": "none",
        "reportUnknownVariableType": "none",
        "reportUnknownArgumentType": "none",
        "reportUnusedExpression": "none",
    }
    (programs / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [PYRIGHT / "basedpyright", "--pythonpath", PYRIGHT / "python", "--project", programs]
    done = run([*map(str, command)], cwd=programs)
    assert done.returncode == 0, done.stdout


def run(command: list[str], *, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, text=True, capture_output=True, timeout=300, check=False)


def test_a_program_keeps_the_lines_of_its_page() -> None:
    text = "a\n```python\nx = 1\n```\n\n```console\n$ y\n```\n\n```python\nprint(x)\n```\n"
    assert program_of(text).splitlines() == ["", "", "x = 1", "", "", "", "", "", "", "", "print(x)"]
