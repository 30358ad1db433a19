"""The clients themselves: environment, options, closing, both clients alike, and what the package shows."""

from __future__ import annotations

import ast
import asyncio
import copy
import inspect
import json
import pickle
import subprocess
import sys
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

import batchtasks
import batchtasks.models
from batchtasks import (
    AsyncBatchClient,
    AsyncJobOperations,
    BatchClient,
    JobOperations,
    Response,
    SharedKeyCredential,
    __version__,
)
from batchtasks import errors as e
from batchtasks._http.origin import read_origin
from batchtasks._operations.files import AsyncFileOperations, FileOperations
from batchtasks._operations.tasks import AsyncTaskOperations, TaskOperations
from batchtasks_rest import models as generated_models
from batchtasks_rest.api import Checks
from tests.batchtasks.support import KEY, URL, Mode

KINDS = [BatchClient, AsyncBatchClient]


@pytest.mark.parametrize("kind", KINDS)
def test_from_the_environment(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATCH_ACCOUNT_URL", f" {URL}/ ")
    monkeypatch.setenv("BATCH_ACCOUNT_NAME", "myaccount")
    monkeypatch.setenv("BATCH_ACCOUNT_KEY", KEY + "\n")
    client = kind.from_env(api_version="2024-02-01.19.0")
    assert isinstance(client, kind)
    assert (client.url, client.api_version) == (URL, "2024-02-01.19.0")


@pytest.mark.parametrize("kind", KINDS)
def test_the_prompt_shows_what_it_is_and_of_which_account(kind: Any) -> None:
    client = kind(URL, SharedKeyCredential("myaccount", KEY))
    for shown in (client, client.task, client.job, client.file, client.task.raw):
        assert type(shown).__name__ in repr(shown)
        assert URL in repr(shown)
        assert KEY not in repr(shown)
        assert len(repr(shown)) < 150


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("given", [(), ("URL",), ("URL", "NAME"), ("NAME", "KEY"), ("URL", "KEY")])
def test_what_is_missing_in_the_environment_is_named(
    kind: Any, given: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {"URL": URL, "NAME": "myaccount", "KEY": KEY}
    for name in given:
        monkeypatch.setenv(f"BATCH_ACCOUNT_{name}", values[name])
    monkeypatch.setenv("BATCH_ACCOUNT_UNRELATED", "x")
    with pytest.raises(e.ConfigurationError) as caught:
        kind.from_env()
    named = str(caught.value).partition(" not set")[0]
    for name in values:
        assert (f"BATCH_ACCOUNT_{name}" in named) is (name not in given)
    assert KEY not in str(caught.value)


def test_inside_a_task(monkeypatch: pytest.MonkeyPatch, httpx_mock: HTTPXMock) -> None:
    monkeypatch.setenv("AZ_BATCH_ACCOUNT_URL", URL)
    monkeypatch.setenv("AZ_BATCH_AUTHENTICATION_TOKEN", "a-task-token")
    httpx_mock.add_response(json={"id": "t"})
    with BatchClient.from_env() as client:
        client.task.get("j", "t")
    assert httpx_mock.get_requests()[0].headers["Authorization"] == "Bearer a-task-token"
    monkeypatch.delenv("AZ_BATCH_AUTHENTICATION_TOKEN")
    with pytest.raises(e.ConfigurationError, match="AZ_BATCH_AUTHENTICATION_TOKEN"):
        BatchClient.from_env()


def test_from_the_environment_with_a_credential(monkeypatch: pytest.MonkeyPatch) -> None:
    credential = SharedKeyCredential("a", KEY)
    with pytest.raises(e.ConfigurationError, match="BATCH_ACCOUNT_URL is not set"):
        BatchClient.from_env(credential)
    monkeypatch.setenv("BATCH_ACCOUNT_URL", URL)
    assert BatchClient.from_env(credential).url == URL


@pytest.mark.parametrize("kind", [BatchClient, AsyncBatchClient])
def test_errors_about_arguments_show_no_private_name(kind: Any) -> None:
    with pytest.raises(TypeError, match=r"^Client\(\) missing 2 required positional arguments: 'url' and 'credential'"):
        kind()
    with pytest.raises(TypeError, match=r"^Client\(\) got an unexpected keyword argument 'verify'"):
        kind(URL, SharedKeyCredential("myaccount", KEY), verify=False)


def test_a_client_stays_in_its_process(mode: Mode) -> None:
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="BatchClient cannot be copied or pickled: create one in each process"):
            attempt(mode.client())


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (URL, URL),
        (URL + "/", URL),
        ("myaccount.westeurope.batch.azure.com", URL),
        (URL.upper().replace("HTTPS", "https"), URL),
        ("https://a:443", "https://a"),
        ("http://a:80/", "http://a"),
        ("http://127.0.0.1:8080/x/", "http://127.0.0.1:8080/x"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("BÜCHER.example/a b", "https://xn--bcher-kva.example/a%20b"),
    ],
)
def test_addresses_of_accounts(text: str, url: str) -> None:
    assert read_origin(text).url == url


