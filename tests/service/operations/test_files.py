"""The task file operations, as requests and answers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from batchtasks_local.domain import clock
from batchtasks_local.domain.records import Outcome
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.store import FinishedRun

Refused = Callable[[httpx.Response, int, str], dict[str, str]]
FILES = "/jobs/job1/tasks/t0/files"


@pytest.fixture
def folder(api: Any) -> Path:
    """The directory of a task, with something in it."""
    api.job()
    api.tasks(1)
    api.post("/jobs/job1/tasks/t0/terminate")  # the files of an active task are not shown
    root: Path = api.folder / "job1" / "t0"
    (root / "wd" / "deep").mkdir(parents=True)
    (root / "stdout.txt").write_bytes(b"hello world\n")
    (root / "stderr.txt").write_bytes(b"")
    (root / "wd" / "out ä.bin").write_bytes(bytes(range(256)))
    (root / "wd" / "deep" / "x.json").write_text("{}")
    for path in (root / "stdout.txt", root / "stderr.txt"):
        path.chmod(0o644)
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return root


def test_list(api: Any, folder: Path) -> None:
    """The first level, or all of it; sizes are text."""
    answer = api.get(FILES)
    body = answer.json()
    assert body["odata.metadata"] == "http://127.0.0.1:10100/$metadata#files"
    items = {item["name"]: item for item in body["value"]}
    assert set(items) == {"stdout.txt", "stderr.txt", "wd"}
    assert items["wd"] == {"name": "wd", "url": f"http://127.0.0.1:10100{FILES}/wd", "isDirectory": True}
    assert items["stdout.txt"] == {
        "name": "stdout.txt",
        "url": f"http://127.0.0.1:10100{FILES}/stdout.txt",
        "isDirectory": False,
        "properties": {
            "lastModified": "2023-11-14T22:13:20Z",
            "contentLength": "12",
            "contentType": "text/plain",
            "fileMode": "0o100644",
        },
    }
    names = [item["name"] for item in api.get(f"{FILES}?recursive=True").json()["value"]]
    assert set(names) == {"stdout.txt", "stderr.txt", "wd", "wd/deep", "wd/deep/x.json", "wd/out ä.bin"}


def test_list_pages_and_filter(api: Any, folder: Path, refused: Refused) -> None:
    """Every file once; the one filter there is."""
    url, names = f"{FILES}?recursive=true&maxresults=2", []
    while url:
        page = api.get(url).json()
        names += [item["name"] for item in page["value"]]
        url = page.get("odata.nextLink")
    assert len(names) == len(set(names)) == 6
    page = api.get(f"{FILES}?recursive=true&$filter=startswith(name,'wd/')").json()
    assert [item["name"] for item in page["value"]] == ["wd/deep", "wd/deep/x.json", "wd/out ä.bin"]
    for bad in ("name eq 'x'", "startswith(name,'a') or startswith(name,'b')", "x"):
        refused(api.get(f"{FILES}?$filter={quote(bad)}"), 400, "InvalidQueryParameterValue")


@pytest.mark.parametrize("name", ["wd%2Fout%20%C3%A4.bin", "wd/out%20%C3%A4.bin"])
def test_get(api: Any, folder: Path, name: str) -> None:
    """The name as one segment or as a path; the headers of the captures."""
    answer = api.get(f"{FILES}/{name}")
    assert answer.status_code == 200
    assert answer.content == bytes(range(256))
    assert "content-length" not in answer.headers
    assert answer.headers["ocp-batch-file-isdirectory"] == "False"
    assert answer.headers["ocp-batch-file-mode"].startswith("0o100")
    url = f"http://127.0.0.1:10100{FILES}/wd/out%20%C3%A4.bin"
    assert answer.headers["ocp-batch-file-url"] == quote(url, safe="")
    assert "etag" not in answer.headers


def test_get_a_file_larger_than_one_piece(api: Any, folder: Path) -> None:
    """Whole, and a range across pieces."""
    content = os.urandom(700_000)
    (folder / "wd" / "large").write_bytes(content)
    assert api.get(f"{FILES}/wd%2Flarge").content == content
    ranged = api.get(f"{FILES}/wd%2Flarge", headers={"ocp-range": "bytes=100-599999"})
    assert (ranged.status_code, ranged.content) == (200, content[100:600_000])


def test_properties(api: Any, folder: Path) -> None:
    """HEAD gives the length, and no body."""
    answer = api.send("HEAD", f"{FILES}/stdout.txt")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == "12"
    assert answer.headers["content-type"] == "text/plain"
    assert answer.headers["last-modified"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert api.send("HEAD", f"{FILES}/wd").headers["ocp-batch-file-isdirectory"] == "True"
    missing = api.send("HEAD", f"{FILES}/nothing")
    assert missing.status_code == 404


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("bytes=0-4", b"hello"), ("bytes=6-", b"world\n"), ("bytes=6-999", b"world\n"), ("bytes=11-11", b"\n")],
)
def test_ranges(api: Any, folder: Path, asked: str, expected: bytes) -> None:
    """Both ends count; past the end is the end."""
    answer = api.get(f"{FILES}/stdout.txt", headers={"ocp-range": asked})
    assert (answer.status_code, answer.content) == (200, expected)


def test_bad_ranges(api: Any, folder: Path, refused: Refused) -> None:
    """Beyond the end is 416, what is no range is 400."""
    for asked in ("bytes=12-20", "bytes=5-4"):
        refused(api.get(f"{FILES}/stdout.txt", headers={"ocp-range": asked}), 416, "InvalidRange")
    for asked in ("bytes=-5", "0-4", "bytes=a-b", "bytes=0-1,3-4"):
        refused(api.get(f"{FILES}/stdout.txt", headers={"ocp-range": asked}), 400, "InvalidHeaderValue")


def test_conditions(api: Any, folder: Path, refused: Refused) -> None:
    """The two dates, and only they."""
    path = f"{FILES}/stdout.txt"
    at, before = "Tue, 14 Nov 2023 22:13:20 GMT", "Tue, 14 Nov 2023 22:13:19 GMT"
    assert api.get(path, headers={"If-Modified-Since": at}).status_code == 304
    assert api.get(path, headers={"If-Modified-Since": before}).status_code == 200
    refused(api.get(path, headers={"If-Unmodified-Since": before}), 412, "ConditionNotMet")
    assert api.send("HEAD", path, headers={"If-Unmodified-Since": at}).status_code == 200
    refused(api.get(path, headers={"If-Match": "*"}), 400, "UnsupportedHeader")


def test_delete(api: Any, folder: Path, refused: Refused) -> None:
    """A file; a directory that is not empty only with recursive."""
    answer = api.send("DELETE", f"{FILES}/stdout.txt")
    assert (answer.status_code, answer.content) == (200, b"")
    refused(api.get(f"{FILES}/stdout.txt"), 404, "FileNotFound")
    refused(api.send("DELETE", f"{FILES}/wd"), 403, "IOError")
    assert api.send("DELETE", f"{FILES}/wd?recursive=true").status_code == 200
    assert not (folder / "wd").exists()


@pytest.mark.parametrize(
    "name",
    ["..%2F..%2Fsecret", "../../secret", "wd/../../../secret", "%2e%2e/secret", "%2Fetc%2Fpasswd", "link", "a%00b"],
)
def test_nothing_outside_the_task_directory(api: Any, folder: Path, refused: Refused, name: str) -> None:
    """Neither dots, nor encoded ones, nor absolute paths, nor links lead out."""
    secret = api.folder / "secret"
    secret.write_text("secret")
    (folder / "link").symlink_to(secret)
    for method in ("GET", "DELETE"):
        answer = api.send(method, f"{FILES}/{name}")
        if not (name == "link" and method == "DELETE"):
            assert answer.status_code in (404, 405), answer.text
        assert "secret\n" not in answer.text
    assert secret.read_text() == "secret"


def test_task_that_never_ran(api: Any, refused: Refused) -> None:
    """While it is active, programs test for this code and text (azure-docs issue 53298)."""
    api.job()
    api.tasks(1)
    reason = "The files of the specified task cannot be accessed as the task state is still active"
    for path in (FILES, f"{FILES}/stdout.txt"):
        assert refused(api.get(path), 409, "OperationInvalidForCurrentState")["Reason"] == reason
    assert api.send("HEAD", f"{FILES}/stdout.txt").status_code == 409
    api.post("/jobs/job1/tasks/t0/terminate")
    refused(api.get(FILES), 409, "TaskFilesUnavailable")
    refused(api.get("/jobs/job1/tasks/t7/files"), 404, "TaskNotFound")


def test_task_whose_retention_is_over(api: Any, refused: Refused) -> None:
    """It has run, and its directory is gone."""
    api.job()
    api.tasks(1)
    capacity = Capacity(1, 1, lambda job_id, task_id: True, lambda job, task_id: {"nodeId": "n"})
    [(task, _)] = api.context.store.advance([], capacity)
    api.context.store.advance([FinishedRun(task.seq, task.run, clock.now(), Outcome(exit_code=0))], None)
    for method, path in [("GET", FILES), ("GET", f"{FILES}/stdout.txt"), ("DELETE", f"{FILES}/wd?recursive=true")]:
        refused(api.send(method, path), 409, "TaskFilesCleanedup")
    assert api.send("HEAD", f"{FILES}/stdout.txt").status_code == 409
