"""Resource files before the command starts, from allowed places only."""

from __future__ import annotations

import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from batchtasks_local.runner.failures import RunFailedError
from batchtasks_local.runner.files.allowed import Allowed, NotAllowedError
from batchtasks_local.runner.files.resources import ResourceFiles
from batchtasks_local.runner.files.transfer import Transfer
from batchtasks_local.runner.processes import RunControl
from tests.service.runner.harness import PATIENCE, MakeRunner, RunnerHarness, failure
from tests.service.runner.web import Web

LS = "/usr/bin/find . -type f -printf '%p:%m:%s\\n'"


def listing(place: RunnerHarness) -> list[str]:
    """What the task has found in its working directory."""
    return sorted(place.text().split())


def test_files_from_the_web(place: RunnerHarness, web: Web) -> None:
    """Into directories, with the default mode or one's own; through a redirect; after a server that was busy."""
    web.files.update({"x": b"12345", "y y": b""})
    web.redirects["old"] = web.url("x")
    web.failures.append(503)
    ended = place.run(
        LS,
        resourceFiles=[
            {"httpUrl": web.url("x?sig=1"), "filePath": "in/x"},
            {"httpUrl": web.url("y%20y"), "filePath": "y", "fileMode": "0644"},
            {"httpUrl": web.url("old"), "filePath": "z", "fileMode": "444"},
        ],
    )
    assert ended.failure is None
    assert listing(place) == ["./in/x:770:5", "./y:644:0", "./z:444:5"]
    assert web.asked == ["/x?sig=1", "/x?sig=1", "/y%20y", "/old", "/x"]


def test_files_from_a_container(place: RunnerHarness, web: Web) -> None:
    """Every blob of a prefix, over several pages, with the directories in their names."""
    web.files.update({f"container/{name}": name.encode() for name in ("p/1", "p/2", "p/3", "q")})
    ended = place.run(
        LS, resourceFiles=[{"storageContainerUrl": web.url("container?sig=a"), "blobPrefix": "p/", "filePath": "to"}]
    )
    assert ended.failure is None
    assert listing(place) == ["./to/p/1:770:3", "./to/p/2:770:3", "./to/p/3:770:3"]
    assert all("sig=a" in asked for asked in web.asked)


def test_files_from_a_folder(place: RunnerHarness, share: Path) -> None:
    """One file, or a folder as if it were a container."""
    ended = place.run(
        LS,
        resourceFiles=[
            {"httpUrl": f"file://{share}/a.txt", "filePath": "one"},
            {"storageContainerUrl": f"file://localhost{share}", "blobPrefix": "sub/"},
        ],
    )
    assert ended.failure is None
    assert listing(place) == ["./one:770:1", "./sub/b.txt:770:1"]


