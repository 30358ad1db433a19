"""Files of tasks: properties from headers, pieces of any size, saving without half files."""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

from batchtasks import errors as e
from tests.batchtasks.support import Mode, body

CONTENT = bytes(range(256)) * 40  # 10,240 bytes


class File:
    """One file as the service serves it; `ranges` says how it takes ocp-range."""

    def __init__(self, content: bytes = CONTENT, ranges: str = "206") -> None:
        self.content = content
        self.ranges = ranges
        self.grow = b""
        self.shrink_to: int | None = None
        self.length = True
        self.faults = 0
        self.spans: list[str | None] = []

    def serve(self, request: httpx.Request) -> httpx.Response:
        headers = {"ocp-batch-file-isdirectory": "False", "Last-Modified": "Fri, 05 Jan 2024 07:16:39 GMT"}
        assert request.url.raw_path.partition(b"?")[0] == b"/jobs/j/tasks/t/files/wd%2Fa%20b.bin"
        if request.method == "HEAD":
            length = {"Content-Length": str(len(self.content))} if self.length else {}
            return httpx.Response(200, headers={**headers, **length})
        if self.faults:
            self.faults -= 1
            return httpx.Response(503, json=body("ServerBusy"))
        span = request.headers.get("ocp-range")
        self.spans.append(span)
        self.content = (self.content + self.grow)[: self.shrink_to]
        if span is None or self.ranges == "ignored":
            return httpx.Response(200, headers=headers, content=self.content)
        first, last = span.removeprefix("bytes=").split("-")
        return httpx.Response(int(self.ranges), headers=headers, content=self.content[int(first) : int(last) + 1])


@pytest.fixture
def file(httpx_mock: HTTPXMock) -> File:
    served = File()
    httpx_mock.add_callback(served.serve, is_reusable=True)
    return served


def _stream(mode: Mode, **options: Any) -> bytes:
    return b"".join(mode.run(lambda c: c.file.stream_from_task("j", "t", "wd/a b.bin", **options)))


@pytest.mark.parametrize("ranges", ["206", "200", "ignored"])
@pytest.mark.parametrize("chunk_size", [1000, 1024, 10_240, 1_000_000])
def test_pieces_make_the_file(mode: Mode, file: File, ranges: str, chunk_size: int) -> None:
    file.ranges = ranges
    assert _stream(mode, chunk_size=chunk_size) == CONTENT
    assert _stream(mode, chunk_size=chunk_size, start=10_000) == CONTENT[10_000:]
    assert _stream(mode, chunk_size=chunk_size, start=10_240) == b""
    assert _stream(mode, chunk_size=chunk_size, start=99_999) == b""


def test_pieces_are_no_larger_than_asked_for(mode: Mode, file: File) -> None:
    pieces = mode.run(lambda c: c.file.stream_from_task("j", "t", "wd/a b.bin", chunk_size=4000))
    assert [len(chunk_size) for chunk_size in pieces] == [4000, 4000, 2240]
    assert file.spans == ["bytes=0-3999", "bytes=4000-7999", "bytes=8000-10239"]


def test_each_piece_is_tried_again(mode: Mode, file: File) -> None:
    file.faults = 3
    assert _stream(mode, chunk_size=4000) == CONTENT


def test_a_growing_file_is_read_to_where_it_was(mode: Mode, file: File) -> None:
    file.grow = b"more"
    assert _stream(mode, chunk_size=4000) == CONTENT
    assert _stream(mode, start=10_240) == b"more" * 3


def test_an_empty_file_and_one_of_unknown_length(mode: Mode, file: File) -> None:
    file.length = False
    assert _stream(mode) == CONTENT
    assert _stream(mode, start=10_000) == CONTENT[10_000:]
    file.length, file.content = True, b""
    assert _stream(mode) == b""


def test_a_file_that_shrinks_is_noticed(mode: Mode, file: File) -> None:
    file.shrink_to = 100
    with pytest.raises(e.UnreadableAnswerError, match="changed while it was read"):
        _stream(mode, chunk_size=4000)


@pytest.mark.parametrize("options", [{"start": -1}, {"chunk_size": 0}])
def test_pieces_that_cannot_be(mode: Mode, options: dict[str, int]) -> None:
    with pytest.raises(e.InvalidInputError):
        _stream(mode, **options)


def test_saving_to_a_path_and_to_an_open_file(mode: Mode, file: File, tmp_path: Path) -> None:
    target = tmp_path / "out.bin"
    assert mode.run(lambda c: c.file.save_from_task("j", "t", "wd/a b.bin", target, chunk_size=999)) == 10_240
    assert target.read_bytes() == CONTENT
    buffer = io.BytesIO()
    assert mode.run(lambda c: c.file.save_from_task("j", "t", "wd/a b.bin", buffer)) == 10_240
    assert buffer.getvalue() == CONTENT
    assert list(tmp_path.iterdir()) == [target]


