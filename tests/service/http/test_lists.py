"""Lists: pages, filters, selections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import httpx
import pytest

Refused = Callable[[httpx.Response, int, str], dict[str, str]]


def ids(answer: httpx.Response) -> list[str]:
    """The ids on a page."""
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["value"]]


def test_one_page(api: Any, refused: Refused) -> None:
    """In the order of adding, without a link."""
    api.job()
    api.tasks(3)
    answer = api.get("/jobs/JOB1/tasks")
    assert ids(answer) == ["t0", "t1", "t2"]
    assert list(answer.json()) == ["odata.metadata", "value"]
    assert answer.json()["odata.metadata"] == "http://127.0.0.1:10100/$metadata#tasks"
    assert "etag" not in answer.headers
    refused(api.get("/jobs/nojob/tasks"), 404, "JobNotFound")


def verbatim(link: str) -> str:
    """How azure-batch 14 follows a link: as it is."""
    return link


def rebuilt(link: str) -> str:
    """How azure-batch 15 follows a link: taken apart, its own api-version put in, put together again."""
    parts = urlsplit(link)
    pairs = {name: value for name, value in parse_qsl(parts.query) if name != "api-version"}
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode({**pairs, 'api-version': '2025-06-01'}, quote_via=quote)}"


@pytest.mark.parametrize("follow", [verbatim, rebuilt])
def test_pages(api: Any, follow: Callable[[str], str]) -> None:
    """Links keep every parameter, survive both ways of following, and end."""
    api.job()
    api.tasks(25)
    path = "/jobs/job1/tasks?$filter=startswith(id%2C't')&$select=id%2Cstate&maxresults=10&timeout=30"
    seen: list[str] = []
    pages, url = 0, path
    while url:
        answer = api.get(url)
        seen += ids(answer)
        assert all(set(item) == {"id", "state"} for item in answer.json()["value"])
        link = answer.json().get("odata.nextLink")
        url = follow(link) if link else ""
        pages += 1
    assert seen == sorted(f"t{n}" for n in range(25))
    assert pages == 3


def test_pages_stay_right_while_tasks_come_and_go(api: Any) -> None:
    """What was there all along is listed exactly once."""
    api.job()
    api.tasks(20)
    first = api.get("/jobs/job1/tasks?maxresults=10")
    assert ids(first) == ["t0", "t1", "t10", "t11", "t12", "t13", "t14", "t15", "t16", "t17"]
    for gone in ("t1", "t17", "t3"):
        api.send("DELETE", f"/jobs/job1/tasks/{gone}")
    for late in ("a", "z"):
        api.post("/jobs/job1/tasks", {"id": late, "commandLine": "x"})
    second = api.get(first.json()["odata.nextLink"])
    assert ids(second) == ["t18", "t19", "t2", "t4", "t5", "t6", "t7", "t8", "t9", "z"]
    assert "odata.nextLink" not in second.json()


def test_the_place_in_a_list_of_another_job_shows_nothing_of_it(api: Any) -> None:
    """The token of one job's list, sent with the list of another."""
    for job in ("job1", "job2"):
        api.job(id=job)
        api.post(
            f"/jobs/{job}/addtaskcollection", {"value": [{"id": f"{job}-{n}", "commandLine": "x"} for n in range(4)]}
        )
    token = dict(parse_qsl(urlsplit(api.get("/jobs/job1/tasks?maxresults=2").json()["odata.nextLink"]).query))[
        "$skiptoken"
    ]
    found = ids(api.get(f"/jobs/job2/tasks?$skiptoken={quote(token)}"))
    assert found == [f"job2-{n}" for n in range(4)]


