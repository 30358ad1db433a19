"""A new API version is one edit of the spec: everything else follows from it.

A scratch copy of the repository gets an invented version with one change of each kind, and the local service the one
function that carries out its new operation. Then what CONTRIBUTING.md says to run has to pass there with no other edit.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.commands.bump import edited
from generator.document import load, walk
from generator.make import ROOT

VERSION = "2027-03-01"
# What has to pass in the copy: of each suite the smallest part that reads the spec, or what is made from it.
SUITES = (
    "tests/spec",
    "tests/generator/test_versions.py",
    "tests/generator/test_workflows.py",
    "tests/batchtasks/validation/test_arguments.py",
    "tests/batchtasks/test_filters.py",
    "tests/batchtasks/operations/test_reading.py",
    "tests/service/http/contract/test_bodies.py",
    "tests/service/http/contract/test_contract.py",
)
CHECKS = (
    ("make", "generate"),
    (".venv/bin/python", "-m", "generator", "check"),
    (".venv/bin/python", "-m", "docs._tools.error_codes", "--check"),
    (".venv/bin/ruff", "check", "generator", "overlays", "service"),
    (".venv/bin/mypy", "overlays"),
)


def node_at(text: str, *way: str | int) -> yaml.Node:
    """The node of a document at the end of a way of keys, or the index or `code` of an element."""
    node: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    for step in way:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        elif isinstance(step, int):
            node = node.value[step]
        else:
            node = next(row for row in node.value if any(value.value == step for _, value in row.value))
    found: yaml.Node = node
    return found


def add_first(text: str, block: str, *way: str | int) -> str:
    """Put members in front of those of an object, or an element in front of those of a list that has a line for each."""
    node = node_at(text, *way)
    first = node.value[0][0] if isinstance(node, yaml.MappingNode) else node.value[0]
    column = first.start_mark.column - (0 if isinstance(node, yaml.MappingNode) else 2)
    lines = text.splitlines(keepends=True)
    lines.insert(first.start_mark.line, textwrap.indent(textwrap.dedent(block), " " * column))
    return "".join(lines)


def add_word(text: str, word: str, *way: str | int) -> str:
    """Put a word in front of those of a list in one line."""
    mark = node_at(text, *way).value[0].start_mark
    lines = text.splitlines(keepends=True)
    lines[mark.line] = f"{lines[mark.line][: mark.column]}{word},\n{' ' * mark.column}{lines[mark.line][mark.column :]}"
    return "".join(lines)


SERVICE = "service/batchtasks_local/operations/tasks.py"
FUNCTION = '''

@operation("Task_Suspend")
def suspend(context: Context, exchange: Exchange) -> Answer:
    """Suspend a task."""
    return Answer(204)
'''
MARK = f'x-since: "{VERSION}"'
SUSPEND = f"""\
/jobs/{{jobId}}/tasks/{{taskId}}/suspend:
  parameters:
    - $ref: "#/components/parameters/JobId"
    - $ref: "#/components/parameters/TaskId"
    - $ref: "#/components/parameters/ApiVersion"
    - $ref: "#/components/parameters/Timeout"
    - $ref: "#/components/parameters/TimeOut"
    - $ref: "#/components/parameters/ClientRequestId"
    - $ref: "#/components/parameters/ReturnClientRequestId"
    - $ref: "#/components/parameters/OcpDate"
  post:
    operationId: Task_Suspend
    tags: [Task]
    summary: Suspend a task.
    description: The task keeps its node and does not run until it is resumed.
    {MARK}
    responses:
      "204":
        description: The task is suspended. The answer has no body.
        headers:
          request-id: {{ $ref: "#/components/headers/RequestId" }}
          client-request-id: {{ $ref: "#/components/headers/ClientRequestId" }}
          DataServiceVersion: {{ $ref: "#/components/headers/DataServiceVersion" }}
      default: {{ $ref: "#/components/responses/BatchError" }}
    x-example:
      request:
        line: POST /jobs/job1/tasks/task1/suspend?api-version={VERSION}
        headers:
          client-request-id: 5d1f5a0e-9a55-4c5c-9c5d-2f8d6f3b1c11
          ocp-date: Wed, 28 Jun 2023 15:03:33 GMT
      answer:
        status: 204
        headers:
          request-id: 0f3b7f0e-8d19-4b0b-8f53-0c7b9c1f2a10
          DataServiceVersion: "3.0"