@pytest.mark.parametrize(
    ("file", "code", "category", "reason"),
    [
        ({"httpUrl": "{web}/gone"}, "BlobNotFound", "UserError", "404"),
        ({"httpUrl": "file://{share}/gone"}, "BlobNotFound", "UserError", "no {share}/gone"),
        ({"storageContainerUrl": "file://{share}/gone"}, "BlobNotFound", "UserError", "no {share}/gone"),
        ({"httpUrl": "http://127.0.0.2/x"}, "BlobAccessDenied", "UserError", "start it with --http-host 127.0.0.2"),
        ({"httpUrl": "http://127.0.0.1/x"}, "BlobAccessDenied", "UserError", "start it with --http-host 127.0.0.1"),
        ({"httpUrl": "ftp://127.0.0.1/x"}, "BlobAccessDenied", "UserError", "only http, https, file"),
        ({"httpUrl": "{web}/away"}, "BlobAccessDenied", "UserError", "start it with --http-host example.com"),
        ({"httpUrl": "{web}/to-file"}, "BlobAccessDenied", "UserError", "302"),
        ({"httpUrl": "file://{share}/../secret"}, "BlobAccessDenied", "UserError", "not below a folder that the local"),
        (
            {"httpUrl": "file://{share}/%2e%2e/secret"},
            "BlobAccessDenied",
            "UserError",
            "not below a folder that the local",
        ),
        ({"httpUrl": "file://{share}/link"}, "BlobAccessDenied", "UserError", "not below a folder that the local"),
        ({"httpUrl": "file://elsewhere{share}/a.txt"}, "BlobAccessDenied", "UserError", "on this machine"),
        ({"autoStorageContainerName": "c"}, "BlobAccessDenied", "UserError", "no automatic storage account"),
        ({}, "BlobAccessDenied", "UserError", "exactly one of"),
        ({"httpUrl": "a", "storageContainerUrl": "b"}, "BlobAccessDenied", "UserError", "exactly one of"),
        ({"httpUrl": "{web}/x", "filePath": "../x"}, "ResourceFileWriteFailed", "ServerError", "must stay inside"),
        ({"httpUrl": "{web}/x", "filePath": "/tmp/x"}, "ResourceFileWriteFailed", "ServerError", "must stay inside"),
        ({"httpUrl": "{web}/x", "filePath": None}, "ResourceFileWriteFailed", "ServerError", "needs a filePath"),
        ({"httpUrl": "{web}/x", "fileMode": "9"}, "ResourceFileWriteFailed", "ServerError", "invalid literal"),
    ],
)
def test_files_that_cannot_be_had(
    place: RunnerHarness, web: Web, share: Path, file: dict[str, Any], code: str, category: str, reason: str
) -> None:
    """The task fails before its command starts, and says why."""
    web.files["x"] = b""
    web.redirects.update({"away": "http://example.com/", "to-file": f"file://{share}/../secret"})
    values = {"web": web.url("").rstrip("/"), "share": str(share)}
    filled = {name: value.format(**values) if value else None for name, value in {"filePath": "f", **file}.items()}
    ended = place.run("touch ../started", resourceFiles=[filled], constraints={"maxTaskRetryCount": 2})
    found = failure(ended)
    assert found[:2] == (code, category)
    assert reason.format(**values) in found[2]
    assert (ended.exit_code, ended.run) == (None, 1)
    assert not place.path("started").exists()


def test_a_signature_is_not_told(place: RunnerHarness, web: Web) -> None:
    """No failureInfo has the query of a URL."""
    for number, kind in enumerate(("storageContainerUrl", "httpUrl")):
        web.failures.append(403)
        file = {kind: web.url("gone?sig=topsecret"), "filePath": None if number else "x"}
        ended = place.run("true", f"t{number}", resourceFiles=[file])
        assert failure(ended)
        assert "topsecret" not in str(ended.failure)


def test_a_server_that_stays_busy(place: RunnerHarness, web: Web) -> None:
    """Tried three times, then the task fails."""
    web.failures += [503] * 3
    code, category, reason = failure(place.run("true", resourceFiles=[{"httpUrl": web.url("x"), "filePath": "x"}]))
    assert (code, category) == ("BlobDownloadMiscError", "ServerError")
    assert "503" in reason
    assert len(web.asked) == 3


def test_a_server_that_is_not_there(make_runner: MakeRunner) -> None:
    """As for any other download that does not come about."""
    harness = make_runner(http_hosts=("127.0.0.1:9",))
    ended = harness.run("true", resourceFiles=[{"httpUrl": "http://127.0.0.1:9/x", "filePath": "x"}])
    assert failure(ended)[0] == "BlobDownloadMiscError"


