"""What requests look like on the wire, what is refused before one is made, and that none shows a secret."""

from __future__ import annotations

import json
import pickle
import re
import socket
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import batchtasks
import batchtasks_rest
from batchtasks import BatchClient, RetryPolicy, SharedKeyCredential
from batchtasks import errors as e
from tests.batchtasks.http.peers import Peer, Server, always, ok, serving, with_sender
from tests.batchtasks.support import KEY, URL, Mode

ONCE = RetryPolicy(attempts=1)
TASK = ok(b'{"id": "t"}')
TOKEN = "token-that-nobody-may-see"


class Token:
    """A credential that gives a token as azure-identity does."""

    token = TOKEN
    expires_on = 4e9

    def get_token(self, *scopes: str) -> Token:
        return self

    def __repr__(self) -> str:
        return "Token()"


def test_a_request_on_the_wire(mode: Mode) -> None:
    with serving(always(ok(b"", status="201 Created"))) as server:
        mode.run(lambda c: c.task.add("j", {"id": "t", "commandLine": "x"}), url=server.url)
    (request,) = server.requests
    assert request.line == "POST /jobs/j/tasks?api-version=2025-06-01 HTTP/1.1"
    names = [name for name, _ in request.headers]
    assert len({name.lower() for name in names}) == len(names)
    assert request.values("Host") == [server.url.removeprefix("http://")]
    assert request.values("Content-Length") == [str(len(request.content))]
    assert request.values("Transfer-Encoding") == []
    assert json.loads(request.content) == {"id": "t", "commandLine": "x"}


def test_headers_of_the_caller_go_out_as_they_are_spelled(mode: Mode) -> None:
    mine = {"x-MINE": "a\tb  c", "ETag-Like": '"0x1"', "x-blanks": "  around\t", "x-none": "", "ACCEPT": "a/b"}
    with serving(always(TASK)) as server:
        mode.run(lambda c: c.task.get("j", "t", headers=mine), url=server.url)
    sent = dict(server.requests[0].headers)
    assert {name: sent[name] for name in mine} == {**mine, "x-blanks": "around"}
    assert server.requests[0].values("accept") == ["a/b"]


def test_what_is_ours_to_write_is_not_doubled(mode: Mode) -> None:
    names = ("ocp-date", "Authorization", "Content-Length", "Host", "Transfer-Encoding")
    given = {spelled: "mine" for name in names for spelled in (name.upper(),)}
    with serving(always(ok(b"", status="204 No Content"))) as server:
        mode.run(lambda c: c.task.terminate("j", "t", headers=given), url=server.url)
    (request,) = server.requests
    assert [len(request.values(name)) for name in names] == [1, 1, 1, 1, 0]
    assert "mine" not in [value for _, value in request.headers]


BAD_HEADERS: dict[str, tuple[Any, Any, str]] = {
    "beyond ASCII": ("x-mine", "sécret", "value of x-mine must be printable ASCII"),
    "carriage return": ("x-mine", "secret\r\nInjected: 1", "value of x-mine must be printable ASCII on one line"),
    "line feed": ("x-mine", "secret\n", "value of x-mine"),
    "null": ("x-mine", "secret\0", "value of x-mine"),
    "no text": ("x-mine", 5, "value of x-mine must be text, not int"),
    "bytes": ("x-mine", b"secret", "value of x-mine must be text, not bytes"),
    "none": ("x-mine", None, "value of x-mine must be text, not NoneType"),
    "name of bytes": (b"x-mine", "secret", "b'x-mine' is not allowed as a name"),
    "name that is a number": (5, "secret", "5 is not allowed as a name"),
    "no name": ("", "secret", "'' is not allowed as a name"),
    "name with a blank": ("x mine", "secret", "'x mine' is not allowed as a name"),
    "name with a colon": ("x-mine:", "secret", "'x-mine:' is not allowed as a name"),
    "name beyond ASCII": ("x-mïne", "secret", "'x-mïne' is not allowed as a name"),
    "name with a line break": ("x-mine\r\n", "secret", "is not allowed as a name"),
}


@pytest.mark.parametrize("name", BAD_HEADERS)
def test_headers_that_cannot_be_sent_are_named_and_not_quoted(mode: Mode, name: str) -> None:
    header, value, text = BAD_HEADERS[name]
    with serving(always(TASK)) as server:
        with pytest.raises(e.InvalidInputError, match=re.escape(text)) as caught:
            mode.run(lambda c: c.task.get("j", "t", headers={header: value}), url=server.url)
        assert not server.peers
    assert "cret" not in str(caught.value)