def test_what_every_request_carries(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    mode.run(lambda c: c.task.get("j", "t"), user_agent="my-app/1")
    request = httpx_mock.get_requests()[0]
    assert request.headers["User-Agent"].startswith(f"my-app/1 batchtasks/{__version__} Python/")
    assert request.headers["Accept"] == "application/json"
    assert len(request.headers["client-request-id"]) == 36
    assert request.headers["return-client-request-id"] == "true"
    assert request.url.params["api-version"] == "2025-06-01"


def test_options_of_one_call(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=204)
    mode.run(
        lambda c: c.task.terminate(
            "j", "t", headers={"x-mine": "1"}, timeout=5, server_timeout=7, client_request_id="my-id"
        )
    )
    request = httpx_mock.get_requests()[0]
    assert request.headers["x-mine"] == "1"
    assert (request.headers["client-request-id"], request.headers["return-client-request-id"]) == ("my-id", "true")
    assert request.url.params["timeOut"] == "7"
    assert request.extensions["timeout"] == {"connect": 5, "read": 5, "write": 5, "pool": None}


def test_headers_of_the_caller_replace_ours_in_any_letter_case(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=201)
    mine = {"ACCEPT": "text/x", "user-agent": "me", "content-type": "application/json", "CLIENT-REQUEST-ID": "c"}
    mode.run(lambda c: c.task.add("j", {"id": "t", "commandLine": "x"}, headers=mine))
    sent = httpx_mock.get_requests()[0].headers
    assert {name: sent.get_list(name) for name in mine} == {name: [value] for name, value in mine.items()}


def test_blanks_in_a_selection_are_not_sent(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"})
    mode.run(lambda c: c.task.get("j", "t", select="id, state", expand=" stats"))
    query = httpx_mock.get_requests()[0].url.query.decode()
    assert "$select=id,state" in query
    assert "$expand=stats" in query


def test_raw_gives_value_status_and_headers(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, headers={"ETag": "0x1", "request-id": "r", "client-request-id": "c"})
    found = mode.run(lambda c: c.task.raw.get("j", "t"))
    assert isinstance(found, Response)
    assert (found.value.id, found.status_code, found.etag, found.request_id) == ("t", 200, "0x1", "r")
    assert found.client_request_id == "c"
    assert found.headers["etag"] == "0x1"
    httpx_mock.add_response(status_code=202)
    assert mode.run(lambda c: c.job.raw.delete("j")).status_code == 202
    httpx_mock.add_response(headers={"Content-Length": "5"}, method="HEAD")
    assert mode.run(lambda c: c.file.raw.get_properties_from_task("j", "t", "f")).headers["Content-Length"] == "5"
    httpx_mock.add_response(json={"value": [{"id": "t"}], "odata.nextLink": "x"})
    assert mode.run(lambda c: c.task.raw.list("j")).value.odata_next_link == "x"


def test_a_closed_client_says_so(mode: Mode) -> None:
    def use(client: Any) -> Any:
        if isinstance(client, BatchClient):
            client.close()
            return client.task.get("j", "t")

        async def go() -> Any:
            await client.close()
            return await client.task.get("j", "t")

        return go()

    with pytest.raises(e.ConfigurationError, match="has been closed"):
        mode.run(use)


def test_an_asynchronous_client_may_be_used_in_a_second_loop(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    client = Mode("async").client()

    async def use() -> Any:
        return (await client.task.get("j", "t")).id

    assert [asyncio.run(use()), asyncio.run(use())] == ["t", "t"]
    asyncio.run(client.close())


def test_the_blocking_client_works_inside_a_running_loop(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"})

    async def use() -> Any:
        return Mode("sync").run(lambda c: c.task.get("j", "t")).id

    assert asyncio.run(use()) == "t"


def test_a_transport_of_the_users_own(httpx_mock: HTTPXMock) -> None:
    seen: list[str] = []

    def serve(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        return httpx.Response(200, json={"id": "t"})

    for name in ("sync", "async"):
        Mode(name).run(lambda c: c.task.get("j", "t"), transport=httpx.MockTransport(serve))
    assert seen == ["/jobs/j/tasks/t"] * 2


PAIRS = [
    (BatchClient, AsyncBatchClient),
    (TaskOperations, AsyncTaskOperations),
    (JobOperations, AsyncJobOperations),
    (FileOperations, AsyncFileOperations),
]


def _public(kind: type) -> dict[str, Any]:
    return {name: member for name, member in inspect.getmembers(kind) if not name.startswith("_")}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].__name__)
def test_both_clients_are_alike(pair: tuple[type, type]) -> None:
    sync_method, async_method = map(_public, pair)
    assert set(sync_method) == set(async_method)
    for name, member in sync_method.items():
        other = async_method[name]
        assert inspect.getdoc(member), f"{name} has no docstring"
        assert inspect.getdoc(member) == inspect.getdoc(other), name
        if inspect.isfunction(member) and name != "__init__":
            ours, theirs = inspect.signature(member), inspect.signature(other)
            assert list(ours.parameters.values()) == list(theirs.parameters.values()), name


@pytest.mark.parametrize("pair", PAIRS[1:], ids=lambda pair: pair[0].__name__)
def test_raw_is_alike_too(pair: tuple[type, type]) -> None:
    name = pair[0].__name__.removesuffix("Operations").lower()
    credential = SharedKeyCredential("a", KEY)
    clients: list[Any] = [BatchClient(URL, credential), AsyncBatchClient(URL, credential)]
    sync_method, async_method = (getattr(client, name).raw for client in clients)
    assert set(_public(type(sync_method))) == set(_public(type(async_method)))
    for name, member in _public(type(sync_method)).items():
        assert inspect.signature(member).parameters == inspect.signature(_public(type(async_method))[name]).parameters
    assert type(sync_method._calls) is type(async_method._calls)
    assert sync_method._calls._checks is async_method._calls._checks
    assert sync_method._calls._checks != Checks(), "raw takes dictionaries and checks conditions too"


@pytest.mark.parametrize("kind", [kind for pair in PAIRS[1:] for kind in pair], ids=lambda kind: kind.__name__)
def test_help_shows_methods_as_they_are_called(kind: type) -> None:
    for name, member in _public(kind).items():
        if inspect.isfunction(member):
            signature = inspect.signature(member)
            assert next(iter(signature.parameters)) == "self", name
            assert member.__name__ == name
            assert "Listing" not in str(signature.return_annotation)
    assert "AsyncPages[CloudTask]" in str(inspect.signature(AsyncTaskOperations.list))


def test_no_public_signature_hides_its_arguments() -> None:
    for pair in PAIRS[1:]:
        for name, member in _public(pair[0]).items():
            if inspect.isfunction(member):
                kinds = {parameter.kind for parameter in inspect.signature(member).parameters.values()}
                assert not kinds & {inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}, name


def test_what_the_package_shows() -> None:
    assert len(batchtasks.__all__) == len(set(batchtasks.__all__))  # ruff holds the order
    for name in batchtasks.__all__:
        assert getattr(batchtasks, name) is not None
    source = Path(batchtasks.__file__).with_suffix(".pyi").read_text()
    imported = {line.rpartition(" as ")[2] for line in source.splitlines() if " import " in line and " as " in line}
    every_error = {name for name, kind in vars(e).items() if isinstance(kind, type) and issubclass(kind, Exception)}
    assert imported - {"errors"} | every_error == {*batchtasks.__all__} - {"__version__"}
    with pytest.raises(AttributeError, match="no attribute 'Nope'"):
        batchtasks.Nope  # type: ignore[attr-defined]  # noqa: B018


def test_models_are_all_there() -> None:
    assert set(generated_models.__all__) <= set(batchtasks.models.__all__)
    assert batchtasks.models.__all__ == sorted(batchtasks.models.__all__)
    for name in batchtasks.models.__all__:
        assert getattr(batchtasks.models, name) is not None
    assert batchtasks.models.CloudTask is generated_models.CloudTask
    with pytest.raises(AttributeError):
        batchtasks.models.Nope  # type: ignore[attr-defined]  # noqa: B018


def test_importing_is_cheap_in_what_it_loads() -> None:
    program = (
        "import sys, batchtasks as b; b.BatchClient('https://a.b', b.SharedKeyCredential('a', 'AAAA'));"
        "print(*[m for m in ('asyncio', 'dateutil', 'batchtasks_rest.models.cloud_task', 'opentelemetry',"
        " 'batchtasks_local', 'rich') if m in sys.modules and m not in before])"
    )
    paths = [str(Path(batchtasks.__file__).parents[1]), str(Path(generated_models.__file__).parents[2])]
    before = f"import sys; sys.path[:0] = {paths!r}; import httpx; before = set(sys.modules);"
    found = subprocess.run([sys.executable, "-c", before + program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


def test_version_is_that_of_the_project() -> None:
    project = Path(batchtasks.__file__).parents[2] / "pyproject.toml"
    if not project.exists():  # an installed wheel
        from importlib.metadata import version

        assert __version__ == version("batchtasks")
    else:
        assert f'\nversion = "{__version__}"\n' in project.read_text()


LIMITS = json.loads((Path(__file__).parent / "limits.json").read_text())


def _modules() -> dict[Path, int]:
    folder = Path(batchtasks.__file__).parent
    return {path.relative_to(folder): len(path.read_text().splitlines()) for path in folder.rglob("*.py")}


def test_modules_and_folders_are_small() -> None:
    sizes = _modules()
    assert {path: size for path, size in sizes.items() if size > LIMITS["lines of a module"]} == {}
    folders = Counter(path.parent for path in sizes if path.name != "__init__.py" and path.parent != Path())
    assert {folder: count for folder, count in folders.items() if count > LIMITS["modules of a folder"]} == {}


def test_the_whole_stays_small() -> None:
    whole = sum(size for path, size in _modules().items() if path.parts[0] != "compat")
    assert whole <= LIMITS["lines of the overlay without compat"]


def test_no_module_imports_another_in_a_circle() -> None:
    """Neither when it is imported nor for types alone; the package itself and functions import late."""
    folder, graph = Path(batchtasks.__file__).parent, dict[str, set[str]]()
    paths = {
        f"batchtasks.{'.'.join(path.relative_to(folder).with_suffix('').parts)}": path for path in folder.rglob("*.py")
    }
    for name, path in paths.items():
        top = ast.parse(path.read_text()).body
        nodes = [*top, *(node for part in top if isinstance(part, ast.If) for node in part.body)]
        imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
        named = {f"{node.module}.{alias.name}" for node in imports for alias in node.names}
        graph[name] = (named | {str(node.module) for node in imports}) & paths.keys()
    assert sum(map(len, graph.values())) > len(graph)
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle
