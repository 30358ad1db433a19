"""The service's HTTP side over a real store and a runner that only takes notes; no socket, no process."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Generator, Iterator
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx
import jsonschema_rs
import pytest
from attrs import define, field

from batchtasks_local import routes
from batchtasks_local.auth import Authenticator
from batchtasks_local.contract import Contracts
from batchtasks_local.errors import BatchFault
from batchtasks_local.faults import Faults
from batchtasks_local.files_on_disk import TaskFiles
from batchtasks_local.service import Service
from batchtasks_local.settings import Settings
from batchtasks_local.site import Site
from batchtasks_local.store.sqlite import SqliteStore
from batchtasks_local.strict import KEYWORDS, is_date_time, is_duration, strict

VERSION = "2025-06-01"
BASE = "http://batch.test"
JSON = "application/json; odata=minimalmetadata"
CONTRACTS = Contracts()


@define
class Notes:
    """A runner that only writes down what it is asked."""

    calls: list[tuple[str, ...]] = field(factory=list)

    def wake(self) -> None:
        self.calls.append(("wake",))

    def end_task(self, job_id: str, task_id: str) -> None:
        self.calls.append(("end_task", job_id, task_id))

    def remove_task_files(self, job_id: str, task_id: str) -> None:
        self.calls.append(("remove_task_files", job_id, task_id))

    def end_job(self, job_id: str) -> None:
        self.calls.append(("end_job", job_id))


class Signer(httpx.Auth):
    """Shared Key, written from the reference page, apart from every signer of this project."""

    def __init__(self, account: str, key: str, date: str | None = None) -> None:
        self.account, self.key, self.date = account, key, date

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Date and sign."""
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
def _checker(version: str, method: str, segments: tuple[str, ...], status: str) -> Any:
    """The strict checker of one answer of one operation, or None where the specification states no JSON for it."""
    try:
        name, _ = routes.find(method, list(segments))
    except BatchFault:
        name = "Task_Get"  # any will do: the error is the same everywhere
    contract = CONTRACTS.get(version) or CONTRACTS.get(VERSION)
    assert contract is not None
    document = contract._document
    stated = document["paths"][contract.operations[name].path][contract.operations[name].method.lower()]["responses"]
    answer = contract._resolve(stated[status] if status in stated else stated["default"])
    content = [part for kind, part in answer.get("content", {}).items() if "json" in kind]
    if not content:
        return None
    schema = {"$ref": "#/$defs/it", "$defs": {"it": strict(content[0]["schema"])}}
    return jsonschema_rs.validator_for(
        {**schema, "components": {"schemas": strict(document["components"]["schemas"])}},
        formats={"duration": is_duration, "date-time": is_date_time},
        validate_formats=True,
        keywords=KEYWORDS,
    )


def check_answer(answer: httpx.Response) -> None:
    """Every answer of every test is held to the specification: known members only, of the right types and formats."""
    path, _, query = answer.request.url.raw_path.decode().partition("?")
    if answer.headers.get("content-type") != "application/json;odata=minimalmetadata" or not answer.content:
        return
    version = dict(parse_qsl(query)).get("api-version", VERSION)
    segments = tuple(unquote(part) for part in path.lstrip("/").split("/"))
    checker = _checker(version, answer.request.method, segments, str(answer.status_code))
    assert checker is not None, f"no JSON is stated for {answer.request.method} {path} {answer.status_code}"
    problems = [f"{list(one.instance_path)}: {one.message}" for one in checker.iter_errors(answer.json())]
    assert not problems


@define
class Api:
    """Sends single requests to an ASGI application."""

    app: Site
    service: Service
    runner: Notes
    folder: Path
    auth: httpx.Auth | None = None
    version: str = VERSION

    def send(self, method: str, path: str, body: Any = None, **kwargs: Any) -> httpx.Response:
        """One request; api-version, JSON and signature are added unless given."""
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


def error(answer: httpx.Response, status: int, code: str) -> dict[str, str]:
    """Check that an answer is a BatchError; its values as a dict."""
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


def make(tmp_path: Path, **settings: Any) -> Api:
    """An API over a fresh store in memory."""
    chosen = Settings(**settings)
    notes = Notes()
    store = SqliteStore(None)
    files = TaskFiles(lambda job_id, task_id: tmp_path / job_id / task_id)
    service = Service(chosen, store, notes, CONTRACTS, Authenticator(chosen), Faults(), files)
    return Api(Site(service), service, notes, tmp_path, Signer(chosen.account, chosen.key))


@pytest.fixture
def make_api(tmp_path: Path) -> Iterator[Callable[..., Api]]:
    """Makes an API with settings of one's own."""
    made: list[Api] = []

    def build(**settings: Any) -> Api:
        made.append(make(tmp_path, **settings))
        return made[-1]

    yield build
    for api in made:
        api.app.close()
        api.service.store.close()


@pytest.fixture
def api(make_api: Callable[..., Api]) -> Api:
    """An API with the default settings."""
    return make_api()


@pytest.fixture
def refused() -> Callable[[httpx.Response, int, str], dict[str, str]]:
    """Checks a BatchError and gives its values."""
    return error


@pytest.fixture(scope="session")
def signer() -> type[Signer]:
    """Shared Key for any client."""
    return Signer
