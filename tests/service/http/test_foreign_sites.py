"""Which requests are refused because a foreign site may have made a browser send them."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable

import httpx
import pytest

from batchtasks_local.http.auth import is_local_host, is_own_fetch
from batchtasks_local.settings import DEVELOPMENT_KEY
from tests.service.api import Api, Signer, error

SECRET_KEY = base64.b64encode(b"a key that nobody else knows").decode()
FOREIGN = ["evil.example", "evil.example:10100", "127.0.0.1.evil.example", "10.0.0.7:10100", "localhost.", "[::2]"]
LOCAL = ["127.0.0.1", "127.0.0.1:10100", "LOCALHOST:1", "[::1]:10100", "[::1]", "127.9.8.7:2"]
BEARER = "Bearer any"
MakeApi = Callable[..., Api]


def ask(api: Api, host: str, credentials: str | None, path: str = "/jobs") -> httpx.Response:
    """Send one request, signed if the credentials are `signed`."""
    headers = {"Host": host} | ({"Authorization": credentials} if credentials not in (None, "signed") else {})
    return api.get(path, headers=headers, auth=api.auth if credentials == "signed" else None)


@pytest.fixture(params=[DEVELOPMENT_KEY, SECRET_KEY], ids=["development key", "secret key"])
def api(request: pytest.FixtureRequest, make_api: MakeApi) -> Api:
    """A service with the development key, and one with a secret key."""
    return make_api(key=request.param)


@pytest.mark.parametrize("host", LOCAL)
@pytest.mark.parametrize("credentials", [BEARER, "signed"])
def test_this_machine_may_ask(api: Api, host: str, credentials: str) -> None:
    assert is_local_host(host)
    assert ask(api, host, credentials).status_code == 200


@pytest.mark.parametrize("host", [*FOREIGN, ""])
@pytest.mark.parametrize("path", ["/jobs", "/_faults"])
@pytest.mark.parametrize(
    ("key", "credentials"),
    [(DEVELOPMENT_KEY, BEARER), (DEVELOPMENT_KEY, "signed"), (SECRET_KEY, BEARER), (SECRET_KEY, "x")],
)
def test_a_foreign_site_may_not(
    make_api: MakeApi, caplog: pytest.LogCaptureFixture, key: str, credentials: str, path: str, host: str
) -> None:
    """The development key is public, and any text is a token. The refusal is logged like every other answer."""
    with caplog.at_level(logging.INFO, "batchtasks_local"):
        answer = ask(make_api(key=key), host, credentials, path)
    values = error(answer, 400, "InvalidHeaderValue")
    assert (values["HeaderName"], values["HeaderValue"]) == ("Host", host)
    assert "127.0.0.1" in values["Reason"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert f"GET {path} 400" in caplog.text


@pytest.mark.parametrize("host", FOREIGN)
def test_a_secret_key_is_enough(make_api: MakeApi, host: str) -> None:
    """Whoever signs with a secret key is no foreign site, whatever name the machine has."""
    assert ask(make_api(key=SECRET_KEY), host, "signed").status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
def test_without_credentials_they_are_asked_for(api: Api, host: str) -> None:
    error(ask(api, host, None), 401, "AuthenticationFailed")


@pytest.mark.parametrize(
    "host", [*FOREIGN, "", "127.0.0.1:x", "127.0.0.1:1:2", "a@127.0.0.1", "127.0.0.1/", "::1", "0"]
)
def test_foreign_names(host: str) -> None:
    assert not is_local_host(host)


@pytest.mark.parametrize(("site", "own"), [("same-origin", True), ("none", True), ("same-site", False), ("x", False)])
def test_what_a_browser_says(site: str, own: bool) -> None:
    assert is_own_fetch({"sec-fetch-site": site}) is own
    assert is_own_fetch({})


def test_the_signer_of_these_tests(make_api: MakeApi) -> None:
    """A wrong signature is refused by the authentication, not as a foreign site."""
    api = make_api(key=SECRET_KEY)
    api.auth = Signer("localbatch", DEVELOPMENT_KEY)
    error(ask(api, "evil.example", "signed"), 403, "AuthenticationFailed")