def test_the_last_full_page_has_no_link(api: Any) -> None:
    """A link means that there is more."""
    api.job()
    api.tasks(10)
    assert "odata.nextLink" not in api.get("/jobs/job1/tasks?maxresults=10").json()
    assert "odata.nextLink" in api.get("/jobs/job1/tasks?maxresults=9").json()


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        ("state eq 'completed'", ["t1"]),
        ("state ne 'Completed' and startswith(id,'t')", ["t0", "t2"]),
        ("id eq 'T2'", ["t2"]),
        ("id ge 't1' and id lt 't2'", ["t1"]),
        ("executionInfo/result eq 'failure' or id eq 't0'", ["t0", "t1"]),
        ("executionInfo/exitCode ne 0", []),
        ("creationTime gt DateTime'2020-01-01T00:00:00Z'", ["t0", "t1", "t2"]),
        ("executionInfo/endTime le DateTime'2020-01-01'", []),
        ("lastModifiedTime ge DateTime'2020-01-01T00:00:00.1234567Z'", ["t0", "t1", "t2"]),
    ],
)
def test_filters(api: Any, filter_: str, expected: list[str]) -> None:
    """A filter chooses; what a task does not have meets no comparison."""
    api.job()
    api.tasks(3)
    api.post("/jobs/job1/tasks/t1/terminate")
    assert ids(api.get(f"/jobs/job1/tasks?$filter={quote(filter_)}")) == expected


def test_a_bad_filter_says_where(api: Any, refused: Refused) -> None:
    """The parameter, its value, and the place."""
    api.job()
    values = refused(api.get("/jobs/job1/tasks?$filter=state%20is%20'active'"), 400, "InvalidQueryParameterValue")
    assert values["QueryParameterName"] == "$filter"
    assert values["QueryParameterValue"] == "state is 'active'"
    assert values["Reason"].startswith("at character 7:")


def test_select(api: Any, refused: Refused) -> None:
    """Only what is asked for; ids do not come unasked; parts of a member by path; unknown names are refused."""
    api.job()
    api.tasks(1)
    assert api.get("/jobs/job1/tasks?$select=state,constraints").json()["value"][0].keys() == {"state", "constraints"}
    got = api.get("/jobs/job1/tasks/t0?$select=id,executionInfo/retryCount").json()
    assert got == {
        "odata.metadata": "http://127.0.0.1:10100/$metadata#tasks/@Element",
        "id": "t0",
        "executionInfo": {"retryCount": 0},
    }
    values = refused(api.get("/jobs/job1/tasks?$select=id,colour"), 400, "InvalidQueryParameterValue")
    assert "'colour' is not one of affinityInfo, applicationPackageReferences" in values["Reason"]


def test_expand(api: Any, refused: Refused) -> None:
    """stats may be asked for, nothing else; a task that has not run has none."""
    api.job()
    api.tasks(1)
    assert "stats" not in api.get("/jobs/job1/tasks/t0?$expand=stats").json()
    values = refused(api.get("/jobs/job1/tasks?$expand=files"), 400, "InvalidQueryParameterValue")
    assert "'files' cannot be expanded" in values["Reason"]


@pytest.mark.parametrize("token", ["x", "YWZ0ZXI6", "YWZ0ZXI6YSBi", "====", "%00", "YWZ0ZXI6" + "YWFh" * 22])
def test_foreign_tokens_are_refused(api: Any, refused: Refused, token: str) -> None:
    """A skip token that this service has not made."""
    api.job()
    values = refused(api.get(f"/jobs/job1/tasks?$skiptoken={token}"), 400, "InvalidQueryParameterValue")
    assert values["QueryParameterName"] == "$skiptoken"


def test_an_older_version_does_not_show_newer_members(api: Any) -> None:
    """A member that the api-version lacks is left out of its answers."""
    api.job()
    body = {"id": "t", "commandLine": "x", "authenticationTokenSettings": {"access": ["job"]}}
    assert api.post("/jobs/job1/tasks?api-version=2024-07-01.20.0", body).status_code == 201
    assert "authenticationTokenSettings" in api.get("/jobs/job1/tasks/t?api-version=2024-07-01.20.0").json()
    assert "authenticationTokenSettings" not in api.get("/jobs/job1/tasks/t?api-version=2025-06-01").json()


def test_an_empty_selection_selects_nothing_in_particular(api: Any) -> None:
    """A client with an empty list of members sends the parameter without a value, and gets all of them."""
    api.job()
    api.tasks(1)
    whole = api.get("/jobs/job1/tasks").json()
    for value in ("", "%20"):
        assert api.get(f"/jobs/job1/tasks?$select={value}").json() == whole


