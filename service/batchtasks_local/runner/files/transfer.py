"""HTTP with allowed hosts: download a file, list a blob container, upload a blob; and copies of files.

All of it ends as soon as the run has to end, however slow the other side is.
"""

from __future__ import annotations

import os
import select
import socket
import stat
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import cached_property, partial
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlencode

from batchtasks_local.runner.failures import too_many_files, when_files_are_free
from batchtasks_local.runner.files.allowed import Allowed
from batchtasks_local.runner.processes import RunControl

_PATIENCE = 30.0
_TRIES = 3
FIRST_PAUSE = 0.25
"""Seconds before the second try; four times that before the third."""
_CHUNK = 1 << 16
_MAX_PAGE = 16 << 20
"""Bytes of one page of a list of blobs; the real one has 5,000 names at most."""
MAX_BLOBS = 100_000
"""Blobs that one resource file can name with its prefix."""
_LOOK_PERIOD = 0.05
_BUSY = (408, 429, 500, 502, 503, 504)
_BLOB_VERSION = "2021-08-06"


class TransferError(Exception):
    """A transfer failed; `status_code` is the HTTP status, 0 if there was no answer, -1 if it did not come in time."""

    def __init__(self, status_code: int, reason: str) -> None:
        super().__init__(status_code, reason)
        self.status_code = status_code
        self.reason = reason


class _AllowedRedirects(urllib.request.HTTPRedirectHandler):
    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """Follow a redirection only to an allowed host."""
        self._allowed.check_http(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, connect: Callable[..., socket.socket]) -> None:
        super().__init__()
        self._connect = connect

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        """Open a connection that the end of the run ends."""
        return self.do_open(lambda host, **options: _with(HTTPConnection(host, **options), self._connect), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, connect: Callable[..., socket.socket]) -> None:
        super().__init__()
        self._connect = connect

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        """Open a connection that the end of the run ends."""
        return self.do_open(lambda host, **options: _with(HTTPSConnection(host, **options), self._connect), req)


def _with(connection: HTTPConnection, connect: Callable[..., socket.socket]) -> HTTPConnection:
    connection._create_connection = connect  # type: ignore[attr-defined]  # as http.client calls socket's
    return connection


