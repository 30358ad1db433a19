"""Which requests are let through: those that no foreign site can have made a browser send."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import httpx
import pytest

from batchtasks_local.app import Receive, Send
from batchtasks_local.exchange import Scope
from batchtasks_local.origin import NoForeignSites, is_local_host, is_own_fetch
from batchtasks_local.settings import Settings

OWN = Settings(key=base64.b64encode(b"a key that nobody else knows").decode())
DEVELOPMENT = Settings()
FOREIGN = ["evil.example", "evil.example:10100", "127.0.0.1.evil.example", "10.0.0.7:10100", "localhost.", "", "[::2]"]
LOCAL = ["127.0.0.1", "127.0.0.1:10100", "LOCALHOST:1", "[::1]:10100", "[::1]", "127.9.8.7:2"]
BEARER, SIGNED = "Bearer any", "SharedKey localbatch:c2lnbmVk"


async def _passed(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def ask(settings: Settings, host: str, credentials: str | None) -> httpx.Response:
    """One request to the guard of an application that answers 299."""

    async def sent() -> httpx.Response:
        transport = httpx.ASGITransport(NoForeignSites(_passed, settings))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            headers = {"Host": host} | ({"Authorization": credentials} if credentials else {})
            return await client.post("/jobs?api-version=2025-06-01", headers=headers)

    return asyncio.run(sent())


@pytest.mark.parametrize("host", LOCAL)
@pytest.mark.parametrize("credentials", [None, BEARER, SIGNED])
@pytest.mark.parametrize("settings", [OWN, DEVELOPMENT])
def test_this_machine_may_ask(settings: Settings, host: str, credentials: str | None) -> None:
    assert is_local_host(host)
    assert ask(settings, host, credentials).status_code == 299


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize(
    ("settings", "credentials"),
    [(DEVELOPMENT, BEARER), (DEVELOPMENT, SIGNED), (OWN, BEARER), (OWN, "bearer x"), (OWN, "x")],
)
def test_a_foreign_site_may_not(settings: Settings, host: str, credentials: str) -> None:
    """The development key is public, and any text is a token."""
    answer = ask(settings, host, credentials)
    assert answer.status_code == 400
    body: dict[str, Any] = answer.json()
    assert body["code"] == "InvalidHeaderValue"
    values = {pair["key"]: pair["value"] for pair in body["values"]}
    assert (values["HeaderName"], values["HeaderValue"]) == ("Host", host)
    assert "127.0.0.1" in values["Reason"]
    assert answer.headers["request-id"] in body["message"]["value"]


@pytest.mark.parametrize("host", FOREIGN)
def test_a_secret_may_come_by_any_name(host: str) -> None:
    """Whoever signs with a key of one's own is no foreign site; whoever shows nothing is told to by the next step."""
    assert ask(OWN, host, SIGNED).status_code == 299
    assert ask(OWN, host, None).status_code == ask(DEVELOPMENT, host, None).status_code == 299


@pytest.mark.parametrize("host", [*FOREIGN, "127.0.0.1:x", "127.0.0.1:1:2", "a@127.0.0.1", "127.0.0.1/", "::1", "0"])
def test_foreign_names(host: str) -> None:
    assert not is_local_host(host)


@pytest.mark.parametrize(("site", "own"), [("same-origin", True), ("none", True), ("same-site", False), ("x", False)])
def test_what_a_browser_says(site: str, own: bool) -> None:
    assert is_own_fetch({"sec-fetch-site": site}) is own
    assert is_own_fetch({})