@pytest.mark.parametrize(
    "path", ["/jobs/job1/tasks/t", "/jobs/job1/tasks", "/jobs/job1/tasks/t?$select=containerSettings"]
)
def test_an_older_version_does_not_show_what_came_later(api: Any, path: str) -> None:
    """Neither a member, nor what is inside one: each answer is as its own api-version has it."""
    api.job()
    container = {"imageName": "i", "containerHostBatchBindMounts": [{"source": "Task"}]}
    assert api.post("/jobs/job1/tasks", {"id": "t", "commandLine": "x", "containerSettings": container}).is_success
    separator = "&" if "?" in path else "?"
    for version, shown in (("2024-02-01.19.0", False), ("2024-07-01.20.0", True), ("2025-06-01", True)):
        answer = api.get(f"{path}{separator}api-version={version}").json()
        [item] = answer.get("value", [answer])
        assert ("containerHostBatchBindMounts" in item["containerSettings"]) is shown
        assert item["containerSettings"]["imageName"] == "i"


def test_a_newer_version_does_not_show_what_went(api: Any) -> None:
    """A task with token settings, added under a version that has them."""
    api.job()
    task = {"id": "t", "commandLine": "x", "authenticationTokenSettings": {"access": ["job"]}}
    assert api.post("/jobs/job1/tasks?api-version=2024-07-01.20.0", task).is_success
    assert "authenticationTokenSettings" in api.get("/jobs/job1/tasks/t?api-version=2024-07-01.20.0").json()
    assert "authenticationTokenSettings" not in api.get("/jobs/job1/tasks/t").json()


@pytest.mark.parametrize("path", ["/jobs/job1", "/jobs", "/jobs/job1?$select=poolInfo"])
def test_a_newer_version_does_not_show_what_went_deep_inside(api: Any, path: str) -> None:
    """What a job says of its own pool; the rest stays, also what is inside something that the documents leave open."""
    older = "2024-02-01.19.0"
    pool = {
        "vmSize": "v",
        "applicationLicenses": ["maya"],
        "certificateReferences": [{"thumbprint": "t", "thumbprintAlgorithm": "sha1"}],
        "userAccounts": [{"name": "u", "applicationLicenses": ["x"]}],
        "metadata": [{"name": "n", "value": "v"}],
    }
    auto = {"poolLifetimeOption": "job", "pool": pool}
    assert api.post(
        f"/jobs?api-version={older}", {"id": "job1", "poolInfo": {"autoPoolSpecification": auto}}
    ).is_success
    separator = "&" if "?" in path else "?"
    gone = {"2024-07-01.20.0": ["applicationLicenses"], "2025-06-01": ["applicationLicenses", "certificateReferences"]}
    for version in (older, *gone):
        answer = api.get(f"{path}{separator}api-version={version}").json()
        [item] = answer.get("value", [answer])
        shown = item["poolInfo"]["autoPoolSpecification"]["pool"]
        expected = {name: value for name, value in pool.items() if name not in gone.get(version, ())}
        assert shown.keys() & pool.keys() == expected.keys()
        assert expected.items() <= shown.items()


@pytest.mark.parametrize("width", [1, 3, 15])
@pytest.mark.parametrize("depth", [5, 15, 22, 30, 49, 60])
def test_a_filter_that_is_nested_deeply(api: Any, width: int, depth: int) -> None:
    """It is answered, or refused as too deep; no filter is too much for the database alone."""
    api.job()
    condition = "state eq 'active'"
    text = condition
    for level in range(depth):
        text = "(" + (" and ", " or ")[level % 2].join([condition] * width + [text]) + ")"
    answer = api.get(f"/jobs/job1/tasks?$filter={quote(text)}")
    if depth > 22:
        assert answer.status_code == 400
        assert "nested too deeply" in answer.text or "parentheses inside each other" in answer.text
    else:
        assert answer.status_code == 200 if depth == 5 or width == 1 else answer.status_code in (200, 400)
