"""What the overlay's tests share: both clients behind one face, answers as the service writes them, a scripted backend."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
from attrs import define, field

from batchtasks import AsyncBatchClient, BatchClient, RetryPolicy, SharedKeyCredential
from batchtasks._core.backend import Backend
from batchtasks._core.executor import Executor
from batchtasks._http.origin import read_origin
from batchtasks_rest._call import Answer, AsyncPages, Call
from batchtasks_rest._facts import DEFAULT_API_VERSION

URL = "https://myaccount.westeurope.batch.azure.com"
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="
# Tries again at once: tests do not wait.
HASTY = RetryPolicy(wait_initial=0, wait_max=0, retry_after_max=0, attempts=4)
JSON = "application/json;odata=minimalmetadata"


@define
class Mode:
    """One of the two clients, used the same way; HTTP tests use it with each library."""

    name: str
    library: str = "httpx"

    def __str__(self) -> str:
        return f"{self.name}-{self.library}"

    def client(self, url: str = URL, credential: Any = None, **options: Any) -> Any:
        options.setdefault("retry", HASTY)
        kind = BatchClient if self.name == "sync" else AsyncBatchClient
        return kind(url, credential or SharedKeyCredential("myaccount", KEY), **options)

    def run(self, use: Callable[[Any], Any], **options: Any) -> Any:
        """Make a client, let `use` begin one operation, and give its value; lists and iterators are walked to the end."""
        if self.name == "sync":
            with self.client(**options) as client:
                value = use(client)
                return list(value) if isinstance(value, Iterator) or hasattr(value, "by_page") else value
        return asyncio.run(self._run(use, options))

    async def _run(self, use: Callable[[Any], Any], options: dict[str, Any]) -> Any:
        async with self.client(**options) as client:
            value = use(client)
            if isinstance(value, AsyncPages) or inspect.isasyncgen(value):
                return [item async for item in value]
            return await value


def backend_of(client: Any) -> Any:
    """What a client sends with, for tests of that part alone."""
    return client._backend


def body(code: str, message: str = "It is so.", **values: str) -> dict[str, Any]:
    """The body of a refusal as the service writes it."""
    text = f"{message}\nRequestId:11111111-2222-3333-4444-555555555555\nTime:2024-10-24T01:15:20.9159077Z"
    document: dict[str, Any] = {
        "odata.metadata": f"{URL}/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element",
        "code": code,
        "message": {"lang": "en-US", "value": text},
    }
    if values:
        document["values"] = [{"key": key, "value": value} for key, value in values.items()]
    return document


def answer(status: int, document: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer with a JSON body, or with bytes, or with none."""
    content = document if isinstance(document, bytes) else b"" if document is None else json.dumps(document).encode()
    known = {"request-id": "a-request-id", **({"Content-Type": JSON} if content else {}), **(headers or {})}
    return Answer(status, httpx.Headers(known), content)


def refusal(status: int, code: str, headers: Mapping[str, str] | None = None) -> Answer:
    """A refusal as the service writes it."""
    return answer(status, body(code), headers)


@define
class ScriptedBackend(Backend):
    """A backend without a network, whose clock moves only by sleeping; `serve` answers calls or raises."""

    serve: Callable[[Call[Any]], Answer]
    is_async: bool = field(default=False, init=False)
    calls: list[Call[Any]] = field(factory=list)
    slept: list[float] = field(factory=list)
    now: float = 1000.0
    jitter: float = 0.0

    async def send(self, call: Call[Any]) -> Answer:
        self.calls.append(call)
        return self.serve(call)

    async def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now

    def random(self) -> float:
        return self.jitter

    def pool(self, size: int) -> Any:
        raise NotImplementedError


def script(*outcomes: Answer | BaseException) -> Callable[[Call[Any]], Answer]:
    """Serve these outcomes one after the other."""
    rest = iter(outcomes)

    def serve(call: Call[Any]) -> Answer:
        outcome = next(rest)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    return serve


def executor(backend: ScriptedBackend, retry: RetryPolicy | None = None, **options: Any) -> Executor:
    """A desk over a scripted backend."""
    version = options.pop("api_version", DEFAULT_API_VERSION)
    return Executor(backend, version, retry or RetryPolicy(), origin=read_origin(URL), **options)
