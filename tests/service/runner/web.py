"""A small web server with files and a blob container, for resource and output files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from attrs import define, field

_PAGE = 2


@define
class Web:
    """What the server has and what it was asked. `failures` are statuses to answer with, one a request."""

    port: int = 0
    files: dict[str, bytes] = field(factory=dict)
    redirects: dict[str, str] = field(factory=dict)
    failures: list[int] = field(factory=list)
    asked: list[str] = field(factory=list)
    put_headers: dict[str, str] = field(factory=dict)

    def url(self, path: str) -> str:
        """The URL of a path here."""
        return f"http://127.0.0.1:{self.port}/{path}"


def _blob_list(web: Web, container: str, query: dict[str, list[str]]) -> bytes:
    prefix = query.get("prefix", [""])[0]
    start = int(query.get("marker", ["0"])[0])
    found = sorted(name.removeprefix(f"{container}/") for name in web.files if name.startswith(f"{container}/"))
    wanted = [name for name in found if name.startswith(prefix)]
    blobs = "".join(f"<Blob><Name>{name}</Name></Blob>" for name in wanted[start : start + _PAGE])
    marker = str(start + _PAGE) if len(wanted) > start + _PAGE else ""
    return f"<EnumerationResults><Blobs>{blobs}</Blobs><NextMarker>{marker}</NextMarker></EnumerationResults>".encode()


class _Handler(BaseHTTPRequestHandler):
    web: Web

    def do_GET(self) -> None:
        """A failure, a redirect, a list of blobs, a file, or 404."""
        web = self.web
        web.asked.append(self.path)
        parts = urlsplit(self.path)
        name, query = unquote(parts.path.lstrip("/")), parse_qs(parts.query)
        if web.failures:
            self._answer(web.failures.pop(0), b"trouble")
        elif name in web.redirects:
            self._answer(302, b"", Location=web.redirects[name])
        elif query.get("comp") == ["list"]:
            self._answer(200, _blob_list(web, name, query))
        else:
            self._answer(200 if name in web.files else 404, web.files.get(name, b""))

    def do_PUT(self) -> None:
        """Keep a blob in the only container there is."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        name = unquote(urlsplit(self.path).path.lstrip("/"))
        self.web.put_headers.update(self.headers.items())
        if self.web.failures:
            self._answer(self.web.failures.pop(0), b"")
        elif name.startswith("container/"):
            self.web.files[name] = body
            self._answer(201, b"")
        else:
            self._answer(404, b"")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve() -> Iterator[Web]:
    """Run the server for a while."""
    web = Web()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"web": web}))
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
