"""The task file operations."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from typing import Any, BinaryIO, TypeVar
from urllib.parse import quote

from batchtasks_local.domain import clock
from batchtasks_local.domain.filters import Compare
from batchtasks_local.domain.records import TaskRecord
from batchtasks_local.http import conditions, errors, lists
from batchtasks_local.http.exchange import Answer, Exchange, Headers, json_answer
from batchtasks_local.operations import render, tasks
from batchtasks_local.operations.context import Context, operation
from batchtasks_local.runner.files.task_files import FileEntry, FileRefusedError, OpenFile

T = TypeVar("T")

CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?", re.ASCII)


@operation("File_ListFromTask")
def list_(context: Context, exchange: Exchange) -> Answer:
    """File_ListFromTask."""
    record = tasks.find(context, exchange)
    recursive = _flag(exchange, "recursive")
    prefix, after = _prefix(exchange), lists.after_position(exchange) or ""
    entries = _guarded(
        record,
        lambda: context.files.page(
            record.job_id,
            record.id,
            recursive=recursive,
            prefix=prefix,
            after=after,
            limit=lists.page_size(exchange) + 1,
        ),
    )
    folder = f"{render.task_url(exchange.base, record.job_id, record.id)}/files/"
    body = lists.page_body(exchange, entries, lambda entry: _item(entry, folder), lambda entry: entry.name)
    return json_answer({"odata.metadata": f"{exchange.base}/$metadata#files", **body})


@operation("File_GetFromTask")
def get(context: Context, exchange: Exchange) -> Answer:
    """File_GetFromTask: the content, or the part that `ocp-range` asks for.

    The status is 200 for a part, too: the official clients accept no other.
    """
    record = tasks.find(context, exchange)
    opened = _guarded(record, lambda: context.files.open(record.job_id, record.id, exchange.ids[2]))
    try:
        conditions.check(exchange.condition, opened.entry.modified, reading=True)
        start, length = _range(exchange, opened.entry.size)
        opened.file.seek(start)
        first = opened.file.read(min(length, CHUNK))
    except BaseException:
        opened.file.close()
        raise
    return Answer(200, _headers(exchange, opened.entry), stream=_stream(opened, first, length))


@operation("File_GetPropertiesFromTask")
def get_properties(context: Context, exchange: Exchange) -> Answer:
    """File_GetPropertiesFromTask."""
    record = tasks.find(context, exchange)
    entry = _guarded(record, lambda: context.files.properties(record.job_id, record.id, exchange.ids[2]))
    conditions.check(exchange.condition, entry.modified, reading=True)
    length = () if entry.is_directory else (("Content-Length", str(entry.size)),)
    return Answer(200, (*_headers(exchange, entry), *length))


@operation("File_DeleteFromTask")
def delete(context: Context, exchange: Exchange) -> Answer:
    """File_DeleteFromTask."""
    record = tasks.find(context, exchange)
    recursive = _flag(exchange, "recursive")
    _guarded(record, lambda: context.files.delete(record.job_id, record.id, exchange.ids[2], recursive=recursive))
    return Answer(200)


def _guarded(record: TaskRecord, act: Callable[[], T]) -> T:
    """Call a function on a task's files, and raise the service's error for what the disk refuses."""
    if record.state == "active":
        raise errors.task_files_of_active_task()
    try:
        return act()
    except FileRefusedError as error:
        if error.code == "TaskFilesCleanedup":
            raise errors.task_files_cleaned_up() if record.run else errors.task_files_unavailable() from None
        raise errors.file_refused(error.code, error.reason) from None


def _flag(exchange: Exchange, name: str) -> bool:
    return exchange.query.get(name, "false").lower() == "true"


def _prefix(exchange: Exchange) -> str:
    """Return the prefix of the names that `$filter` asks for; it may only be `startswith(name,'...')`."""
    node = lists.filter_tree(exchange)
    if node is None:
        return ""
    if not isinstance(node, Compare) or node.operator != "startswith":
        text = exchange.query["$filter"]
        raise errors.invalid_query("$filter", text, "it must be one startswith(name,'...')")
    return str(node.value)


def _item(entry: FileEntry, folder: str) -> dict[str, Any]:
    item: dict[str, Any] = {"name": entry.name, "url": folder + quote(entry.name), "isDirectory": entry.is_directory}
    if not entry.is_directory:
        item["properties"] = {
            "lastModified": clock.to_text(entry.modified),
            "contentLength": str(entry.size),
            "contentType": entry.content_type,
            "fileMode": entry.mode,
        }
    return item


def _headers(exchange: Exchange, entry: FileEntry) -> Headers:
    job_id, task_id, _ = exchange.ids
    url = f"{render.task_url(exchange.base, job_id, task_id)}/files/{quote(entry.name)}"
    shown: Headers = (
        ("Last-Modified", clock.http_date(entry.modified)),
        ("ocp-batch-file-isdirectory", str(entry.is_directory)),
        ("ocp-batch-file-url", quote(url, safe="")),
        ("ocp-batch-file-mode", entry.mode),
    )
    return shown if entry.is_directory else (("Content-Type", entry.content_type), *shown)


def _range(exchange: Exchange, size: int) -> tuple[int, int]:
    """Return the first byte and the number of bytes of an answer."""
    text = exchange.headers.get("ocp-range")
    if not text:
        return 0, size
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        raise errors.invalid_header("ocp-range", text, "It must be bytes=FIRST-LAST")
    first = int(found[1])
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    if first > last:
        raise errors.invalid_range(text)
    return first, last - first + 1


async def _stream(opened: OpenFile, first: bytes, length: int) -> AsyncGenerator[bytes, None]:
    """Yield a part of a file in chunks. Its length is that at the time of opening, though the file may grow."""
    with opened.file:
        chunk = first
        while chunk:
            yield chunk
            length -= len(chunk)
            chunk = await asyncio.to_thread(_read, opened.file, length)


def _read(file: BinaryIO, length: int) -> bytes:
    return file.read(min(length, CHUNK))
