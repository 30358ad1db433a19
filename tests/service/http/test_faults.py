"""Faults on demand, from inside and over the control endpoint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from batchtasks_local import Fault, LocalBatch
from batchtasks_local.http.faults import FaultError, Faults

Refused = Callable[[httpx.Response, int, str], dict[str, str]]


def put(api: Any, **members: Any) -> list[int]:
    """Put one fault into force."""
    return api.context.faults.add([Fault(**members)])  # type: ignore[no-any-return]


def test_throttle_and_busy(api: Any, refused: Refused) -> None:
    """429 and 503 with Retry-After, for as many requests as asked."""
    put(api, kind="throttle", count=1, retry_after=0.5)
    answer = api.get("/jobs")
    refused(answer, 429, "TooManyRequests")
    assert answer.headers["retry-after"] == "0.5"
    assert api.get("/jobs").status_code == 200
    put(api, kind="busy", skip=1, count=1)
    assert api.get("/jobs").status_code == 200
    answer = api.get("/jobs")
    refused(answer, 503, "ServerBusy")
    assert "retry-after" not in answer.headers


def test_errors_and_foreign_bodies(api: Any, refused: Refused) -> None:
    """Any of the service's errors, or a gateway's page."""
    put(api, kind="error", code="OperationTimedOut", count=1)
    refused(api.get("/jobs"), 500, "OperationTimedOut")
    put(api, kind="error", status=502, body="<html>Bad Gateway</html>", count=1)
    answer = api.get("/jobs")
    assert (answer.status_code, answer.text) == (502, "<html>Bad Gateway</html>")
    assert answer.headers["content-type"] == "text/html"


def test_only_the_operations_named(api: Any) -> None:
    """Others are left alone."""
    put(api, kind="busy", operations=("Task_List",))
    api.job()
    assert api.get("/jobs/job1").status_code == 200
    assert api.get("/jobs/job1/tasks").status_code == 503


def test_broken_tasks(api: Any) -> None:
    """Single tasks of a collection fail with ServerError and are not added; sent again, they are."""
    api.job()
    put(api, kind="task", count=2, skip=1)
    specs = [{"id": f"t{n}", "commandLine": "x"} for n in range(5)]
    results = api.post("/jobs/job1/addtaskcollection", {"value": specs}).json()["value"]
    assert [result["status"] for result in results] == ["Success", "ServerError", "ServerError", "Success", "Success"]
    assert results[1]["error"]["code"] == "InternalError"
    assert len(api.get("/jobs/job1/tasks").json()["value"]) == 3
    again = api.post("/jobs/job1/addtaskcollection", {"value": specs}).json()["value"]
    assert [result["status"] for result in again] == ["ClientError", "Success", "Success", "ClientError", "ClientError"]


def test_chance_is_repeatable(api: Any) -> None:
    """The same seed gives the same requests."""

    def run() -> list[int]:
        put(api, kind="busy", probability=0.5, seed=7)
        statuses = [api.get("/jobs").status_code for _ in range(20)]
        api.context.faults.remove()
        return statuses

    first = run()
    assert set(first) == {200, 503}
    assert run() == first


def test_control_endpoint(api: Any, refused: Refused) -> None:
    """Add, look, take out; as protected as the rest."""
    body = [{"kind": "busy", "operations": ["Job_List"], "count": 2}, {"kind": "latency", "seconds": 0}]
    ids = api.post("/_faults", body, bare=True).json()["ids"]
    assert api.get("/jobs").status_code == 503
    report = {one["id"]: one for one in api.get("/_faults", bare=True).json()["value"]}
    assert report[ids[0]]["hits"] == 1
    assert report[ids[1]]["kind"] == "latency"
    assert api.send("DELETE", f"/_faults?id={ids[0]}", bare=True).status_code == 204
    assert api.get("/jobs").status_code == 200
    assert api.send("DELETE", "/_faults", bare=True).status_code == 204
    assert api.get("/_faults", bare=True).json() == {"value": []}
    refused_answer = api.get("/_faults", bare=True, auth=None)
    assert refused_answer.status_code == 401


def test_a_slash_at_the_end_does_not_redirect(api: Any) -> None:
    """Clients do not send the body of a POST again, nor their credentials to another URL."""
    assert api.post("/_faults/", {"kind": "busy", "count": 1}, bare=True).is_success
    (fault,) = api.get("/_faults/", bare=True).json()["value"]
    assert fault["kind"] == "busy"
    assert api.get("/_faults/", bare=True, auth=None).status_code == 401


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"kind": "quake"}, "kind must be one of"),
        ({"probability": 0.5}, "needs a kind"),
        ({"kind": "busy", "colour": 1}, "no member 'colour'"),
        ({"kind": "busy", "count": "two"}, "count has a value of the wrong type"),
        ({"kind": "busy", "probability": 2}, "from 0 to 1"),
        ({"kind": "busy", "operations": ["Task_Paint"]}, "'Task_Paint' is not an operation"),
        ({"kind": "error", "status": 200}, "from 400 to 599"),
        ({"kind": "error", "code": "Nonsense"}, "code must be an error code"),
        ("busy", "must be a JSON object"),
        (b"{", "not JSON"),
        (b"[" * 900 + b"]" * 900, "must be a JSON object"),
        ({"kind": "latency", "seconds": 1e300}, "from 0 to 3600"),
        ({"kind": "busy", "retry_after": -1}, "from 0 to 3600"),
        ({"kind": "busy", "count": 2**60}, "count and skip must be"),
        ({"kind": "error", "body": "x", "content_type": "a\r\nSet-Cookie: b"}, "content_type must be"),
        ({"kind": "x" * 100_000}, "kind must be one of"),
        ({"kind": "busy", "x" * 100_000: 1}, "no member"),
        ({"kind": "busy", "operations": ["x" * 100_000]}, "is not an operation"),
        ([{"kind": "busy"}] * 1001, "At most 1000 faults"),
    ],
)
def test_bad_faults_are_refused(api: Any, body: Any, complaint: str) -> None:
    """Each with the reason."""
    answer = api.post("/_faults", body, bare=True)
    assert answer.status_code == 400
    assert complaint in answer.json()["values"][0]["value"]
    assert len(answer.content) < 2000
    assert api.context.faults.report() == []


def test_faults_in_force_are_limited(api: Any) -> None:
    """Also when they come one by one; with a slash at the end of the path, it is the same resource."""
    for _ in range(10):
        assert api.post("/_faults", [{"kind": "busy", "operations": ["Task_Get"]}] * 100, bare=True).status_code == 201
    answer = api.post("/_faults/", {"kind": "busy"}, bare=True)
    assert answer.status_code == 400
    assert "at most 1000 faults" in answer.json()["values"][0]["value"]
    assert api.send("DELETE", "/_faults/", bare=True).status_code == 204
    assert api.get("/_faults", bare=True).json() == {"value": []}


def test_bad_faults_in_python() -> None:
    """The same checks."""
    with pytest.raises(FaultError, match="skip"):
        Fault(kind="busy", skip=-1)


def test_hits() -> None:
    """The number of hits is available while a fault is in force, and afterwards."""
    with LocalBatch() as batch, httpx.Client(headers={"Authorization": "Bearer any"}) as client:

        def ask() -> int:
            return client.get(f"{batch.url}/jobs?api-version=2025-06-01").status_code

        with batch.faults("busy", count=2) as hits:
            assert hits() == 0
            assert [ask(), ask(), ask()] == [503, 503, 200]
            assert hits() == 2
        assert ask() == 200
        assert hits() == 2


def test_hits_of_several_faults() -> None:
    """They are counted together, each as long as it is in force."""
    faults = Faults()
    first, second = faults.add([Fault(kind="task", count=3), Fault(kind="task", skip=3, count=1)])
    count, first_count = faults.counter([first, second]), faults.counter([first])
    assert faults.failing_tasks(5) == {0, 1, 2, 3}
    faults.remove([first])
    assert (count(), first_count()) == (4, 3)
    assert [one["id"] for one in faults.report()] == [second]
    faults.remove()
    assert (count(), faults.report()) == (4, [])
