"""Tokens, and that no credential leaves the account."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import namedtuple
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

from batchtasks import BatchClient, SharedKeyCredential, TaskTokenCredential
from batchtasks import errors as e
from batchtasks._http.auth import TokenAuth, auth_for
from batchtasks._http.origin import read_origin
from batchtasks.auth import DEFAULT_SCOPE, scope_for
from tests.batchtasks.support import KEY, URL, Mode

AccessToken = namedtuple("AccessToken", ["token", "expires_on"])


class Provider:
    """A credential as azure-identity's blocking ones."""

    def __init__(self, life: float = 3600.0, error: Exception | None = None) -> None:
        self.life = life
        self.error = error
        self.scopes: list[tuple[str, ...]] = []

    def get_token(self, *scopes: str) -> AccessToken:
        self.scopes.append(scopes)
        if self.error:
            raise self.error
        return AccessToken(f"token-{len(self.scopes)}", time.time() + self.life)


class AsyncProvider(Provider):
    """A credential as azure-identity's asynchronous ones."""

    async def get_token(self, *scopes: str) -> AccessToken:  # type: ignore[override]
        await asyncio.sleep(0)
        return super().get_token(*scopes)


def _tokens(httpx_mock: HTTPXMock) -> list[str]:
    return [request.headers["Authorization"] for request in httpx_mock.get_requests()]


def _twice(client: Any) -> Any:
    if isinstance(client, BatchClient):
        client.task.get("j", "t")
        return client.task.get("j", "t")

    async def go() -> Any:
        await client.task.get("j", "t")
        return await client.task.get("j", "t")

    return go()


