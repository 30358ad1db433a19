"""Reading the files of a task: properties, pieces, whole files to disk; each written once for both colours."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from batchtasks._times import http_date_to_seconds
from batchtasks.errors import (
    ConflictError,
    InvalidInputError,
    InvalidRequestError,
    NotFoundError,
    UnreadableAnswerError,
)
from batchtasks.filters import Filter, filter_text
from batchtasks.paging import Listing

if TYPE_CHECKING:
    from batchtasks._send import Desk
    from batchtasks_rest._call import Condition, Response
    from batchtasks_rest.models import FileProperties, NodeFile

PIECE = 4 * 1024 * 1024


def list_from_task(
    desk: Desk,
    job_id: str,
    task_id: str,
    *,
    recursive: bool | None = None,
    filter: Filter | str | None = None,
    max_results: int | None = None,
    server_timeout: int | None = None,
    client_request_id: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> Listing[NodeFile]:
    """List the files of a task's directory; walk the result for NodeFiles, or its `by_page()` for pages.

    Names are relative to the task directory, which holds stdout.txt, stderr.txt and the working directory wd. Raises
    WrongStateError if the task has not been on a node (TaskFilesUnavailable) or its files are gone (TaskFilesCleanedup).

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        recursive: Whether to go down into directories. Default: the first level only.
        filter: `FileF.name.startswith("wd/")`, or such text; use it with recursive=True.
        max_results: The most items on one page, 1 to 1000. Default: 1000.
        server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
        client_request_id: A GUID of your own for the requests; it comes back with the answers.
        headers: Further headers for the requests.
        timeout: Seconds that the client waits for an answer (default: as the client was made).
    """
    return Listing(
        desk.file.list_from_task(
            job_id,
            task_id,
            recursive=recursive,
            filter=filter_text(filter, "File_ListFromTask"),
            max_results=max_results,
            server_timeout=server_timeout,
            client_request_id=client_request_id,
            headers=headers,
            timeout=timeout,
        )
    )


async def get_properties_from_task(
    desk: Desk,
    job_id: str,
    task_id: str,
    file_path: str,
    *,
    condition: Condition | None = None,
    server_timeout: int | None = None,
    client_request_id: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
) -> FileProperties:
    """Read size, time and mode of a task's file.

    Whether it is a directory and its URL are in `additional_properties`, as "isDirectory" and "url". The service refuses
    this without a word of explanation (the answer to HEAD has no body), so a 404 or 409 is asked for once more as a read
    of the first byte: a missing file, task or job raise FileNotFound, TaskNotFound or JobNotFound, files that are not on a
    node WrongStateError.

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        file_path: The path below the task directory, such as stdout.txt or wd/out.txt.
        condition: `if_modified_since(...)` or `if_unmodified_since(...)`.
        server_timeout: Seconds that the service may take, 1 to 30 (default 30).
        client_request_id: A GUID of your own for the request; it comes back with the answer.
        headers: Further headers for the request.
        timeout: Seconds that the client waits for an answer (default: as the client was made).
    """
    options: dict[str, Any] = {
        "condition": condition,
        "server_timeout": server_timeout,
        "client_request_id": client_request_id,
        "headers": {"Accept-Encoding": "identity", **(headers or {})},
        "timeout": timeout,
    }
    where = (job_id, task_id, file_path)
    call = desk.file.get_properties_from_task(*where, **options)
    try:
        return _properties((await desk.send(call)).headers)
    except (NotFoundError, ConflictError) as error:
        refused = error
    if refused.code is not None:
        raise refused
    # An empty file has no first byte (416).
    with contextlib.suppress(InvalidRequestError):
        await desk.send(desk.file.get_from_task(*where, ocp_range="bytes=0-0", **options))
    # It has come to be meanwhile.
    return _properties((await desk.send(call)).headers)


def _properties(headers: Mapping[str, str]) -> FileProperties:
    from batchtasks_rest.models import FileProperties

    length = headers.get("Content-Length", "")
    extra: dict[str, Any] = {"isDirectory": headers.get("ocp-batch-file-isdirectory", "").lower() == "true"}
    if url := headers.get("ocp-batch-file-url"):
        extra["url"] = url
    return FileProperties(
        creation_time=_moment(headers.get("ocp-creation-time")),
        last_modified=_moment(headers.get("Last-Modified")),
        content_length=int(length) if length.isdecimal() else None,
        content_type=headers.get("Content-Type"),
        file_mode=headers.get("ocp-batch-file-mode"),
        additional_properties=extra,
    )


def _moment(text: str | None) -> datetime | None:
    seconds = http_date_to_seconds(text)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


async def stream_from_task(
    desk: Desk,
    job_id: str,
    task_id: str,
    file_path: str,
    *,
    start: int = 0,
    piece: int = PIECE,
    server_timeout: int | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
) -> AsyncIterator[bytes]:
    """Read a task's file piece by piece, so that its size does not matter; every piece is retried by itself.

    Gives the file up to the size that it has at the beginning. A file that grows while its task runs can be read on later
    with `start` at the number of bytes read so far. A file that becomes shorter meanwhile, because its task runs again,
    ends in UnreadableAnswerError or InvalidRequestError (416).

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        file_path: The path below the task directory, such as stdout.txt or wd/out.txt.
        start: The first byte to read, counted from 0. At or behind the end nothing is given.
        piece: Bytes to read at once. Default: 4 MiB.
        server_timeout: Seconds that the service may take for a piece, 1 to 30 (default 30).
        headers: Further headers for the requests.
        timeout: Seconds that the client waits for an answer (default: as the client was made).
    """
    if type(start) is not int or type(piece) is not int or start < 0 or piece < 1:
        raise InvalidInputError(
            f"start must be a whole number of 0 or more and piece of 1 or more, not {start!r} and {piece!r}."
        )
    options: dict[str, Any] = {"server_timeout": server_timeout, "timeout": timeout}
    options["headers"] = {"Accept-Encoding": "identity", **(headers or {})}
    properties = await get_properties_from_task(desk, job_id, task_id, file_path, **options)
    if properties.additional_properties["isDirectory"]:
        raise InvalidInputError(f"{file_path} is a directory; list_from_task lists what is in it.")
    size = properties.content_length
    if size is None:
        yield (await desk.send(desk.file.get_from_task(job_id, task_id, file_path, **options))).value[start:]
        return
    while start < size:
        end = min(start + piece, size)
        span = f"bytes={start}-{end - 1}"
        response = await desk.send(desk.file.get_from_task(job_id, task_id, file_path, ocp_range=span, **options))
        content = _between(response, start, end, size, file_path)
        yield content
        start += len(content)


def _between(response: Response[bytes], start: int, end: int, size: int, file_path: str) -> bytes:
    """Give what was asked for, also when the service sent the whole file instead."""
    content = response.value
    if len(content) == end - start:
        return content
    if len(content) >= size and response.status == 200:
        return content[start:size]
    raise UnreadableAnswerError(
        f"{file_path} changed while it was read: bytes {start} to {end - 1} were asked for, {len(content)} came.",
        status=response.status,
        request_id=response.request_id,
    )


async def save_from_task(
    desk: Desk,
    job_id: str,
    task_id: str,
    file_path: str,
    target: str | os.PathLike[str] | IO[bytes],
    *,
    piece: int = PIECE,
    server_timeout: int | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
) -> int:
    """Save a task's file of any size; gives the number of bytes.

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        file_path: The path below the task directory, such as stdout.txt or wd/out.txt.
        target: A path, which gets the whole file or, after an error, stays as it was; or a file open for writing bytes.
        piece: Bytes to read at once. Default: 4 MiB.
        server_timeout: Seconds that the service may take for a piece, 1 to 30 (default 30).
        headers: Further headers for the requests.
        timeout: Seconds that the client waits for an answer (default: as the client was made).
    """
    pieces = stream_from_task(
        desk,
        job_id,
        task_id,
        file_path,
        piece=piece,
        server_timeout=server_timeout,
        headers=headers,
        timeout=timeout,
    )
    if not isinstance(target, (str, os.PathLike)):
        if not hasattr(target, "write"):
            raise InvalidInputError(f"target must be a path or a file open for writing, not {type(target).__name__}.")
        return await _pour(pieces, target)
    partial = f"{os.fspath(target)}.part"
    try:
        with open(partial, "wb") as file:  # noqa: ASYNC230 - pieces are small against the time to fetch them
            count = await _pour(pieces, file)
        os.replace(partial, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(partial)
        raise
    return count


async def _pour(pieces: AsyncIterator[bytes], file: IO[bytes]) -> int:
    count = 0
    async for content in pieces:
        file.write(content)
        count += len(content)
    return count
