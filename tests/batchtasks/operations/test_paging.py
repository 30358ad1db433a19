"""Lists: lazily, again, by page, resumed; and next links that are wrong or evil."""

from __future__ import annotations

import asyncio
import weakref
from typing import Any
from urllib.parse import parse_qs, quote

import httpx
import pytest
from pytest_httpx import HTTPXMock

from batchtasks import errors as e
from batchtasks_rest._call import AsyncPages, Pages
from tests.batchtasks.support import URL, Mode, body


class Tasks:
    """A list of tasks in pages, with next links as the service writes them."""

    def __init__(self, count: int, size: int, token: str = "a=/+ b'%") -> None:
        self.count = count
        self.size = size
        self.token = token
        self.encode = True
        self.strict: str | None = None
        self.queries: list[str] = []

    def serve(self, request: httpx.Request) -> httpx.Response:
        raw = request.url.query.decode()
        self.queries.append(raw)
        query = parse_qs(raw)
        token = query.get("$skiptoken", ["0"])[0]
        if self.strict and "$skiptoken" in raw and self.strict not in raw:
            return httpx.Response(400, json=body("InvalidQueryParameterValue", QueryParameterName="$skiptoken"))
        start = int(token.rpartition(":")[2])
        page: dict[str, Any] = {"value": [{"id": f"t{n}"} for n in range(start, min(start + self.size, self.count))]}
        if start + self.size < self.count:
            next_token = f"{self.token}:{start + self.size}"
            shown = quote(next_token, safe="") if self.encode else next_token
            page["odata.nextLink"] = f"{URL}/jobs/j/tasks?api-version=x&$filter=id%20ne%20'q'&$skiptoken={shown}"
        return httpx.Response(200, json=page, headers={"request-id": f"r{len(self.queries)}"})


@pytest.fixture
def tasks(httpx_mock: HTTPXMock) -> Tasks:
    service = Tasks(count=5, size=2)
    httpx_mock.add_callback(service.serve, is_reusable=True)
    return service


def test_all_items_of_all_pages(mode: Mode, tasks: Tasks) -> None:
    found = mode.run(lambda c: c.task.list("j"))
    assert [task.id for task in found] == ["t0", "t1", "t2", "t3", "t4"]
    assert len(tasks.queries) == 3


async def _each(pages: AsyncPages[Any]) -> list[Any]:
    return [item async for item in pages]


def test_a_list_can_be_walked_again_and_sends_nothing_before(tasks: Tasks) -> None:
    with Mode("sync").client() as client:
        pages = client.task.list("j")
        assert tasks.queries == []
        assert [len(list(pages)), len(list(pages))] == [5, 5]
        assert isinstance(pages, Pages)

    async def main() -> None:
        async with Mode("async").client() as client:
            again = client.task.list("j")
            assert [len(await _each(again)), len(await _each(again))] == [5, 5]

    asyncio.run(main())
    assert len(tasks.queries) == 12


def test_a_list_that_is_shown_says_what_to_do_with_it(mode: Mode) -> None:
    word = "for" if mode.name == "sync" else "async for"
    assert repr(mode.client().task.list("j")).endswith(f"Pages of /jobs/j/tasks: iterate with `{word}`>")


def test_pages_are_read_when_the_walk_comes_to_them(tasks: Tasks) -> None:
    with Mode("sync").client() as client:
        walk = iter(client.task.list("j"))
        assert [next(walk).id, next(walk).id] == ["t0", "t1"]
        assert len(tasks.queries) == 1
        assert next(walk).id == "t2"
        assert len(tasks.queries) == 2


def test_a_walk_lets_go_of_a_page_before_it_reads_the_next(mode: Mode, httpx_mock: HTTPXMock) -> None:
    service, walked, alive = Tasks(count=6, size=2), list[weakref.ref[Any]](), list[int]()

    def serve(request: httpx.Request) -> httpx.Response:
        alive.append(sum(task() is not None for task in walked))
        return service.serve(request)

    async def walk(client: Any) -> None:
        async with client:
            async for task in client.task.list("j"):
                walked.append(weakref.ref(task))

    httpx_mock.add_callback(serve, is_reusable=True)
    if mode.name == "async":
        asyncio.run(walk(mode.client()))
    else:
        with mode.client() as client:
            for task in client.task.list("j"):
                walked.append(weakref.ref(task))
    assert alive == [0, 1, 1], "the loop itself still has the last task of the page before"


def test_by_page_and_going_on_from_a_saved_place(tasks: Tasks) -> None:
    with Mode("sync").client() as client:
        first = next(client.task.list("j").by_page())
        assert ([task.id for task in first], len(first), first.request_id) == (["t0", "t1"], 2, "r1")
        saved = first.continuation
    with Mode("sync").client() as client:
        rest = list(client.task.list("j").by_page(saved))
    assert [task.id for page in rest for task in page] == ["t2", "t3", "t4"]
    assert rest[-1].continuation is None

    async def main() -> list[str | None]:
        async with Mode("async").client() as client:
            return [task.id async for page in client.task.list("j").by_page(saved) for task in page]

    assert asyncio.run(main()) == ["t2", "t3", "t4"]