def test_a_directory_that_leads_out(share: Path, tmp_path: Path) -> None:
    """A link that an earlier try has left is not followed out of wd."""
    folder = tmp_path / "wd"
    folder.mkdir()
    (folder / "away").symlink_to(tmp_path)
    sources = Allowed((), (share,))
    brought = ResourceFiles(sources, Transfer(sources, RunControl(0)))
    with pytest.raises(RunFailedError, match="leads out of the working directory"):
        brought.fetch([{"httpUrl": f"file://{share}/a.txt", "filePath": "away/x"}], folder)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://Example.COM/x", True),
        ("https://example.com:8443/x", True),
        ("http://with-port:81/", True),
        ("http://with-port/", False),
        ("http://[::1]:5/", True),
        ("http://[::1]:6/", False),
        ("http://sub.example.com/", False),
        ("http://example.com@evil.org/", False),
        ("http://evil.org#example.com", False),
        ("http://example.com.evil.org/", False),
        ("http://with-port:port/", False),
        ("//example.com/x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_hosts(url: str, allowed: bool) -> None:
    """A name allows any port, a name with a port only that one."""
    sources = Allowed(("example.com", "with-port:81", "[::1]:5"))
    if allowed:
        sources.check_http(url)
    else:
        with pytest.raises(NotAllowedError):
            sources.check_http(url)


def test_a_task_that_brings_nothing_makes_ready_for_no_transfer(
    make_runner: MakeRunner, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From Python 3.12 on to be ready for https takes longer than a short task."""
    made: list[urllib.request.OpenerDirector] = []

    class Counted(urllib.request.OpenerDirector):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr(urllib.request, "OpenerDirector", Counted)
    harness = make_runner(http_hosts=(f"127.0.0.1:{web.port}",))
    assert harness.run("true").failure is None
    assert not made
    web.files["x"] = b"12345"
    assert harness.run(LS, "u", resourceFiles=[{"httpUrl": web.url("x"), "filePath": "x"}]).failure is None
    assert len(made) == 1


class _Drip(BaseHTTPRequestHandler):
    """Answers without an end: a byte at a time, or a list of blobs with one page after the other."""

    same_marker = False

    def do_GET(self) -> None:
        """Begin an answer, and go on until the client leaves."""
        self.send_response(200)
        if "comp=list" in self.path:
            number = 0 if self.same_marker else int((parse_qs(urlsplit(self.path).query).get("marker") or ["0"])[0]) + 1
            body = f"<E><Blobs/><NextMarker>{number}</NextMarker></E>".encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b"x")
                time.sleep(0.05)

    def do_PUT(self) -> None:
        """Read nothing, and say nothing."""
        time.sleep(PATIENCE)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def drip() -> Iterator[type[_Drip]]:
    """A server that never comes to an end; `port` is where."""
    handler = type("Handler", (_Drip,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.port = server.server_port  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield handler
    server.shutdown()
    server.socket.close()


def _endless(port: int) -> dict[str, dict[str, Any]]:
    url = f"http://127.0.0.1:{port}"
    output = {
        "filePattern": "../stdout.txt",
        "destination": {"container": {"containerUrl": f"{url}/c"}},
        "uploadOptions": {"uploadCondition": "taskcompletion"},
    }
    return {
        "download": {"resourceFiles": [{"httpUrl": f"{url}/x", "filePath": "x"}]},
        "list": {"resourceFiles": [{"storageContainerUrl": f"{url}/c"}]},
        "upload": {"outputFiles": [output]},
    }


@pytest.mark.parametrize("kind", ["download", "list", "upload"])
@pytest.mark.parametrize("how", ["terminate", "time"])
def test_a_transfer_ends_with_its_run(make_runner: MakeRunner, drip: Any, kind: str, how: str) -> None:
    """Its slot is free at once: when the task is terminated, and when its time is over."""
    harness = make_runner(slots=1, http_hosts=("127.0.0.1",))
    spec = _endless(drip.port)[kind]
    constraints = {"maxWallClockTime": "PT0.5S"} if how == "time" else {}
    harness.submit("/bin/sh -c 'exit 3'", "slow", constraints=constraints, **spec)
    began = time.monotonic()
    if how == "terminate":
        harness.wait("slow", "running")
        time.sleep(0.3)
        harness.end("slow")
    assert harness.run("true", "next").result == "success"
    assert time.monotonic() - began < 8
    ended = harness.task("slow").failure
    assert ended
    assert ended["code"] == "TaskEnded"


def test_a_list_that_repeats_itself(make_runner: MakeRunner, drip: Any, hasty: None) -> None:
    """It is given up."""
    drip.same_marker = True
    harness = make_runner(http_hosts=("127.0.0.1",))
    code, _, message = failure(harness.run("true", **_endless(drip.port)["list"]))
    assert code == "BlobDownloadMiscError"
    assert "does not end" in message
