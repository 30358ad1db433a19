"""The operations on pools, nodes, images, schedules and applications, which the client takes from the generated code."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

from batchtasks import errors as e
from batchtasks.models import ImageReference, PoolAddParameter, PoolPatchParameter, VirtualMachineConfiguration
from tests.batchtasks.support import HASTY, URL, Colour, body

UBUNTU = {"publisher": "canonical", "offer": "ubuntu", "sku": "22_04-lts", "version": "latest"}
NETWORK = {"publicIPAddressConfiguration": {"provision": "noPublicIPAddresses"}, "of a later version": [1]}


def sent(httpx_mock: HTTPXMock) -> Any:
    request = httpx_mock.get_requests()[-1]
    return json.loads(request.content)


def test_a_pool_is_sent_as_it_was_given(colour: Colour, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(201)
    machine = VirtualMachineConfiguration(ImageReference.from_dict(UBUNTU), "batch.node.ubuntu 22.04")
    pool = PoolAddParameter(
        "p1", "STANDARD_D2S_V3", virtual_machine_configuration=machine, resize_timeout=timedelta(minutes=20),
        network_configuration=NETWORK,
    )  # fmt: skip
    assert colour.run(lambda c: c.pool.add(pool)) is None
    assert sent(httpx_mock) == {
        "id": "p1",
        "vmSize": "STANDARD_D2S_V3",
        "virtualMachineConfiguration": {"imageReference": UBUNTU, "nodeAgentSKUId": "batch.node.ubuntu 22.04"},
        "resizeTimeout": "PT20M",
        "networkConfiguration": NETWORK,
    }


def test_the_names_of_the_service_are_taken_too(colour: Colour, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(201)
    given = {
        "id": "p1",
        "vmSize": "x",
        "virtualMachineConfiguration": {"imageReference": UBUNTU, "nodeAgentSKUId": "a"},
    }
    colour.run(lambda c: c.pool.add(given))
    assert sent(httpx_mock) == given


@pytest.mark.parametrize(("status", "there"), [(200, True), (404, False)])
def test_whether_a_pool_exists(colour: Colour, httpx_mock: HTTPXMock, status: int, there: bool) -> None:
    httpx_mock.add_response(status, method="HEAD")
    assert colour.run(lambda c: c.pool.exists("p1")) is there


def test_a_refused_question_is_no_answer(colour: Colour, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(403, method="HEAD")
    with pytest.raises(e.ServiceError):
        colour.run(lambda c: c.pool.exists("p1"))


def test_a_pool_as_the_service_shows_it(colour: Colour, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(
        json={
            "id": "p1", "state": "active", "allocationState": "Steady", "resizeTimeout": "PT15M",
            "taskSchedulingPolicy": {"nodeFillType": "Spread"}, "networkConfiguration": NETWORK,
            "resizeErrors": [{"code": "AllocationTimedOut", "values": [{"name": "a", "value": "b"}]}],
        }
    )  # fmt: skip
    pool = colour.run(lambda c: c.pool.get("p1"))
    assert pool.allocation_state == "steady"
    assert pool.resize_timeout == timedelta(minutes=15)
    assert pool.task_scheduling_policy.node_fill_type == "spread"
    assert pool.resize_errors[0].values[0].value == "b"
    assert pool.network_configuration == NETWORK, "what is not described comes as it is"


LISTS: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "pools": (lambda c: c.pool.list(select=["id"]), "/pools", {"id": "p1"}),
    "nodes": (lambda c: c.compute_node.list("p1", filter="state eq 'idle'"), "/pools/p1/nodes", {"id": "n1"}),
    "images": (lambda c: c.account.list_supported_images(), "/supportedimages", {"nodeAgentSKUId": "a"}),
    "schedules": (lambda c: c.job_schedule.list(), "/jobschedules", {"id": "s1"}),
    "applications": (lambda c: c.application.list(), "/applications", {"id": "a1", "versions": ["1"]}),
    "preparation": (
        lambda c: c.job.list_preparation_and_release_task_status("j"),
        "/jobs/j/jobpreparationandreleasetaskstatus",
        {"nodeId": "n1", "jobPreparationTaskExecutionInfo": {"state": "completed", "retryCount": 1}},
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_walked_page_by_page(colour: Colour, httpx_mock: HTTPXMock, name: str) -> None:
    use, path, item = LISTS[name]
    link = f"{URL}{path}?api-version=2025-06-01&$skiptoken=x"
    httpx_mock.add_response(json={"value": [item], "odata.nextLink": link})
    httpx_mock.add_response(json={"value": [item]})
    assert [one.to_dict() for one in colour.run(use)] == [item, item]
    assert [request.url.path for request in httpx_mock.get_requests()] == [path, path]


def test_changes_of_a_pool(colour: Colour, httpx_mock: HTTPXMock) -> None:
    for status in (200, 202, 202, 202):
        httpx_mock.add_response(status)
    colour.run(lambda c: c.pool.patch("p1", PoolPatchParameter(metadata=[])))
    assert sent(httpx_mock) == {"metadata": []}
    colour.run(lambda c: c.pool.resize("p1", {"targetDedicatedNodes": 3, "nodeDeallocationOption": "taskcompletion"}))
    assert sent(httpx_mock) == {"targetDedicatedNodes": 3, "nodeDeallocationOption": "taskcompletion"}
    colour.run(lambda c: c.pool.stop_resize("p1"))
    colour.run(lambda c: c.pool.delete("p1"))
    lines = [f"{request.method} {request.url.path}" for request in httpx_mock.get_requests()]
    assert lines == ["PATCH /pools/p1", "POST /pools/p1/resize", "POST /pools/p1/stopresize", "DELETE /pools/p1"]


def test_a_job_is_replaced(colour: Colour, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(200, method="PUT", url=f"{URL}/jobs/j?api-version=2025-06-01")
    colour.run(lambda c: c.job.update("j", {"poolInfo": {"poolId": "p1"}, "priority": 5}))
    assert sent(httpx_mock) == {"poolInfo": {"poolId": "p1"}, "priority": 5}


def test_an_add_that_had_been_carried_out_is_no_failure(colour: Colour, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_exception(httpx.ReadError("gone"))
    httpx_mock.add_response(409, json=body("PoolExists"))
    assert colour.run(lambda c: c.pool.add({"id": "p1", "vmSize": "x"}), retry=HASTY) is None


BAD: dict[str, tuple[Any, type[Exception], str]] = {
    "id of a pool": (lambda c: c.pool.get("a b"), e.InvalidIdError, "pool id 'a b'"),
    "id of a node": (lambda c: c.compute_node.get("p", None), e.InvalidIdError, "node id must be text"),
    "id of a new pool": (lambda c: c.pool.add({"id": "é", "vmSize": "x"}), e.InvalidIdError, "pool id 'é'"),
    "id of a new schedule": (
        lambda c: c.job_schedule.add({"id": "é", "schedule": {}, "jobSpecification": {}}),
        e.InvalidIdError,
        "job schedule id 'é'",
    ),
    "no size": (lambda c: c.pool.add({"id": "p"}), e.MissingFieldError, "needs vm_size"),
    "a slip": (lambda c: c.pool.add({"id": "p", "vmsize": "x"}), e.UnknownFieldError, "Did you mean 'vmSize'"),
    "a selection": (lambda c: c.pool.list(select=["vmsize"]), e.UnknownFieldError, "Did you mean 'vmSize'"),
    "a member that is gone": (
        lambda c: c.pool.add({"id": "p", "vmSize": "x", "certificateReferences": [{}]}),
        e.UnsupportedInApiVersionError,
        "certificateReferences",
    ),
    "an auto pool without a lifetime": (
        lambda c: c.job.add({"id": "j", "poolInfo": {"autoPoolSpecification": {}}}),
        e.MissingFieldError,
        "needs pool_lifetime_option",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_mistakes_are_named_and_nothing_is_sent(colour: Colour, name: str) -> None:
    use, kind, text = BAD[name]
    with pytest.raises(kind, match=text):
        colour.run(use)


def test_a_pool_that_does_not_exist_has_no_nodes(colour: Colour, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(404, json=body("PoolNotFound"))
    with pytest.raises(e.NotFoundError, match="PoolNotFound"):
        colour.run(lambda c: c.compute_node.get("p", "n"))
