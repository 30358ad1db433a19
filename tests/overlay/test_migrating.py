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
from tests.overlay.support import KEY, URL

PAGE = Path(__file__).parents[2] / "docs" / "migrating.md"
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
    for table in _tables():
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
    assert len(names) > 90
    assert [name for name in names if not _exists_here(name)] == []


def test_methods_of_compat_exist() -> None:
    table = next(table for table in _tables() if table[0][0].startswith("14.x, and `batchtasks.compat`"))
    names = {name.removeprefix("task.") for row in table[1:] for name in _names(row[0])}
    assert len(names) == 9
    assert [name for name in names if not hasattr(compat.TaskOperations, name)] == []


def test_every_method_of_ours_has_its_place() -> None:
    named = set(_column("here"))
    for group in ("task", "job", "file"):
        kind = getattr(batchtasks, f"{group.capitalize()}Operations")
        methods = {f"client.{group}.{name}" for name in vars(kind).keys() | vars(kind.__mro__[1]).keys()}
        methods = {name for name in methods if not name.rpartition(".")[2].startswith("_")}
        assert methods - named <= {"client.task.get_if_changed", "client.job.raw", "client.file.raw"}


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
        if table[0] == ["15.x", "here"]:
            assert [name for name in names if not hasattr(models, name)] == []
        elif all(row[-1].startswith("`client.") for row in table[1:]):
            assert [name for name in names if not hasattr(client, name)] == []


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
