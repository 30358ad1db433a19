"""HTTP with allowed hosts: download a file, list a blob container, upload a blob."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from functools import cached_property
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlencode

from batchtasks_local.runner.files.allowed import Allowed

_PATIENCE = 30.0
_TRIES = 3
FIRST_PAUSE = 0.25
"""Seconds before the second try; four times that before the third."""
_CHUNK = 1 << 16
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


class Transfer:
    """Sends requests to allowed hosts. `pause(seconds)` waits between tries, and raises if the run has to end."""

    def __init__(self, allowed: Allowed, pause: Callable[[float], None]) -> None:
        self._allowed = allowed
        self._pause = pause

    @cached_property
    def _opener(self) -> urllib.request.OpenerDirector:
        """Made when first used: since Python 3.12 it reads all certificates of the system, which takes 20 ms or more."""
        opener = urllib.request.OpenerDirector()
        # Only these: the usual opener also reads file: and ftp: URLs.
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.HTTPDefaultErrorHandler(),
            _AllowedRedirects(self._allowed),
        ):
            opener.add_handler(handler)
        return opener

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
            while chunk := _read(answer):
                file.write(chunk)
                self._pause(0)

    def blob_names(self, container: str, prefix: str) -> Iterator[str]:
        """Yield the names of the blobs of a container that begin with a prefix."""
        self._allowed.check_http(container)
        marker = ""
        while True:
            query = {"restype": "container", "comp": "list", "prefix": prefix, "marker": marker}
            url = _with_query(container, urlencode({name: value for name, value in query.items() if value}))
            page = self._tried(lambda url=url: self._text(url))  # type: ignore[misc]
            tree = _parsed(page)
            yield from (str(name.text) for name in tree.iterfind("Blobs/Blob/Name"))
            marker = tree.findtext("NextMarker") or ""
            if not marker:
                return

    def _text(self, url: str) -> bytes:
        headers = {"x-ms-version": _BLOB_VERSION}
        with self._open(urllib.request.Request(url, headers=headers)) as answer:  # noqa: S310 - checked
            return bytes(answer.read())

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
                shutil.copyfileobj(answer, _Nowhere())

    def _open(self, request: urllib.request.Request) -> Any:
        try:
            return self._opener.open(request, timeout=_PATIENCE)
        except urllib.error.HTTPError as error:
            error.close()
            raise TransferError(error.code, f"The server answered {error.code} {error.reason}") from error
        except (urllib.error.URLError, HTTPException, ConnectionError, TimeoutError) as error:
            raise _no_answer(error) from error

    def _tried(self, attempt: Callable[[], Any]) -> Any:
        for number in range(1, _TRIES + 1):
            try:
                return attempt()
            except TransferError as error:
                if number == _TRIES or (error.status_code > 0 and error.status_code not in _BUSY):
                    raise
                self._pause(FIRST_PAUSE * 4 ** (number - 1))
        raise AssertionError("unreachable")


class _Nowhere:
    def write(self, data: bytes) -> int:
        return len(data)


def _read(answer: Any) -> bytes:
    try:
        return bytes(answer.read(_CHUNK))
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