class Transfer:
    """Sends requests to allowed hosts, and copies files, for one run."""

    def __init__(self, allowed: Allowed, control: RunControl) -> None:
        self._allowed = allowed
        self._control = control
        self._pause = control.pause
        self._sockets = ExitStack()

    @cached_property
    def _opener(self) -> urllib.request.OpenerDirector:
        """Made when first used: since Python 3.12 it reads all certificates of the system, which takes 20 ms or more."""
        opener = urllib.request.OpenerDirector()
        # Only these: the usual opener also reads file: and ftp: URLs.
        for handler in (
            urllib.request.ProxyHandler(),
            _Http(self._connect),
            _Https(self._connect),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.HTTPDefaultErrorHandler(),
            _AllowedRedirects(self._allowed),
        ):
            opener.add_handler(handler)
        return opener

    def _connect(
        self, address: tuple[str, int], timeout: float, source: tuple[str, int] | None = None
    ) -> socket.socket:
        """Connect as `socket.create_connection` does; the connection is cut if the run has to end."""
        error: OSError | None = None
        for family, kind, number, _, place in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
            made = socket.socket(family, kind, number)
            try:
                self._wait_until_connected(made, place, timeout)
            except OSError as failed:
                made.close()
                error = failed
                continue
            except BaseException:
                made.close()
                raise
            made.settimeout(timeout)
            # TLS takes the socket over, so that it can be cut only through a second descriptor.
            other = self._sockets.enter_context(made.dup())
            self._sockets.enter_context(self._control.interrupting(partial(_cut, other)))
            return made
        raise error or OSError(f"{address[0]} has no address")

    def _wait_until_connected(self, made: socket.socket, place: Any, timeout: float) -> None:
        made.setblocking(False)
        with suppress(BlockingIOError):
            made.connect(place)
        latest = time.monotonic() + timeout
        poll = select.poll()
        poll.register(made, select.POLLOUT)
        while not poll.poll(_LOOK_PERIOD * 1000):
            self._pause(0)
            if time.monotonic() > latest:
                raise TimeoutError("timed out")
        if code := made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(code, os.strerror(code))

    def copy(self, source: Path, target: Path) -> None:
        """Copy a regular file."""
        when_files_are_free(lambda: self._copy(source, target), self._pause)

    def _copy(self, source: Path, target: Path) -> None:
        with open(os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file, target.open("wb") as new:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(None, f"{source} is not a regular file")
            while chunk := file.read(_CHUNK):
                new.write(chunk)
                self._pause(0)

    def fetch(self, url: str, target: Path) -> None:
        """Download a URL to a file.

        Raises:
            NotAllowedError, TransferError: The URL cannot be downloaded.
            OSError: The file cannot be written.
        """
        self._allowed.check_http(url)
        self._tried(lambda: self._fetch_once(url, target))

    def _fetch_once(self, url: str, target: Path) -> None:
        with self._open(urllib.request.Request(url)) as answer, target.open("wb") as file:  # noqa: S310 - checked
            for chunk in self._chunks(answer):
                file.write(chunk)

    def _chunks(self, answer: HTTPResponse) -> Iterator[bytes]:
        """Yield what has come, piece by piece; TransferError if it ends too early."""
        while chunk := _read(answer):
            self._pause(0)
            yield chunk
        if answer.length:
            raise TransferError(0, f"The connection was closed {answer.length} bytes before the end")

    def blob_names(self, container: str, prefix: str) -> Iterator[str]:
        """Yield the names of the blobs of a container that begin with a prefix."""
        self._allowed.check_http(container)
        marker, count = "", 0
        markers: set[str] = set()
        while marker not in markers:
            markers.add(marker)
            query = {"restype": "container", "comp": "list", "prefix": prefix, "marker": marker}
            url = _with_query(container, urlencode({name: value for name, value in query.items() if value}))
            page = self._tried(lambda url=url: self._text(url))  # type: ignore[misc]
            tree = _parsed(page)
            for name in tree.iterfind("Blobs/Blob/Name"):
                count += 1
                if count > MAX_BLOBS:
                    raise TransferError(0, f"The prefix names more than {MAX_BLOBS} blobs")
                yield str(name.text)
            marker = tree.findtext("NextMarker") or ""
            if not marker:
                return
        raise TransferError(0, "The list of blobs does not end: a marker came twice")

    def _text(self, url: str) -> bytes:
        headers = {"x-ms-version": _BLOB_VERSION}
        with self._open(urllib.request.Request(url, headers=headers)) as answer:  # noqa: S310 - checked
            page = bytearray()
            for chunk in self._chunks(answer):
                page += chunk
                if len(page) > _MAX_PAGE:
                    raise TransferError(0, f"A page of the list of blobs is larger than {_MAX_PAGE} bytes")
            return bytes(page)

    def put_blob(self, container: str, name: str, source: Path, headers: dict[str, str]) -> None:
        """Upload a file as a block blob of a container."""
        self._allowed.check_http(container)
        self._tried(lambda: self._put_once(blob_url(container, name), source, headers))

    def _put_once(self, url: str, source: Path, headers: dict[str, str]) -> None:
        sent = {
            **headers,
            "x-ms-blob-type": "BlockBlob",
            "x-ms-version": _BLOB_VERSION,
            "Content-Length": str(source.stat().st_size),
        }
        with source.open("rb") as file:
            request = urllib.request.Request(url, data=file, headers=sent, method="PUT")  # noqa: S310 - checked
            with self._open(request) as answer:
                for _ in self._chunks(answer):
                    pass

    def _open(self, request: urllib.request.Request) -> Any:
        try:
            return self._opener.open(request, timeout=_PATIENCE)
        except urllib.error.HTTPError as error:
            error.close()
            raise TransferError(error.code, f"The server answered {error.code} {error.reason}") from error
        except (urllib.error.URLError, HTTPException, ConnectionError, TimeoutError) as error:
            self._pause(0)
            reason = getattr(error, "reason", None)
            if isinstance(reason, OSError) and too_many_files(reason):
                raise reason from error
            raise _no_answer(error) from error

    def _tried(self, attempt: Callable[[], Any]) -> Any:
        for number in range(1, _TRIES + 1):
            try:
                with self._sockets:
                    return when_files_are_free(attempt, self._pause)
            except TransferError as error:
                self._pause(0)
                if number == _TRIES or (error.status_code > 0 and error.status_code not in _BUSY):
                    raise
                self._pause(FIRST_PAUSE * 4 ** (number - 1))
        raise AssertionError("unreachable")


def _cut(connection: socket.socket) -> None:
    """End a connection, so that whoever reads or writes it wakes up."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _read(answer: Any) -> bytes:
    try:
        return bytes(answer.read1(_CHUNK))
    except (HTTPException, OSError) as error:
        raise _no_answer(error) from error


def _no_answer(error: BaseException) -> TransferError:
    reason = getattr(error, "reason", error)
    late = isinstance(error, TimeoutError) or isinstance(reason, TimeoutError)
    return TransferError(-1 if late else 0, f"No answer: {reason}" if str(reason) else "No answer")


def _parsed(page: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(page)  # noqa: S314 - from a host that the operator named
    except ElementTree.ParseError as error:
        raise TransferError(0, f"The list of blobs cannot be read: {error}") from error


def _with_query(url: str, more: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{more}"


def blob_url(container: str, name: str) -> str:
    """Return the URL of a blob of a container, whose own URL may carry a signature."""
    base, mark, query = container.partition("?")
    return f"{base.rstrip('/')}/{quote(name)}{mark}{query}"