def test_whatever_headers_are_given_go_out_as_they_are_or_are_refused() -> None:
    sent: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={"id": "t"})

    @given(st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=3))
    def check(headers: dict[str, str]) -> None:
        sent.clear()
        try:
            client.task.get("j", "t", headers=headers)
        except e.InvalidInputError:
            assert not sent
            return
        pairs = [(name.decode(), value.decode()) for name, value in sent[0].headers.raw]
        for name, value in headers.items():
            assert (name, value.strip(" \t")) in pairs

    with BatchClient(URL, SharedKeyCredential("a", KEY), transport=httpx.MockTransport(handler)) as client:
        check()


def test_what_http_itself_refuses_is_refused_without_its_headers(mode: Mode) -> None:
    with serving(always(ok())) as server:
        with pytest.raises(e.InvalidInputError, match="BAD METHOD / is not what HTTP allows") as caught:
            with_sender(mode, server.url, lambda sender: sender.get(method="BAD METHOD"))
        assert caught.value.__cause__ is None


@pytest.mark.parametrize("path", ["..", "."])
def test_paths_that_lead_elsewhere_are_refused(mode: Mode, path: str) -> None:
    """Deleting a file called ".." would be read as deleting its task."""
    with serving(always(ok())) as server:
        with pytest.raises(e.InvalidInputError, match=r"a part of the path is \. or \.\."):
            mode.run(lambda c: c.file.delete_from_task("j", "t", path), url=server.url)
        assert not server.peers


@pytest.mark.parametrize("path", ["a/../../..", "../x", "wd/.hidden", "...", "a b#?%|ü.txt", "a//b", "%2e%2e"])
def test_paths_of_files_stay_below_their_task(mode: Mode, path: str) -> None:
    with serving(always(ok())) as server:
        mode.run(lambda c: c.file.delete_from_task("j", "t", path), url=server.url)
    target = server.requests[0].line.split(" ")[1].partition("?")[0]
    assert target.count("/") == 6
    assert unquote(target) == f"/jobs/j/tasks/t/files/{path}"


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="no IPv6 here")
def test_ipv6(mode: Mode) -> None:
    with serving(always(TASK), host="::1") as server:
        assert mode.run(lambda c: c.task.get("j", "t"), url=server.url, credential=Token()).id == "t"
    assert server.requests[0].values("Host") == [server.url.removeprefix("http://")]


@pytest.mark.parametrize("host", ["bücher.example", "BÜCHER.example", "xn--bcher-kva.example", "XN--BCHER-KVA.Example"])
def test_a_host_with_letters_beyond_ascii(mode: Mode, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def getaddrinfo(host: str, port: int, *rest: Any, **options: Any) -> Any:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]

    with serving(always(TASK)) as server:
        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        port = server.url.rpartition(":")[2]
        assert mode.run(lambda c: c.task.get("j", "t"), url=f"http://{host}:{port}").id == "t"
    assert (asked[-1].decode() if isinstance(asked[-1], bytes) else asked[-1]) == "xn--bcher-kva.example"
    assert server.requests[0].values("Host") == [f"xn--bcher-kva.example:{port}"]


@pytest.mark.parametrize(
    "host", ["exa mple.com", ".example.com", "a..b", "a" * 64 + ".com", "ü" * 64, "-a.com", "a%2eb", "a\\b", "*.a.com"]
)
def test_hosts_that_cannot_be(mode: Mode, host: str) -> None:
    with pytest.raises(e.ConfigurationError, match=r"not of the form|cannot be read: Invalid IDNA hostname"):
        mode.client(f"https://{host}")


