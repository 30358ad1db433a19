"""The service's HTTP side over a real store and a runner that only takes notes: no socket, no process."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Generator
from contextlib import nullcontext
from email.utils import formatdate
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx
from attrs import define, field

from batchtasks_local import Settings
from batchtasks_local.http import routing
from batchtasks_local.http.app import BatchApp
from batchtasks_local.http.contract.documents import METHODS, Contracts
from batchtasks_local.http.contract.strict import strict, validator
from batchtasks_local.http.errors import BatchError
from batchtasks_local.http.faults import Faults
from batchtasks_local.operations.context import Context
from batchtasks_local.operations.handlers import carry_out
from batchtasks_local.page import data
from batchtasks_local.page.app import page_app
from batchtasks_local.runner.files.task_files import TaskFiles
from batchtasks_local.store.overview import Overview
from batchtasks_local.store.store import Store

VERSION = "2025-06-01"
BASE = "http://127.0.0.1:10100"
JSON = "application/json; odata=minimalmetadata"
CONTRACTS = Contracts()


@define
class NotingRunner:
    """A runner that only writes down what it is asked."""

    calls: list[tuple[str, ...]] = field(factory=list)

    def wake(self) -> None:
        self.calls.append(("wake",))

    def remove_jobs(self) -> None:
        self.calls.append(("remove_jobs",))

    def remove_task_files(self, job_id: str, task_id: str) -> None:
        self.calls.append(("remove_task_files", job_id, task_id))

    def reserved_space(self) -> nullcontext[None]:
        self.calls.append(("reserved_space",))
        return nullcontext()


class Signer(httpx.Auth):
    """Shared Key, written from the reference page, apart from every signer of this project."""

    def __init__(self, account: str, key: str, date: str | None = None) -> None:
        self.account, self.key, self.date = account, key, date

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the date and the signature."""
        headers = request.headers
        headers["ocp-date"] = self.date or formatdate(usegmt=True)
        names = ["Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date"]
        names += ["If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"]
        lines = [request.method, *(headers.get(name, "") for name in names)]
        lines += [f"{name}:{headers[name]}" for name in sorted(headers) if name.startswith("ocp-")]
        path, _, query = request.url.raw_path.decode().partition("?")
        lines.append(f"/{self.account}{path}")
        pairs = sorted((name.lower(), value) for name, value in parse_qsl(query, keep_blank_values=True))
        lines += [f"{name}:{','.join(v for n, v in pairs if n == name)}" for name in dict.fromkeys(n for n, _ in pairs)]
        digest = hmac.new(base64.b64decode(self.key), "\n".join(lines).encode(), hashlib.sha256).digest()
        headers["Authorization"] = f"SharedKey {self.account}:{base64.b64encode(digest).decode()}"
        yield request


@lru_cache
def _validator(version: str, method: str, segments: tuple[str, ...], status: str) -> Any:
    """Return the strict validator of one answer, or None if the specification states no JSON for it."""
    contract = CONTRACTS.get(version) or CONTRACTS.get(VERSION)
    assert contract is not None
    try:
        name, _ = routing.find(contract, method, list(segments))
    except BatchError:
        name = "Task_Get"  # any will do: the error is the same everywhere
    stated = operations(contract.document)[name][2]["responses"]
    answer = contract.resolve(stated[status] if status in stated else stated["default"])
    content = [part for kind, part in answer.get("content", {}).items() if "json" in kind]
    if not content:
        return None
    schema = {"$ref": "#/$defs/it", "$defs": {"it": strict(content[0]["schema"])}}
    return validator({**schema, "components": {"schemas": strict(contract.document["components"]["schemas"])}})


def operations(document: Any) -> dict[str, tuple[str, str, Any]]:
    """Return method, path and statement of each operation of a document, by its name."""
    return {
        item[method]["operationId"]: (method.upper(), path, item[method])
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }


