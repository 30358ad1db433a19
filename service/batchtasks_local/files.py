"""The task file operations."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from typing import Any, BinaryIO, TypeVar
from urllib.parse import quote

from batchtasks_local import clock, conditions, errors, paging, render, tasks
from batchtasks_local.exchange import Answer, Exchange
from batchtasks_local.files_on_disk import FileEntry, FileRefused, OpenFile
from batchtasks_local.filters import Compare, FilterError, parse
from batchtasks_local.records import TaskRecord
from batchtasks_local.service import Service

T = TypeVar("T")

_CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?", re.ASCII)


def list_(service: Service, exchange: Exchange) -> Answer:
    """File_ListFromTask."""
    record = tasks.found(service, exchange)
    recursive = _flag(exchange, "recursive")
    prefix, after = _prefix(exchange), paging.position_of(exchange) or ""
    entries = _guarded(
        record,
        lambda: service.files.page(
            record.job_id,
            record.id,
            recursive=recursive,
            prefix=prefix,
            after=after,
            limit=paging.size_of(exchange) + 1,
        ),
    )
    folder = f"{render.task_url(exchange.base, record.job_id, record.id)}/files/"
    body = paging.cut(exchange, entries, lambda entry: _item(entry, folder), lambda entry: entry.name)
    return render.json_answer({"odata.metadata": f"{exchange.base}/$metadata#files", **body})


def get(service: Service, exchange: Exchange) -> Answer:
    """File_GetFromTask: the content, or the part that `ocp-range` asks for; both with 200, which is all clients take."""
    record = tasks.found(service, exchange)
    opened = _guarded(record, lambda: service.files.open(record.job_id, record.id, exchange.ids[2]))
    try:
        conditions.check(exchange.condition, opened.entry.modified, reading=True)
        start, length = _range(exchange, opened.entry.size)
        opened.file.seek(start)
        first = opened.file.read(min(length, _CHUNK))
    except BaseException:
        opened.file.close()
        raise
    return Answer(200, _headers(exchange, opened.entry), stream=_stream(opened, first, length))


def get_properties(service: Service, exchange: Exchange) -> Answer:
    """File_GetPropertiesFromTask."""
    record = tasks.found(service, exchange)
    entry = _guarded(record, lambda: service.files.properties(record.job_id, record.id, exchange.ids[2]))
    conditions.check(exchange.condition, entry.modified, reading=True)
    length = () if entry.is_directory else (("Content-Length", str(entry.size)),)
    return Answer(200, (*_headers(exchange, entry), *length))


def delete(service: Service, exchange: Exchange) -> Answer:
    """File_DeleteFromTask."""
    record = tasks.found(service, exchange)
    recursive = _flag(exchange, "recursive")
    _guarded(record, lambda: service.files.delete(record.job_id, record.id, exchange.ids[2], recursive=recursive))
    return Answer(200)


def _guarded(record: TaskRecord, act: Callable[[], T]) -> T:
    """Do something with a task's files; what the disk refuses becomes the service's error."""
    try:
        return act()
    except FileRefused as refusal:
        if refusal.code == "TaskFilesCleanedup":
            raise errors.task_files_cleaned_up() if record.run else errors.task_files_unavailable() from None
        raise errors.file_refused(refusal.code, refusal.reason) from None


def _flag(exchange: Exchange, name: str) -> bool:
    return exchange.query.get(name, "false").lower() == "true"


def _prefix(exchange: Exchange) -> str:
    """The beginning of the names that `$filter` asks for; nothing but `startswith(name,'...')` is understood."""
    text = exchange.query.get("$filter")
    if text is None:
        return ""
    try:
        node = parse(text, exchange.asked.filter)
    except FilterError as error:
        raise errors.invalid_query("$filter", text, str(error)) from None
    if not isinstance(node, Compare) or node.operator != "startswith":
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


def _headers(exchange: Exchange, entry: FileEntry) -> render.Headers:
    job_id, task_id, _ = exchange.ids
    url = f"{render.task_url(exchange.base, job_id, task_id)}/files/{quote(entry.name)}"
    shown: render.Headers = (
        ("Last-Modified", clock.http_date(entry.modified)),
        ("ocp-batch-file-isdirectory", str(entry.is_directory)),
        ("ocp-batch-file-url", quote(url, safe="")),
        ("ocp-batch-file-mode", entry.mode),
    )
    return shown if entry.is_directory else (("Content-Type", entry.content_type), *shown)


def _range(exchange: Exchange, size: int) -> tuple[int, int]:
    """First byte and number of bytes of an answer."""
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
    """A part of a file, of the length that it had when it was opened, though it may grow meanwhile."""
    with opened.file:
        chunk = first
        while chunk:
            yield chunk
            length -= len(chunk)
            chunk = await asyncio.to_thread(_read, opened.file, length)


def _read(file: BinaryIO, length: int) -> bytes:
    return file.read(min(length, _CHUNK))