def test_saving_under_the_longest_name(mode: Mode, file: File, tmp_path: Path) -> None:
    """A file system takes 255 bytes, so 85 letters of many languages."""
    target = tmp_path / ("結" * 85)
    assert mode.run(lambda c: c.file.save_from_task("j", "t", "wd/a b.bin", target)) == 10_240
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.httpx_mock(assert_all_responses_were_requested=False)  # what cannot be opened is not read
@pytest.mark.parametrize("name", ["folder", "missing/out.bin"])
def test_a_target_that_cannot_be_written_is_named(mode: Mode, file: File, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    target = tmp_path / name
    with pytest.raises(OSError) as caught:  # noqa: PT011 - its kind depends on the system
        mode.run(lambda c: c.file.save_from_task("j", "t", "wd/a b.bin", target))
    assert (caught.value.filename, caught.value.filename2) == (str(target), None)
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_saving_leaves_no_half_file(mode: Mode, httpx_mock: HTTPXMock, tmp_path: Path) -> None:
    target = tmp_path / "out.bin"
    target.write_bytes(b"old")
    httpx_mock.add_response(method="HEAD", headers={"Content-Length": "10"})
    httpx_mock.add_response(method="GET", status_code=409, json=body("TaskFilesCleanedup"))
    with pytest.raises(e.WrongStateError):
        mode.run(lambda c: c.file.save_from_task("j", "t", "stdout.txt", target))
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_many_downloads_to_one_target(mode: Mode, file: File, tmp_path: Path) -> None:
    """Each writes a file of its own, so the target is whole whichever ends last, and no link is followed."""
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.write_bytes(b"not ours")
    folder.mkdir()
    target = folder / "out.bin"
    target.symlink_to(outside)
    beside = folder / ".out.bin.part", folder / "out.bin.part"
    for link in beside:
        link.symlink_to(outside)

    def save(client: Any) -> Any:
        return client.file.save_from_task("j", "t", "wd/a b.bin", target, chunk_size=4000)

    def at_once(client: Any) -> Any:
        if mode.name == "async":
            return asyncio.wait_for(asyncio.gather(*[save(client) for _ in range(120)]), 60)
        with ThreadPoolExecutor(120) as threads:
            return list(threads.map(save, [client] * 120))

    assert mode.run(at_once) == [len(CONTENT)] * 120
    assert target.read_bytes() == CONTENT
    assert not target.is_symlink()
    assert sorted(folder.iterdir()) == sorted([target, *beside])
    assert outside.read_bytes() == b"not ours"


def test_properties_come_from_the_headers(mode: Mode, httpx_mock: HTTPXMock) -> None:
    headers = {
        "Content-Length": "12345678901",
        "Content-Type": "text/plain",
        "Last-Modified": "Fri, 05 Jan 2024 07:16:39 GMT",
        "ocp-creation-time": "Fri, 05 Jan 2024 07:16:38 GMT",
        "ocp-batch-file-mode": "0o100644",
        "ocp-batch-file-isdirectory": "False",
        "ocp-batch-file-url": "https%3A%2F%2Fx",
    }
    httpx_mock.add_response(method="HEAD", headers=headers)
    found = mode.run(lambda c: c.file.get_properties_from_task("j", "t", "stdout.txt"))
    assert found.content_length == 12345678901
    assert found.content_type == "text/plain"
    assert found.file_mode == "0o100644"
    assert found.last_modified == datetime(2024, 1, 5, 7, 16, 39, tzinfo=UTC)
    assert found.creation_time == datetime(2024, 1, 5, 7, 16, 38, tzinfo=UTC)
    assert found.additional_properties == {"isDirectory": False, "url": "https%3A%2F%2Fx"}
    assert httpx_mock.get_requests()[0].headers["Accept-Encoding"] == "identity"


def test_properties_of_a_directory_and_of_odd_headers(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(headers={"ocp-batch-file-isdirectory": "True"}, is_reusable=True)
    found = mode.run(lambda c: c.file.get_properties_from_task("j", "t", "wd"))
    assert found.additional_properties == {"isDirectory": True}
    assert found.last_modified is None
    with pytest.raises(e.InvalidInputError, match="is a directory"):
        mode.run(lambda c: c.file.stream_from_task("j", "t", "wd"))


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (404, "FileNotFound", e.TaskFileNotFoundError),
        (404, "TaskNotFound", e.TaskNotFoundError),
        (404, "JobNotFound", e.JobNotFoundError),
        (409, "TaskFilesCleanedup", e.WrongStateError),
    ],
)
def test_why_properties_are_refused(
    mode: Mode, httpx_mock: HTTPXMock, status: int, code: str, kind: type[e.ServiceError]
) -> None:
    httpx_mock.add_response(method="HEAD", status_code=status)
    httpx_mock.add_response(method="GET", match_headers={"ocp-range": "bytes=0-0"}, status_code=status, json=body(code))
    with pytest.raises(kind) as caught:
        mode.run(lambda c: c.file.get_properties_from_task("j", "t", "nope"))
    assert caught.value.__context__ is None


@pytest.mark.parametrize(("status", "length"), [(206, 1), (416, 0)])
def test_properties_of_a_file_that_comes_just_now(mode: Mode, httpx_mock: HTTPXMock, status: int, length: int) -> None:
    """An empty file has no first byte to be read, which is no reason to fail."""
    httpx_mock.add_response(method="HEAD", status_code=404)
    httpx_mock.add_response(method="GET", status_code=status, content=b"x" if length else b"")
    httpx_mock.add_response(method="HEAD", headers={"Content-Length": str(length)})
    found = mode.run(lambda c: c.file.get_properties_from_task("j", "t", "new"))
    assert found.content_length == length


def test_properties_of_a_file_that_comes_and_goes(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(method="HEAD", status_code=404)
    httpx_mock.add_response(method="GET", content=b"x")
    httpx_mock.add_response(method="HEAD", status_code=404)
    with pytest.raises(e.NotFoundError, match="404"):
        mode.run(lambda c: c.file.get_properties_from_task("j", "t", "new"))


def test_a_file_that_is_not_there(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=404, is_reusable=True)
    with pytest.raises(e.NotFoundError, match="404"):
        mode.run(lambda c: c.file.get_properties_from_task("j", "t", "nope"))
    with pytest.raises(e.NotFoundError):
        mode.run(lambda c: c.file.stream_from_task("j", "t", "nope"))


def test_a_web_page_that_a_task_wrote_is_content(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(html="<p>mine</p>", headers={"request-id": "r"})
    assert mode.run(lambda c: c.file.get_from_task("j", "t", "out.html")) == b"<p>mine</p>"
