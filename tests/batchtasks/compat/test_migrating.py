"""The page about coming from azure-batch: every name in it exists, and its programs print what it says."""

from __future__ import annotations

import contextlib
import importlib
import io
import re
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

import batchtasks
import batchtasks.models
from batchtasks import BatchClient, SharedKeyCredential, compat
from batchtasks.testing import local_batch
from tests.batchtasks.support import KEY, URL

PAGE = Path(__file__).parents[3] / "docs" / "migrating.md"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the documentation is not part of the wheel")


def _tables() -> list[list[list[str]]]:
    """The tables of the page, each as rows of cells, the head first."""
    tables: list[list[list[str]]] = []
    inside = False
    for line in PAGE.read_text().splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not inside:
                tables.append([])
            if not set(line) <= set("|-"):
                tables[-1].append(cells)
        inside = line.startswith("|")
    return tables


def _names(cell: str) -> list[str]:
    return re.findall(r"`([A-Za-z_.]+)(?:\([^`]*\))?`", cell)


def _column(head: str) -> list[str]:
    """All names in the columns of this head."""
    found: list[str] = []
    for table in (t for t in _tables() if "client =" not in t[1][-1]):
        for index, name in enumerate(table[0]):
            if name.startswith(head):
                found += [name for row in table[1:] for name in _names(row[index])]
    return found


def _exists_here(name: str) -> bool:
    if name.startswith("client."):
        with BatchClient(URL, SharedKeyCredential("a", KEY)) as client:
            return callable(reduce(getattr, name.split(".")[1:], client)) or name == "client.task.raw"
    if name.startswith("e."):
        return hasattr(batchtasks.ServiceError("m", status_code=400), name[2:])
    if name.startswith("azure.identity"):
        return True
    return name in batchtasks.__all__ or name in batchtasks.models.__all__ or name in PARAMETERS


PARAMETERS = {"server_timeout", "timeout", "filter", "select", "expand", "max_results", "client_request_id"}
PARAMETERS |= {"headers", "condition", "concurrency"}


def test_names_of_this_package_exist() -> None:
    names = _column("here")
    assert len(names) > 70
    assert [name for name in names if not _exists_here(name)] == []


def test_every_method_of_ours_has_its_place() -> None:
    page = PAGE.read_text()
    for group in ("task", "job", "file"):
        kind = getattr(batchtasks, f"{group.capitalize()}Operations")
        methods = {name for part in kind.__mro__[:2] for name in vars(part) if not name.startswith("_")}
        left = {name for name in methods if f"client.{group}.{name}" not in page}
        assert left <= {"get_if_changed", "find_blocked", "raw", "list_preparation_and_release_task_status"}


def _lines() -> list[str]:
    """The lines of code of the table for 15.x."""
    table = next(t for t in _tables() if t[0] == ["15.x", "here"] and "client =" in t[1][1])
    return [row[1].strip("`").replace("\\|", "|") for row in table[1:]]


def test_the_lines_for_15_run_as_they_stand() -> None:
    lines = _lines()
    assert len(lines) >= 25
    with local_batch() as batch:
        names: dict[str, Any] = {"url": batch.url, "name": batch.account, "key": batch.key}
        exec("from batchtasks import *\nfrom batchtasks.models import TaskConstraints", names)
        for line in lines:
            exec(compile(line, str(PAGE), "exec"), names)
        names["client"].close()
    assert names["report"].added == 300
    assert (names["found"].state, names["size"], names["content"]) == ("completed", 3, b"hi\n")
    assert set(names["done"]) >= {"t1", "c1"}
    assert names["counts"].succeeded == 300
    assert "stdout.txt" in names["names"]


def test_the_program_at_the_top_needs_only_another_import() -> None:
    """The line with sed changes the imports that programs have, and nothing else."""
    pattern, replacement = re.search(r"s/(.*?)/(.*?)/g", PAGE.read_text()).groups()  # type: ignore[union-attr]
    program = """from azure.batch import BatchServiceClient, batch_auth, models
import azure.batch.models as batchmodels
import azure.batch._batch_service_client as bsc
from azure.batch.custom.custom_errors import CreateTasksErrorException
from azure.identity import DefaultAzureCredential
"""
    changed = re.sub(pattern, replacement, program)
    assert changed.count("batchtasks.compat") == 4
    names: dict[str, Any] = {}
    exec(changed.rpartition("from azure.identity")[0], names)
    assert names["bsc"].BatchServiceClient is names["BatchServiceClient"] is compat.BatchServiceClient
    assert names["batchmodels"].CreateTasksErrorException is names["CreateTasksErrorException"]


def test_names_of_azure_batch_14_exist() -> None:
    operations: Any = pytest.importorskip("azure.batch.operations", reason="azure-batch 14 is not installed")
    if not hasattr(operations, "TaskOperations"):
        pytest.skip("azure-batch is installed, but not version 14")
    for name in _column("14.x"):
        group, _, method = name.partition(".")
        if group in ("task", "job", "file") and method:
            assert hasattr(getattr(operations, f"{group.capitalize()}Operations"), method), name
    models = importlib.import_module("azure.batch.models")
    renamed = {"ErrorCategory", "JobAction", "HttpHeader", "ContainerRegistry"}
    ours = {name for name in _column("here") if name in batchtasks.models.__all__}
    assert {name for name in ours if not hasattr(models, name)} <= renamed - set(dir(models))


def test_names_of_azure_batch_15_exist() -> None:
    models: Any = pytest.importorskip("azure.batch.models", reason="azure-batch 15 is not installed")
    client = getattr(importlib.import_module("azure.batch"), "BatchClient", None)
    if client is None:
        pytest.skip("azure-batch is installed, but not version 15")
    for table in _tables():
        column = table[0].index("15.x") if "15.x" in table[0] else None
        names = [] if column is None else [name for row in table[1:] for name in _names(row[column])]
        if table[0] == ["15.x", "here"] and "client =" not in table[1][-1]:
            assert [name for name in names if not hasattr(models, name)] == []
        elif "client =" in table[1][-1]:
            assert [name for name in names[2:] if not hasattr(client, name)] == []


def test_the_programs_print_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```(python|text)\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert len(blocks) == 6
    names: dict[str, Any] = {}
    with local_batch() as batch:
        for name, value in batch.environment.items():
            monkeypatch.setenv(name, value)
        for (kind, program), (other, expected) in zip(blocks[::2], blocks[1::2], strict=True):
            assert (kind, other) == ("python", "text")
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(program, str(PAGE), "exec"), names)
            assert printed.getvalue() == expected
        names["client"].close()