def test_a_token_is_fetched_once_and_kept(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    provider = Provider()
    mode.run(_twice, credential=provider)
    assert provider.scopes == [(DEFAULT_SCOPE,)]
    assert _tokens(httpx_mock) == ["Bearer token-1"] * 2
    assert "ocp-date" not in httpx_mock.get_requests()[0].headers


def test_an_asynchronous_credential(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    provider = AsyncProvider()
    Mode("async").run(_twice, credential=provider)
    assert len(provider.scopes) == 1
    with pytest.raises(e.ConfigurationError, match="AsyncBatchClient"):
        Mode("sync").run(_twice, credential=AsyncProvider())


def test_a_token_is_renewed_before_it_ends(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    provider = Provider(life=-1)
    mode.run(_twice, credential=provider)
    assert _tokens(httpx_mock) == ["Bearer token-1", "Bearer token-2"]


class Clock:
    """A clock that is set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def _auth(provider: Any) -> TokenAuth:
    return TokenAuth(read_origin(URL), provider, "s")


def _token_of(auth: TokenAuth) -> str:
    """Sign one request."""
    request = next(auth.sync_auth_flow(httpx.Request("GET", URL)))
    return str(request.headers["Authorization"]).removeprefix("Bearer ")


def test_early_renewal_that_fails_leaves_the_old_token(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    provider = Provider(life=3600)
    auth = _auth(provider)
    assert _token_of(auth) == "token-1"
    clock.now += 3299
    assert _token_of(auth) == "token-1"
    assert len(provider.scopes) == 1
    clock.now += 2
    provider.error = OSError("no network")
    assert _token_of(auth) == "token-1"
    assert len(provider.scopes) == 2
    clock.now += 10
    assert _token_of(auth) == "token-1"
    assert len(provider.scopes) == 2, "a renewal that failed is not tried again at once"
    clock.now += 300
    with pytest.raises(e.TokenError, match="Provider returned no token: no network") as caught:
        _token_of(auth)
    assert isinstance(caught.value.__cause__, OSError)
    provider.error = None
    assert _token_of(auth) == "token-4"


def test_refresh_on_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    asked = []

    class Token:
        token, expires_on, refresh_on = "t", 4600, 2000

    class Eager:
        def get_token(self, *scopes: str) -> type[Token]:
            asked.append(scopes)
            return Token

    auth = _auth(Eager())
    for now, count in ((1000, 1), (1999, 1), (2001, 2)):
        clock.now = now
        _token_of(auth)
        assert len(asked) == count


def test_one_renewal_at_a_time() -> None:
    started, go_on = threading.Event(), threading.Event()

    class Slow(Provider):
        def get_token(self, *scopes: str) -> AccessToken:
            started.set()
            assert go_on.wait(10)
            return super().get_token(*scopes)

    provider = Slow()
    auth = _auth(provider)
    threads = [threading.Thread(target=_token_of, args=(auth,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert started.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert len(provider.scopes) == 1


def test_one_renewal_at_a_time_between_tasks(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    provider = AsyncProvider()

    async def many(client: Any) -> None:
        await asyncio.gather(*(client.task.get("j", "t") for _ in range(10)))

    Mode("async").run(many, credential=provider)
    assert len(provider.scopes) == 1


def test_a_token_withdrawn_early_is_replaced_once(mode: Mode, httpx_mock: HTTPXMock) -> None:
    sent = []

    def serve(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers["Authorization"])
        withdrawn = request.headers["Authorization"] == "Bearer token-1" and len(httpx_mock.get_requests()) > 1
        return httpx.Response(401) if withdrawn else httpx.Response(200, json={"id": "t"})

    httpx_mock.add_callback(serve, is_reusable=True)
    provider = Provider()
    mode.run(_twice, credential=provider)
    assert sent == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]


def test_a_token_withdrawn_early_is_replaced_once_for_all_requests_under_way() -> None:
    provider = Provider()
    auth = _auth(provider)
    _token_of(auth)
    flows = [auth.sync_auth_flow(httpx.Request("GET", URL)) for _ in range(4)]
    assert {next(flow).headers["Authorization"] for flow in flows} == {"Bearer token-1"}
    for flow in flows:
        assert flow.send(httpx.Response(401)).headers["Authorization"] == "Bearer token-2"
    assert len(provider.scopes) == 2


def test_a_token_that_is_never_taken_is_not_asked_for_again_and_again(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=401, is_reusable=True)
    provider = Provider()
    with pytest.raises(e.AuthenticationError):
        mode.run(lambda c: c.task.get("j", "t"), credential=provider)
    assert len(provider.scopes) == 1


@pytest.mark.parametrize("token", [None, "", "two words", "line\nbreak", "ümlaut", 7])
def test_a_token_that_cannot_be_sent_is_refused_without_being_shown(token: Any) -> None:
    class Odd:
        def get_token(self, *scopes: str) -> AccessToken:
            return AccessToken(token, 1e12)

    with pytest.raises(e.TokenError) as caught:
        _token_of(_auth(Odd()))
    assert not token or str(token) not in str(caught.value)


def test_tokens_go_unencrypted_to_this_machine_only() -> None:
    for url in ("http://myaccount.example.com", "http://10.0.0.1:8080", "http://localhost.example.com"):
        with pytest.raises(e.ConfigurationError, match="https"):
            BatchClient(url, Provider())
    for url in ("http://127.0.0.1:8080", "http://localhost", "http://[::1]:9", "http://127.1.2.3"):
        BatchClient(url, Provider()).close()
    BatchClient("http://10.0.0.1:8080", SharedKeyCredential("a", KEY)).close()


@pytest.mark.parametrize(
    "url", ["https://evil.example.com/", f"{URL}:444/", URL.replace("https", "http"), "https://x.y/"]
)
def test_credentials_stay_with_the_account(url: str) -> None:
    for credential in (SharedKeyCredential("a", KEY), Provider()):
        request = httpx.Request("GET", url)
        with pytest.raises(e.ForeignOriginError):
            next(auth_for(read_origin(URL), credential, None).sync_auth_flow(request))
        assert "Authorization" not in request.headers


def test_no_redirect_is_followed(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=307, headers={"Location": "https://evil.example.com/"})
    with pytest.raises(e.ServiceError) as caught:
        mode.run(lambda c: c.task.get("j", "t"))
    assert caught.value.status_code == 307
    assert len(httpx_mock.get_requests()) == 1


@pytest.mark.parametrize("token", ["", " ", None])
def test_an_empty_token_of_a_task_is_refused(token: Any) -> None:
    with pytest.raises(e.ConfigurationError, match="AZ_BATCH_AUTHENTICATION_TOKEN"):
        TaskTokenCredential(token)


def test_the_token_of_a_running_task(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"})
    credential = TaskTokenCredential("a-task-token")
    mode.run(lambda c: c.task.get("j", "t"), credential=credential)
    assert _tokens(httpx_mock) == ["Bearer a-task-token"]
    assert "a-task-token" not in repr(credential) + repr(credential.get_token("s"))


def test_what_is_no_credential_is_refused() -> None:
    with pytest.raises(e.ConfigurationError, match="str is no credential"):
        BatchClient(URL, KEY)  # type: ignore[arg-type]


def test_scopes_of_the_clouds() -> None:
    assert scope_for("a.westeurope.batch.azure.com") == DEFAULT_SCOPE
    assert scope_for("a.chinaeast.batch.chinacloudapi.cn") == "https://batch.chinacloudapi.cn//.default"
    assert scope_for("a.usgovarizona.batch.usgovcloudapi.net") == "https://batch.core.usgovcloudapi.net//.default"
