"""Pools as records whose one node is this machine; nodes, images, and what there is none of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.service.store.harness import capacity

Refused = Callable[[httpx.Response, int, str], dict[str, str]]
BASE = "http://127.0.0.1:10100"


def add(api: Any, pool_id: str = "Pool1", **members: Any) -> httpx.Response:
    answer: httpx.Response = api.post("/pools", {"id": pool_id, "vmSize": "standard_d2_v3", **members})
    assert answer.status_code == 201, answer.text
    return answer


def test_add_and_get(api: Any, refused: Refused) -> None:
    """Ready at once, at whatever size: nearly every program waits for `steady` and for an idle node."""
    answer = add(api, targetDedicatedNodes=1000, metadata=[{"name": "a", "value": "b"}])
    assert answer.content == b""
    assert answer.headers["location"] == answer.headers["dataserviceid"] == f"{BASE}/pools/Pool1"
    pool = api.get("/pools/pool1").json()
    assert pool["odata.metadata"] == f"{BASE}/$metadata#pools/@Element"
    assert (pool["id"], pool["url"], pool["eTag"]) == ("Pool1", f"{BASE}/pools/Pool1", answer.headers["etag"])
    assert (pool["state"], pool["allocationState"]) == ("active", "steady")
    assert (pool["targetDedicatedNodes"], pool["currentDedicatedNodes"], pool["currentLowPriorityNodes"]) == (
        1000,
        1000,
        0,
    )
    assert (pool["taskSlotsPerNode"], pool["resizeTimeout"]) == (1, "PT15M")
    assert pool["metadata"] == [{"name": "a", "value": "b"}]
    refused(api.post("/pools", {"id": "POOL1", "vmSize": "x"}), 409, "PoolExists")
    refused(api.post("/pools", {"id": "p"}), 400, "MissingRequiredProperty")
    refused(api.get("/pools/other"), 404, "PoolNotFound")


@pytest.mark.parametrize("members", [{}, {"startTask": {"commandLine": "true"}}])
def test_a_start_task_that_is_not_run_is_logged(
    api: Any, caplog: pytest.LogCaptureFixture, members: dict[str, Any]
) -> None:
    add(api, **members)
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert ["start task" in text for text in warnings] == [True] * len(members)


@pytest.mark.parametrize(("dedicated", "low_priority"), [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_the_node_is_dedicated_unless_all_nodes_of_the_pool_are_of_low_priority(
    api: Any, dedicated: int, low_priority: int
) -> None:
    add(api, targetDedicatedNodes=dedicated, targetLowPriorityNodes=low_priority)
    node = api.get("/pools/Pool1/nodes/localnode").json()
    assert node["isDedicated"] is ((dedicated, low_priority) != (0, 1))


def test_exists(api: Any) -> None:
    """HEAD: 200 with the ETag, or 404 with nothing."""
    tag = add(api).headers["etag"]
    found = api.send("HEAD", "/pools/Pool1")
    assert (found.status_code, found.headers["etag"], found.content) == (200, tag, b"")
    assert api.send("HEAD", "/pools/other").status_code == 404
    assert api.send("HEAD", "/pools/Pool1", headers={"If-None-Match": tag}).status_code == 304


def test_list(api: Any, refused: Refused) -> None:
    """By filter and by page."""
    for name in ("a", "b", "c"):
        add(api, name, vmSize=f"size-{name}")
    page = api.get("/pools?maxresults=2&$select=id").json()
    assert (page["odata.metadata"], page["value"]) == (f"{BASE}/$metadata#pools", [{"id": "a"}, {"id": "b"}])
    assert api.get(page["odata.nextLink"]).json()["value"] == [{"id": "c"}]
    for text, ids in [
        ("id eq 'B'", "b"),
        ("startswith(id,'A') or vmSize eq 'size-c'", "ac"),
        ("state eq 'deleting'", ""),
        ("creationTime ge DateTime'2020-01-01T00:00:00Z' and id ne 'a'", "bc"),
    ]:
        assert "".join(pool["id"] for pool in api.get(f"/pools?$filter={text}").json()["value"]) == ids
    refused(api.get("/pools?$filter=state eq 'odd'"), 400, "InvalidQueryParameterValue")


def test_patch_resize_and_stop(api: Any, refused: Refused) -> None:
    """Each moves the ETag; a resize is over at once."""
    add(api)
    answer = api.send("PATCH", "/pools/Pool1", {"metadata": [{"name": "x", "value": "y"}]})
    assert (answer.status_code, answer.headers["etag"]) == (200, api.get("/pools/Pool1").json()["eTag"])
    answer = api.post("/pools/Pool1/resize", {"targetDedicatedNodes": 7, "nodeDeallocationOption": "requeue"})
    assert (answer.status_code, answer.headers["dataserviceid"]) == (202, f"{BASE}/pools/Pool1/resize")
    pool = api.get("/pools/Pool1").json()
    assert (pool["targetDedicatedNodes"], pool["allocationState"], pool["metadata"][0]["name"]) == (7, "steady", "x")
    assert "nodeDeallocationOption" not in pool
    assert api.post("/pools/Pool1/stopresize").status_code == 202
    missing = refused(api.post("/pools/Pool1/resize", {}), 400, "MissingRequiredProperty")
    assert missing["PropertyName"] == "targetDedicatedNodes"
    refused(
        api.post("/pools/Pool1/resize", {"targetDedicatedNodes": 1}, headers={"If-Match": "0x1"}),
        412,
        "ConditionNotMet",
    )
    refused(api.post("/pools/other/stopresize"), 404, "PoolNotFound")
    add(api, "auto", enableAutoScale=True, autoScaleFormula="$TargetDedicatedNodes=1")
    refused(api.post("/pools/auto/resize", {"targetDedicatedNodes": 1}), 409, "OperationNotValidOnPool")


def test_delete(api: Any, refused: Refused) -> None:
    """At once; jobs on it stay, as jobs on a pool that never was are accepted (azure-cli `test_batch_task_create_cmd`)."""
    add(api)
    api.job(poolInfo={"poolId": "Pool1"})
    refused(api.send("DELETE", "/pools/Pool1", headers={"If-Match": "0x1"}), 412, "ConditionNotMet")
    assert api.send("DELETE", "/pools/pool1").status_code == 202
    refused(api.send("DELETE", "/pools/pool1"), 404, "PoolNotFound")
    assert api.get("/jobs/job1").json()["executionInfo"]["poolId"] == "Pool1"
    api.job("job2", poolInfo={"poolId": "never-was"})


def test_nodes(api: Any, refused: Refused) -> None:
    """One, idle until a task of the pool runs."""
    add(api, targetLowPriorityNodes=5)
    body = api.get("/pools/Pool1/nodes").json()
    [node] = body["value"]
    assert body["odata.metadata"] == f"{BASE}/$metadata#nodes"
    assert (node["id"], node["state"], node["schedulingState"], node["isDedicated"]) == (
        "localnode",
        "idle",
        "enabled",
        False,
    )
    assert node["url"] == f"{BASE}/pools/Pool1/nodes/localnode"
    api.job(poolInfo={"poolId": "pool1"})
    api.tasks(2)
    api.context.store.advance([], capacity(2, 2))
    node = api.get("/pools/Pool1/nodes/localnode").json()
    assert (node["odata.metadata"], node["state"], node["runningTasksCount"]) == (
        f"{BASE}/$metadata#nodes/@Element",
        "running",
        2,
    )
    assert api.get("/pools/Pool1/nodes?$filter=state eq 'idle'&$select=id").json()["value"] == []
    for other in ("tvm-1", "another"):
        refused(api.get(f"/pools/Pool1/nodes/{other}"), 404, "NodeNotFound")
    refused(api.get("/pools/other/nodes"), 404, "PoolNotFound")


def test_secrets_are_not_shown(api: Any) -> None:
    """Of users and of mounts; everything else comes back as it came."""
    mount = {"azureBlobFileSystemConfiguration": {"accountName": "a", "accountKey": "hidden-1", "sasKey": "hidden-2"}}
    user = {"name": "u", "password": "hidden-3", "linuxUserConfiguration": {"uid": 1, "sshPrivateKey": "hidden-4"}}
    add(api, mountConfiguration=[mount], userAccounts=[user], networkConfiguration={"subnetId": "s"})
    text = api.get("/pools/Pool1").text
    assert "hidden" not in text
    assert "hidden" not in api.get("/pools").text
    pool = api.get("/pools/Pool1").json()
    assert pool["userAccounts"] == [{"name": "u", "linuxUserConfiguration": {"uid": 1}}]
    assert pool["networkConfiguration"] == {"subnetId": "s"}


def test_supported_images(api: Any) -> None:
    """What programs look for: a verified Linux image and its node agent (Airflow's hook)."""
    value = api.get("/supportedimages?$filter=osType eq 'linux' and verificationType eq 'verified'").json()["value"]
    assert any(image["nodeAgentSKUId"] == "batch.node.ubuntu 22.04" for image in value)
    assert all(image["imageReference"]["version"] == "latest" for image in value)
    assert api.get("/supportedimages?$filter=osType eq 'windows'").json()["value"] == []


@pytest.mark.parametrize("name", ["jobschedules", "applications"])
def test_there_are_none(api: Any, name: str) -> None:
    """An empty list, with its metadata."""
    assert api.get(f"/{name}").json() == {"odata.metadata": f"{BASE}/$metadata#{name}", "value": []}


def test_a_job_schedule_is_refused_by_name(api: Any, refused: Refused) -> None:
    """Rather than accepted and never run."""
    body = {
        "id": "nightly",
        "schedule": {"recurrenceInterval": "P1D"},
        "jobSpecification": {"poolInfo": {"poolId": "p"}},
    }
    values = refused(api.post("/jobschedules", body), 400, "InvalidInput")
    assert values["JobScheduleId"] == "nightly"
    assert "runs no job schedules" in values["Reason"]


@pytest.mark.parametrize("version", ["2022-01-01.15.0", "2024-02-01.19.0", "2026-10-01"])
def test_in_other_versions(api: Any, version: str) -> None:
    """The same, and only with members that the version has (checked with every answer)."""
    add(api, networkConfiguration={"subnetId": "s"})
    for path in ("/pools", "/pools/Pool1", "/pools/Pool1/nodes", "/pools/Pool1/nodes/localnode", "/supportedimages"):
        assert api.get(f"{path}?api-version={version}").status_code == 200


def test_what_a_pool_has_unless_it_is_asked_otherwise(api: Any) -> None:
    add(api)
    assert api.get("/pools/Pool1").json()["taskSlotsPerNode"] == 1


def test_a_pool_is_read_if_it_has_changed(api: Any) -> None:
    """GET and HEAD: 304 where nothing is new, and 412 only for what changes it."""
    add(api)
    tag = api.get("/pools/Pool1").json()["eTag"]
    for verb in ("GET", "HEAD"):
        assert api.send(verb, "/pools/Pool1", headers={"If-None-Match": tag}).status_code == 304
        assert api.send(verb, "/pools/Pool1", headers={"If-Match": tag}).status_code == 200
        assert api.send(verb, "/pools/Pool1", headers={"If-Match": "0x1"}).status_code == 412
