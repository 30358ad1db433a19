"""`client.file`: the generated operations on task files, and reading files of any size."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any

from batchtasks import errors
from batchtasks._core.executor import Executor
from batchtasks._core.sync_async import async_iterator, async_method, sync_iterator, sync_method
from batchtasks._validation.values import read_http_date, validate_int
from batchtasks_rest import models
from batchtasks_rest._call import Condition, Response
from batchtasks_rest.api import file as generated

CHUNK_SIZE = 4 * 1024 * 1024


async def get_properties_from_task(
    executor: Executor,
    job_id: str,
    task_id: str,
    file_path: str,
    *,
    condition: Condition | None = None,
    server_timeout: int | None = None,
    client_request_id: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
) -> models.FileProperties:
    """Read size, time and mode of a task's file.

    The answer to HEAD has no body, so a refusal has no error code. After a 404 or 409 the first byte is read too, to find
    out whether the file, the task or the job is missing.

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        file_path: The path below the task directory, such as stdout.txt or wd/out.txt.
        condition: `if_modified_since(...)` or `if_unmodified_since(...)`.
        server_timeout: Seconds that the service may take, 1 to 30 (default 30).
        client_request_id: A GUID of your own for the request; it comes back with the answer.
        headers: Further headers of the request.
        timeout: Seconds that the client waits for the answer. Default: as for the client.

    Returns:
        The properties. `additional_properties` has "isDirectory", and "url" if the service sent it.

    Raises:
        TaskFileNotFoundError, TaskNotFoundError, JobNotFoundError: The file, the task or the job does not exist.
        WrongStateError: The task has not been on a node, or its files were deleted there.
    """
    options: dict[str, Any] = {"condition": condition, "server_timeout": server_timeout, "timeout": timeout}
    options |= {"client_request_id": client_request_id, "headers": {"Accept-Encoding": "identity", **(headers or {})}}
    where = (job_id, task_id, file_path)
    call = executor.calls(generated.FileCalls).get_properties_from_task(*where, **options)
    try:
        return _properties((await executor.send(call)).headers)
    except (errors.NotFoundError, errors.ConflictError) as error:
        refused = error
    if refused.code is not None:
        raise refused
    # An empty file has no first byte (416).
    with contextlib.suppress(errors.InvalidRequestError):
        await executor.send(executor.calls(generated.FileCalls).get_from_task(*where, ocp_range="bytes=0-0", **options))
    # The file was created in the meantime.
    return _properties((await executor.send(call)).headers)


def _properties(headers: Mapping[str, str]) -> models.FileProperties:
    length = headers.get("Content-Length", "")
    extra = {"isDirectory": headers.get("ocp-batch-file-isdirectory", "").lower() == "true"}
    members: dict[str, Any] = {
        "creation_time": read_http_date(headers.get("ocp-creation-time")),
        "last_modified": read_http_date(headers.get("Last-Modified")),
        "content_length": int(length) if length.isdecimal() and len(length) < 20 else None,
        "content_type": headers.get("Content-Type"),
        "file_mode": headers.get("ocp-batch-file-mode"),
        "additional_properties": extra | {"url": url} if (url := headers.get("ocp-batch-file-url")) else extra,
    }
    return models.FileProperties(**members)


async def stream_from_task(
    executor: Executor,
    job_id: str,
    task_id: str,
    file_path: str,
    *,
    start: int = 0,
    chunk_size: int = CHUNK_SIZE,
    server_timeout: int | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
) -> AsyncIterator[bytes]:
    """Read a task's file in chunks, so that it may have any size; each chunk is retried by itself.

    The file is read up to the size that it has at the beginning. To read on in a file that grows, call again with `start` at
    the number of bytes read so far.

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        file_path: The path below the task directory, such as stdout.txt or wd/out.txt.
        start: The first byte to read, counted from 0. At or after the end nothing is read.
        chunk_size: Bytes to read in one request. Default: 4 MiB.
        server_timeout: Seconds that the service may take for a chunk, 1 to 30 (default 30).
        headers: Further headers of the requests.
        timeout: Seconds that the client waits for a chunk. Default: as for the client.

    Returns:
        An iterator over the chunks, as bytes.

    Raises:
        InvalidInputError: An argument cannot be used, or the path is a directory.
        UnreadableAnswerError, InvalidRequestError: The file became shorter, because its task runs again.
        TaskFileNotFoundError, TaskNotFoundError, JobNotFoundError: The file, the task or the job does not exist.
    """
    validate_int(start, "start", 0)
    validate_int(chunk_size, "chunk_size", 1)
    options: dict[str, Any] = {"server_timeout": server_timeout, "timeout": timeout}
    options["headers"] = {"Accept-Encoding": "identity", **(headers or {})}
    properties = await get_properties_from_task(executor, job_id, task_id, file_path, **options)
    if properties.additional_properties["isDirectory"]:
        raise errors.InvalidInputError(f"{file_path} is a directory; choose one of the files in it.")
    size = properties.content_length
    read = partial(executor.calls(generated.FileCalls).get_from_task, job_id, task_id, file_path)
    if size is None:
        yield (await executor.send(read(**options))).value[start:]
        return
    while start < size:
        end = min(start + chunk_size, size)
        response = await executor.send(read(ocp_range=f"bytes={start}-{end - 1}", **options))
        content = _between(response, start, end, size, file_path)
        yield content
        start += len(content)


def _between(response: Response[bytes], start: int, end: int, size: int, file_path: str) -> bytes:
    """Return the bytes that were asked for, also if the service sent the whole file."""
    content = response.value
    if len(content) == end - start:
        return content
    if len(content) >= size and response.status_code == 200:
        return content[start:size]
    raise errors.UnreadableAnswerError(
        f"{file_path} changed while it was read: {len(content)} bytes came instead of bytes {start} to {end - 1}.",
        status_code=response.status_code,
        request_id=response.request_id,
    )


async def save_from_task(
    executor: Executor,
    job_id: str,
    task_id: str,
    file_path: str,
    target: str | os.PathLike[str] | IO[bytes],
    *,
    chunk_size: int = CHUNK_SIZE,
    server_timeout: int | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - of one request
) -> int:
    """Save a task's file of any size.

    Args:
        job_id: The id of the job.
        task_id: The id of the task.
        file_path: The path below the task directory, such as stdout.txt or wd/out.txt.
        target: A path, or a file open for writing bytes. A path gets the whole file; after an error it stays as it was.
        chunk_size: Bytes to read in one request. Default: 4 MiB.
        server_timeout: Seconds that the service may take for a chunk, 1 to 30 (default 30).
        headers: Further headers of the requests.
        timeout: Seconds that the client waits for a chunk. Default: as for the client.

    Returns:
        The number of bytes.

    Raises:
        InvalidInputError: An argument cannot be used, or `file_path` is a directory.
        UnreadableAnswerError, InvalidRequestError: The file became shorter, because its task runs again.
        TaskFileNotFoundError, TaskNotFoundError, JobNotFoundError: The file, the task or the job does not exist.
        OSError: The target cannot be written.
    """
    options: dict[str, Any] = {"server_timeout": server_timeout, "headers": headers, "timeout": timeout}
    chunks = stream_from_task(executor, job_id, task_id, file_path, chunk_size=chunk_size, **options)
    if not isinstance(target, (str, os.PathLike)):
        if not hasattr(target, "write"):
            kind = type(target).__name__
            raise errors.InvalidInputError(f"target must be a path or a file open for writing, not {kind}.")
        return await _write(chunks, target)
    whole = Path(target)
    # A new name, which other downloads do not share; a short one, because the target's may be as long as is allowed.
    part = whole.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(part, "xb") as file:  # noqa: ASYNC230 - quick, compared with fetching the chunks
            count = await _write(chunks, file)
        os.replace(part, whole)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if isinstance(error, OSError) and str(error.filename) == str(part):
            error.filename, error.filename2 = str(target), None  # the caller has never heard of the other name
        raise
    return count


async def _write(chunks: AsyncIterator[bytes], file: IO[bytes]) -> int:
    count = 0
    async for content in chunks:
        file.write(content)
        count += len(content)
    return count


class FileOperations(generated.FileOperations):
    """Operations on the files of tasks; each call blocks until it is done."""

    get_properties_from_task = sync_method(get_properties_from_task)
    stream_from_task = sync_iterator(stream_from_task)
    save_from_task = sync_method(save_from_task)


class AsyncFileOperations(generated.AsyncFileOperations):
    """Operations on the files of tasks; each call is to be awaited, lists and streams are read with `async for`."""

    get_properties_from_task = async_method(get_properties_from_task)
    stream_from_task = async_iterator(stream_from_task)
    save_from_task = async_method(save_from_task)