@pytest.mark.parametrize(
    "url",
    [
        "https://me:pa55@host",
        "me:pa55@host",
        "https://:pa55@host:99999",
        "https://me:pa55@host:x",
        "https://me:pa55@a b",
        "https://me:pa55@",
        "https://me:pa55@[::1",
        "ftp://me:pa55@host",
        "://me:pa55@host",
        "https://me:pa55/word@host",
        "https://me:pa55#word@host",
        "https://me:word@pa55?@host",
        "https://me@host/?key=pa55",
    ],
)
def test_a_password_in_the_account_url_is_never_shown(mode: Mode, url: str) -> None:
    with pytest.raises(e.ConfigurationError, match="user name or password") as caught:
        mode.client(url)
    assert "pa55" not in "".join([*map(str, caught.value.args), repr(caught.value)])
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_an_account_below_a_path(mode: Mode) -> None:
    def serve(peer: Peer) -> None:
        first = peer.request()
        assert first is not None
        link = f"{server.url}/behind/a%20gateway/jobs/j/tasks?$skiptoken=2&api-version=2025-06-01"
        peer.send(ok(json.dumps({"value": [{"id": "a"}], "odata.nextLink": link}).encode()))
        always(ok(b'{"value": [{"id": "b"}]}'))(peer)

    with serving(serve) as server:
        found = mode.run(lambda c: c.task.list("j"), url=f"{server.url}/behind/a%20gateway/")
    assert [task.id for task in found] == ["a", "b"]
    assert [request.line for request in server.requests] == [
        "GET /behind/a%20gateway/jobs/j/tasks?api-version=2025-06-01 HTTP/1.1",
        "GET /behind/a%20gateway/jobs/j/tasks?$skiptoken=2&api-version=2025-06-01 HTTP/1.1",
    ]


@pytest.mark.parametrize(
    "odd", ["a b", 'a"b', "a|b^c`d", "{a}", "bücher", "a+b/c==", "a%2Fb%20c", "<a>", "a\\b", "1!8!", "%"]
)
def test_next_links_with_odd_characters(mode: Mode, odd: str) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        link = f"{server.url}/jobs/j/tasks?$skiptoken={odd}&api-version=2025-06-01"
        peer.send(ok(json.dumps({"value": [{"id": "a"}], "odata.nextLink": link}).encode()))
        always(ok(b'{"value": [{"id": "b"}]}'))(peer)

    with serving(serve) as server:
        assert [task.id for task in mode.run(lambda c: c.task.list("j"), url=server.url)] == ["a", "b"]
    line = server.requests[1].line
    assert line.count(" ") == 2
    token = re.search(r"\$skiptoken=(.*?)&", line)
    assert token is not None
    assert unquote(token[1]) == unquote(odd)


OURS = (str(Path(batchtasks.__file__).parent), str(Path(batchtasks_rest.__file__).parent))


def frames(error: BaseException) -> Iterator[FrameType]:
    """The frames of an error and of those that it came from, as far as they are in this package."""
    chain: list[BaseException | None] = [error]
    while chain:
        link = chain.pop()
        if link is not None:
            chain += [link.__cause__, link.__context__]
            yield from (f for f, _ in traceback.walk_tb(link.__traceback__) if f.f_code.co_filename.startswith(OURS))


def shown(error: BaseException) -> Iterator[str]:
    """All that a log may tell of an error, with the values of variables as some print them."""
    yield from (str(error), repr(error), "".join(traceback.format_exception(error)), repr(vars(error)))
    yield repr(pickle.loads(pickle.dumps(error)).__dict__)
    for frame in frames(error):
        yield from (repr(value) for value in frame.f_locals.values())


def _cut_short(peer: Peer) -> None:
    peer.request()
    peer.send(TASK[:-3])


def _no_http(peer: Peer) -> None:
    peer.request()
    peer.send(b"no http\r\n\r\n")


def _reset(peer: Peer) -> None:
    peer.request()
    peer.reset()


def _damaged(peer: Peer) -> None:
    always(ok(b"no gzip", "Content-Encoding: gzip"))(peer)


def _silent(peer: Peer) -> None:
    peer.request()
    peer.receive()


@pytest.mark.parametrize("serve", [_cut_short, _no_http, _reset, _damaged, _silent], ids=lambda f: f.__name__)
@pytest.mark.parametrize("credential", [None, Token()], ids=["key", "token"])
def test_errors_show_no_secrets(mode: Mode, serve: Any, credential: Any) -> None:
    with serving(serve) as server:
        with pytest.raises((e.NoAnswerError, e.UnreadableAnswerError)) as caught:
            _get(mode, server, credential, timeout=1 if serve is _silent else 20)
        _check(caught.value, server)


def _get(mode: Mode, server: Server, credential: Any, timeout: float = 20) -> None:
    mode.run(lambda c: c.task.get("j", "t", timeout=timeout), url=server.url, credential=credential, retry=ONCE)


def _check(error: BaseException, server: Server) -> None:
    (sent,) = server.requests[0].values("Authorization")
    secret = sent.rpartition(":")[2].removeprefix("Bearer ")
    texts = list(shown(error))
    assert len(texts) > 30
    assert [text for text in texts if secret in text or KEY in text or "authorization" in text.lower()] == []