def check_answer(answer: httpx.Response) -> None:
    """Check an answer against the specification: only known members, of the right types and formats."""
    path, _, query = answer.request.url.raw_path.decode().partition("?")
    if answer.headers.get("content-type") != "application/json;odata=minimalmetadata" or not answer.content:
        return
    version = dict(parse_qsl(query)).get("api-version", VERSION)
    segments = tuple(unquote(part) for part in path.lstrip("/").split("/"))
    found = _validator(version, answer.request.method, segments, str(answer.status_code))
    assert found is not None, f"no JSON is stated for {answer.request.method} {path} {answer.status_code}"
    problems = [f"{list(one.instance_path)}: {one.message}" for one in found.iter_errors(answer.json())]
    assert not problems


@define
class Api:
    """Sends single requests to the ASGI application of a service."""

    app: BatchApp
    context: Context
    runner: NotingRunner
    folder: Path
    auth: httpx.Auth | None = None
    version: str = VERSION

    def send(self, method: str, path: str, body: Any = None, **kwargs: Any) -> httpx.Response:
        """Send one request; api-version, Content-Type and signature are added unless given."""
        if body is not None:
            kwargs["content"] = body if isinstance(body, bytes) else json.dumps(body).encode()
            kwargs["headers"] = {"Content-Type": JSON, **kwargs.get("headers", {})}
        if "api-version" not in path.lower() and not kwargs.pop("bare", False):
            path += ("&" if "?" in path else "?") + f"api-version={self.version}"
        kwargs.setdefault("auth", self.auth)
        return asyncio.run(self._send(method, path, kwargs))

    async def _send(self, method: str, path: str, kwargs: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, client=("127.0.0.1", 5))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            answer = await client.request(method, path, **kwargs)
        check_answer(answer)
        return answer

    def get(self, path: str, **kwargs: Any) -> httpx.Response:
        return self.send("GET", path, **kwargs)

    def post(self, path: str, body: Any = None, **kwargs: Any) -> httpx.Response:
        return self.send("POST", path, body, **kwargs)

    def job(self, job_id: str = "job1", **members: Any) -> str:
        """Add a job."""
        answer = self.post("/jobs", {"id": job_id, "poolInfo": {"poolId": "pool1"}, **members})
        assert answer.status_code == 201, answer.text
        return job_id

    def tasks(self, count: int, job_id: str = "job1") -> None:
        """Add tasks t0, t1, ..."""
        specs = [{"id": f"t{n}", "commandLine": "true"} for n in range(count)]
        for start in range(0, count, 100):
            answer = self.post(f"/jobs/{job_id}/addtaskcollection", {"value": specs[start : start + 100]})
            assert answer.status_code == 200, answer.text

    def close(self) -> None:
        """Close the application and its store."""
        self.app.close()
        self.context.store.close()


def make_api(folder: Path, **settings: Any) -> Api:
    """Return an API over a new store in memory; task directories are below `folder`."""
    chosen = Settings(**settings)
    runner = NotingRunner()
    files = TaskFiles(lambda job_id, task_id: folder / job_id / task_id)
    context = Context(chosen, Store(None), runner, Faults(), files)
    page = page_app(chosen, CONTRACTS.versions[-1])
    page_data = partial(data.answer, Overview(context.store.database))
    app = BatchApp(chosen, CONTRACTS, context.faults, partial(carry_out, context), page, page_data)
    return Api(app, context, runner, folder, Signer(chosen.account, chosen.key))


def error(answer: httpx.Response, status: int, code: str) -> dict[str, str]:
    """Check that an answer is a BatchError; return its values as a dict."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    body = answer.json()
    assert body["code"] == code, body
    assert answer.headers["content-type"] == "application/json;odata=minimalmetadata"
    first, request_id, time = body["message"]["value"].split("\n")
    assert first
    assert request_id == f"RequestId:{answer.headers['request-id']}"
    assert time.startswith("Time:20")
    assert time.endswith("Z")
    assert body["odata.metadata"].endswith("errors/@Element")
    return {item["key"]: item["value"] for item in body.get("values", [])}