"""


def with_new_version(text: str) -> str:
    """The text of the spec with an invented version: a change of each kind, and nothing else."""
    text = edited(text, VERSION, default=False)
    schemas = ("components", "schemas")
    # Two fields: one that callers send, one that only the service sets.
    text = add_first(
        text,
        f"maxIdleTime:\n  description: How long a run may be idle. Omitted, there is no limit.\n  type: string\n"
        f"  format: duration\n  {MARK}\n",
        *(*schemas, "TaskConstraints", "properties"),
    )
    text = add_first(
        text,
        f"suspendTime:\n  description: When the task was suspended.\n  type: string\n  format: date-time\n"
        f"  readOnly: true\n  {MARK}\n",
        *(*schemas, "CloudTask", "properties"),
    )
    # A field that is gone, one that has not always been there.
    text = add_first(
        text, f'x-until: "{VERSION}"\n', *schemas, "JobPatchParameter", "properties", "networkConfiguration"
    )
    # A value of an enumeration.
    text = add_word(text, "wait", *schemas, "DependencyAction", "enum")
    text = text.replace("satisfy: dependent tasks may start.", "satisfy: dependent tasks may start. wait: nothing yet.")
    text = add_first(text, f"x-enum-marks:\n  wait:\n    {MARK}\n", *schemas, "DependencyAction")
    # A query parameter.
    text = add_first(
        text,
        f"- name: $orderby\n  in: query\n  description: The order of the list. Omitted, there is none.\n"
        f"  schema:\n    type: string\n  {MARK}\n",
        *("paths", "/jobs/{jobId}/tasks", "get", "parameters"),
    )
    # An operation.
    text = add_first(text, SUSPEND, "paths")
    for code in ("JobNotFound", "TaskNotFound"):
        text = add_word(text, "Task_Suspend", "x-error-codes", code, "operations")
    return text


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the repository in a scratch folder, with the environment of this checkout and the new version."""
    folder = tmp_path_factory.mktemp("repository")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    spec = folder / "spec" / "openapi.yaml"
    spec.write_text(with_new_version(spec.read_text(encoding="utf-8")), encoding="utf-8")
    with (folder / SERVICE).open("a", encoding="utf-8") as module:
        module.write(FUNCTION)
    return folder


def run(folder: Path, *command: str) -> None:
    """Run a command in the copy, on the packages that are in it; what it printed last is shown when it fails."""
    packages = ("overlays", "generated", "service", ".")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "MAKE"))},
        "PYTHONPATH": os.pathsep.join(str(folder / name) for name in packages),
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"[-6000:]


def changed(folder: Path) -> Iterator[str]:
    """The files of the copy that are not as they are here."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if (
            path.is_file()
            and not {".git", ".venv", "__pycache__"} & set(name.parts)
            and not name.parts[0].startswith(".")
        ):
            here = ROOT / name
            if not here.exists() or here.read_bytes() != path.read_bytes():
                yield name.as_posix()


def without_words(path: Path) -> dict[str, Any]:
    """A document without its descriptions."""
    document = load(path)
    for _, node in walk(document):
        if isinstance(node.get("description"), str):
            del node["description"]
    return document


@pytest.mark.slow
def test_a_new_version_is_one_edit(copy: Path) -> None:
    """`make generate`, the checks and the suites pass, and only what is made from the spec has changed with it."""
    for command in CHECKS:
        run(copy, *command)
    found = set(changed(copy))
    made = {"docs/api-changes.md", "docs/reference/error-codes.md"}
    assert {name for name in found if not name.startswith("generated/")} == {"spec/openapi.yaml", SERVICE, *made}
    for path in sorted((ROOT / "generated" / "openapi").glob("*.yaml")):
        assert without_words(copy / "generated" / "openapi" / path.name) == without_words(path), path.name
    facts = (copy / "generated" / "batchtasks_rest" / "_facts.py").read_text()
    assert f'"Task_Suspend": (((), None, "{VERSION}", None),' in facts
    table = (copy / "docs" / "api-changes.md").read_text()
    assert f"| 2026-10-01 | {VERSION} | 1 | " in table
    for thing in ("field `maxIdleTime`", "field `suspendTime`", "enum value `wait`", "field `networkConfiguration`",
                  "parameter `$orderby`", "operation `Task_Suspend`"):  # fmt: skip
        assert f"| {thing} |" in table
    tests = (".venv/bin/python", "-m", "pytest", "-m", "not slow", "-q", "-n", "2", "-p", "no:cacheprovider")
    run(copy, *tests, *SUITES)