@pytest.mark.parametrize("encode", [True, False])
@pytest.mark.parametrize("verbatim", [None, True, False])
def test_links_work_as_they_are_and_encoded_anew(
    mode: Mode, httpx_mock: HTTPXMock, encode: bool, verbatim: bool | None
) -> None:
    service = Tasks(5, 2, token="a:b=/'c")
    service.encode = encode
    # A service that knows its token only as it was written, or only percent-encoded.
    if verbatim is not None:
        as_written = quote(service.token, safe="") if encode else service.token
        service.strict = as_written if verbatim else quote(service.token, safe="$,()'-._~")
    httpx_mock.add_callback(service.serve, is_reusable=True)
    found = mode.run(lambda c: c.task.list("j", filter="id ne 'q'"))
    assert [task.id for task in found] == ["t0", "t1", "t2", "t3", "t4"]


def test_a_link_that_the_service_itself_refuses_is_an_error(mode: Mode, httpx_mock: HTTPXMock) -> None:
    service = Tasks(5, 2)
    service.strict = "never"
    httpx_mock.add_callback(service.serve, is_reusable=True)
    with pytest.raises(e.InvalidRequestError) as caught:
        mode.run(lambda c: c.task.list("j"))
    assert caught.value.parameter == "$skiptoken"


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("https://evil.example.com/jobs/j/tasks?$skiptoken=1", e.ForeignOriginError),
        (URL.replace("https", "http") + "/jobs/j/tasks?$skiptoken=1", e.ForeignOriginError),
        (URL + ":444/jobs/j/tasks?$skiptoken=1", e.ForeignOriginError),
        (URL + "@evil.example.com/jobs/j/tasks?$skiptoken=1", e.ForeignOriginError),
        ("//evil.example.com/jobs/j/tasks?$skiptoken=1", e.ForeignOriginError),
        (URL + "/jobs/k/tasks?$skiptoken=1", e.InvalidInputError),
        ("https://[/", e.InvalidInputError),
    ],
)
def test_links_that_lead_elsewhere_are_not_followed(
    mode: Mode, httpx_mock: HTTPXMock, link: str, kind: type[Exception]
) -> None:
    httpx_mock.add_response(json={"value": [{"id": "t"}], "odata.nextLink": link})
    with pytest.raises(kind):
        mode.run(lambda c: c.task.list("j"))
    assert len(httpx_mock.get_requests()) == 1
    with pytest.raises(kind):
        mode.run(lambda c: c.task.list("j").by_page(link))


@pytest.mark.parametrize(
    "link", ["/jobs/j/tasks?$skiptoken=1", URL.replace("my", "MY") + ":443/jobs/j/tasks?$skiptoken=1"]
)
def test_links_that_lead_here_in_other_words_are_followed(mode: Mode, httpx_mock: HTTPXMock, link: str) -> None:
    httpx_mock.add_response(json={"value": [{"id": "t"}], "odata.nextLink": link})
    httpx_mock.add_response(url=f"{URL}/jobs/j/tasks?$skiptoken=1", json={"value": [{"id": "u"}]})
    assert len(mode.run(lambda c: c.task.list("j"))) == 2


def test_a_page_that_names_itself_ends_the_walk(mode: Mode, httpx_mock: HTTPXMock) -> None:
    link = f"{URL}/jobs/j/tasks?$skiptoken=1"
    httpx_mock.add_response(json={"value": [], "odata.nextLink": link}, is_reusable=True)
    with pytest.raises(e.BatchTasksError, match="same next link twice"):
        mode.run(lambda c: c.task.list("j"))
    assert len(httpx_mock.get_requests()) == 2


def test_empty_pages_short_pages_and_nulls(mode: Mode, httpx_mock: HTTPXMock) -> None:
    link = URL + "/jobs/j/tasks?$skiptoken={}"
    httpx_mock.add_response(json={"value": [], "odata.nextLink": link.format(1)})
    httpx_mock.add_response(json={"value": [{"id": "a"}, None], "odata.nextLink": link.format(2)})
    httpx_mock.add_response(json={"value": None, "odata.nextLink": None})
    assert [task.id for task in mode.run(lambda c: c.task.list("j"))] == ["a"]


def test_an_account_below_a_path(httpx_mock: HTTPXMock) -> None:
    base = "http://127.0.0.1:9999/accounts/one"
    httpx_mock.add_response(json={"value": [], "odata.nextLink": f"{base}/jobs/j/tasks?$skiptoken=1"})
    httpx_mock.add_response(url=f"{base}/jobs/j/tasks?$skiptoken=1", json={"value": [{"id": "t"}]})
    assert len(Mode("sync").run(lambda c: c.task.list("j"), url=base + "/")) == 1


def test_other_lists(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"value": [{"id": "j1"}]})
    assert mode.run(lambda c: c.job.list(select=["id"]))[0].id == "j1"
    httpx_mock.add_response(json={"value": [{"id": 1, "state": "running"}]})
    assert mode.run(lambda c: c.task.list_subtasks("j", "t"))[0].id == 1
    httpx_mock.add_response(json={"value": [{"name": "wd", "isDirectory": True}]})
    assert mode.run(lambda c: c.file.list_from_task("j", "t"))[0].is_directory is True


def test_the_server_timeout_is_not_added_to_links_again(httpx_mock: HTTPXMock) -> None:
    link = f"{URL}/jobs/j/tasks?timeOut=20&$skiptoken=1"
    httpx_mock.add_response(json={"value": [], "odata.nextLink": link})
    httpx_mock.add_response(url=link, json={"value": []})
    Mode("sync").run(lambda c: c.task.list("j"), server_timeout=20)
