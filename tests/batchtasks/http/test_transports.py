"""Transports of httpx that the caller gives, in both colours."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any

import httpx
import pytest

from batchtasks import AsyncBatchClient, BatchClient
from batchtasks import errors as e
from batchtasks._core.backend import MAX_TIMEOUT
from tests.batchtasks.http.test_proxies import get
from tests.batchtasks.http.test_requests import TOKEN, Token, shown
from tests.batchtasks.support import Colour


class Given(httpx.MockTransport):
    """A transport that notes what becomes of it; False for those who ask it carelessly."""

    def __init__(self, handler: Any = None) -> None:
        super().__init__(handler or (lambda request: httpx.Response(200, json={"id": "given"})))
        self.closed = 0

    def __bool__(self) -> bool:
        return False

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


def test_a_given_transport_is_used_and_closed_once(colour: Colour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    given = Given()
    assert get(colour, "https://account.example", transport=given) == "given"
    assert given.closed == 1


def test_a_given_transport_is_closed_without_having_been_used(colour: Colour) -> None:
    given = Given()
    client = colour.client("https://account.example", transport=given)
    for _ in range(2):
        asyncio.run(client.close()) if isinstance(client, AsyncBatchClient) else client.close()
    assert given.closed == 1


def test_a_given_transport_serves_bulk_work_and_outlives_it(colour: Colour) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"id": "given"})
        ids = [task["id"] for task in json.loads(request.content)["value"]]
        return httpx.Response(200, json={"value": [{"taskId": one, "status": "success"} for one in ids]})

    given = Given(handler)
    tasks = [{"id": f"t{n}", "commandLine": "x"} for n in range(250)]

    async def main(client: AsyncBatchClient) -> None:
        async with client:
            assert (await client.task.add_collection("j", tasks)).added == 250
            assert (given.closed, (await client.task.get("j", "t")).id) == (0, "given")

    client = colour.client("https://account.example", transport=given)
    if isinstance(client, BatchClient):
        with client:
            assert client.task.add_collection("j", tasks).added == 250
            assert (given.closed, client.task.get("j", "t").id) == (0, "given")
    else:
        asyncio.run(main(client))
    assert given.closed == 1


def test_a_transport_of_the_other_colour_is_refused(colour: Colour) -> None:
    is_sync = colour.name == "blocking"
    other = httpx.AsyncHTTPTransport() if is_sync else httpx.HTTPTransport()
    with pytest.raises(e.ConfigurationError, match=f"handle_{'' if is_sync else 'async_'}request"):
        colour.client("https://account.example", transport=other)


def test_errors_on_the_way_through_httpx_show_no_token(colour: Colour) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("broken", request=request)

    with pytest.raises(e.ConnectionFailedError) as caught:
        get(colour, "https://account.example", transport=Given(handler), credential=Token())
    assert [told for told in shown(caught.value) if TOKEN in told] == []


def test_the_longest_time_limit_is_one_that_sockets_take() -> None:
    with socket.socket() as plain:
        plain.settimeout(MAX_TIMEOUT)
