"""Pools and what belongs to them. A pool is a record whose one node is this machine, whatever size is asked for.

Job schedules and applications are here too: there are none, and none can be added.
"""

from __future__ import annotations

import logging
from typing import Any

from attrs import evolve

from batchtasks_local.domain import clock
from batchtasks_local.domain.defaults import POOL_DEFAULTS
from batchtasks_local.domain.records import PoolRecord
from batchtasks_local.http import conditions, errors, lists
from batchtasks_local.http.exchange import Answer, Exchange, Headers, json_answer
from batchtasks_local.operations import render
from batchtasks_local.operations.context import Context, operation
from batchtasks_local.runner.files.directories import NODE_ID

log = logging.getLogger("batchtasks_local")

_TARGETS = ("targetDedicatedNodes", "targetLowPriorityNodes")
_VALUES = {"state": ("active", "deleting"), "allocationState": ("steady", "resizing", "stopping")}
_MEMBERS = (
    "vmSize", "virtualMachineConfiguration", "taskSlotsPerNode", "taskSchedulingPolicy", "resizeTimeout",
    "targetDedicatedNodes", "targetLowPriorityNodes", "enableAutoScale", "autoScaleFormula",
    "autoScaleEvaluationInterval", "enableInterNodeCommunication", "networkConfiguration", "startTask",
    "applicationPackageReferences", "userAccounts", "metadata", "mountConfiguration", "upgradePolicy",
)  # fmt: skip
_IMAGES = (
    ("canonical", "ubuntu-24_04-lts", "server", "batch.node.ubuntu 24.04", ()),
    ("canonical", "0001-com-ubuntu-server-jammy", "22_04-lts", "batch.node.ubuntu 22.04", ()),
    ("canonical", "0001-com-ubuntu-server-focal", "20_04-lts", "batch.node.ubuntu 20.04", ()),
    ("microsoft-dsvm", "ubuntu-hpc", "2204", "batch.node.ubuntu 22.04", ("DockerCompatible",)),
)
"""Images that programs look for: publisher, offer, SKU, node agent, capabilities. The node is this machine all the same."""


@operation("Pool_Add")
def add(context: Context, exchange: Exchange) -> Answer:
    """Pool_Add."""
    spec, now = {**POOL_DEFAULTS, **exchange.content}, clock.now()
    record = PoolRecord(spec["id"], spec, created=now, modified=now, resized=now)
    if not context.store.pools.add(record):
        raise errors.pool_exists()
    log.info("pool %s: its one node is this machine, whatever its size", record.id)
    if "startTask" in spec:
        log.warning("pool %s: its start task is kept and not run; this machine is as it is", record.id)
    url = render.pool_url(exchange.base, record.id)
    return Answer(201, (*render.version_headers(now), ("DataServiceId", url), ("Location", url)))


@operation("Pool_Get")
def get(context: Context, exchange: Exchange) -> Answer:
    """Pool_Get."""
    select = lists.selection(exchange)
    lists.expands(exchange, "stats")
    record = _find(context, exchange)
    conditions.check(exchange.condition, record.modified, reading=True)
    metadata = {"odata.metadata": f"{exchange.base}/$metadata#pools/@Element"}
    return json_answer(metadata | select(_shown(record, exchange.base)), render.version_headers(record.modified))


@operation("Pool_Exists")
def exists(context: Context, exchange: Exchange) -> Answer:
    """Pool_Exists."""
    record = _find(context, exchange)
    conditions.check(exchange.condition, record.modified, reading=True)
    return Answer(200, render.version_headers(record.modified))


@operation("Pool_List")
def list_(context: Context, exchange: Exchange) -> Answer:
    """Pool_List."""
    lists.expands(exchange, "stats")
    return _list(exchange, "pools", [_shown(one, exchange.base) for one in context.store.pools.all()], _VALUES)


@operation("Pool_Patch")
def patch(context: Context, exchange: Exchange) -> Answer:
    """Pool_Patch: replaces the members that are given."""
    return _changed(exchange, 200, _change(context, exchange, exchange.content or {}))


@operation("Pool_Resize")
def resize(context: Context, exchange: Exchange) -> Answer:
    """Pool_Resize: done at once, because no machine comes or goes."""
    if not any(name in exchange.content for name in _TARGETS):
        raise errors.missing_property(_TARGETS[0], f"One of {', '.join(_TARGETS)} must be given")
    sizes = {name: value for name, value in exchange.content.items() if name in (*_TARGETS, "resizeTimeout")}
    return _changed(exchange, 202, _change(context, exchange, sizes, resized=True))


@operation("Pool_StopResize")
def stop_resize(context: Context, exchange: Exchange) -> Answer:
    """Pool_StopResize: there is never one to stop."""
    return _changed(exchange, 202, _change(context, exchange, {}))


@operation("Pool_Delete")
def delete(context: Context, exchange: Exchange) -> Answer:
    """Pool_Delete. Its jobs stay, and their tasks run on this machine as before."""

    def check(record: PoolRecord) -> None:
        conditions.check(exchange.condition, record.modified, reading=False)

    if not context.store.pools.remove(exchange.ids[0], check):
        raise errors.pool_not_found()
    return Answer(202)


@operation("ComputeNode_List")
def list_nodes(context: Context, exchange: Exchange) -> Answer:
    """ComputeNode_List: this machine."""
    return _list(exchange, "nodes", [_node(context, _find(context, exchange), exchange.base)])


@operation("ComputeNode_Get")
def get_node(context: Context, exchange: Exchange) -> Answer:
    """ComputeNode_Get."""
    select = lists.selection(exchange)
    node = _node(context, _find(context, exchange), exchange.base)
    if exchange.ids[1].lower() != NODE_ID:
        raise errors.node_not_found()
    return json_answer({"odata.metadata": f"{exchange.base}/$metadata#nodes/@Element", **select(node)})


@operation("Account_ListSupportedImages")
def list_supported_images(context: Context, exchange: Exchange) -> Answer:
    """Account_ListSupportedImages."""
    return _list(exchange, "supportedimages", [_image(*one) for one in _IMAGES])


@operation("JobSchedule_List")
def list_job_schedules(context: Context, exchange: Exchange) -> Answer:
    """JobSchedule_List: there are none."""
    return _list(exchange, "jobschedules", [])


@operation("JobSchedule_Add")
def add_job_schedule(context: Context, exchange: Exchange) -> Answer:
    """JobSchedule_Add: refused, for nothing would run it."""
    raise errors.no_job_schedules(exchange.content["id"])


@operation("Application_List")
def list_applications(context: Context, exchange: Exchange) -> Answer:
    """Application_List: there are none."""
    return _list(exchange, "applications", [])


def _list(exchange: Exchange, name: str, items: list[render.Item], values: Any = None) -> Answer:
    body = lists.whole_list(exchange, items, values)
    return json_answer({"odata.metadata": f"{exchange.base}/$metadata#{name}", **body})


def _find(context: Context, exchange: Exchange) -> PoolRecord:
    record = context.store.pools.get(exchange.ids[0])
    if record is None:
        raise errors.pool_not_found()
    return record


def _change(context: Context, exchange: Exchange, members: dict[str, Any], *, resized: bool = False) -> PoolRecord:
    def change(record: PoolRecord) -> PoolRecord:
        conditions.check(exchange.condition, record.modified, reading=False)
        if resized and record.spec["enableAutoScale"]:
            raise errors.pool_scales_itself()
        now = clock.now()
        since = now if resized else record.resized
        return evolve(record, spec={**record.spec, **members}, modified=now, resized=since)

    record = context.store.pools.change(exchange.ids[0], change)
    if record is None:
        raise errors.pool_not_found()
    return record


def _changed(exchange: Exchange, status_code: int, record: PoolRecord) -> Answer:
    headers: Headers = (("DataServiceId", exchange.base + exchange.raw_path),)
    return Answer(status_code, (*render.version_headers(record.modified), *headers))


def _shown(record: PoolRecord, base: str) -> render.Item:
    spec = record.spec
    item: render.Item = {
        "id": record.id,
        **({"displayName": spec["displayName"]} if "displayName" in spec else {}),
        "url": render.pool_url(base, record.id),
        "eTag": clock.etag(record.modified),
        "lastModified": clock.to_text(record.modified),
        "creationTime": clock.to_text(record.created),
        "state": "active",
        "stateTransitionTime": clock.to_text(record.created),
        "allocationState": "steady",
        "allocationStateTransitionTime": clock.to_text(record.resized),
    }
    item.update((name, render.without_secrets(spec[name])) for name in _MEMBERS if name in spec)
    item["currentDedicatedNodes"] = spec["targetDedicatedNodes"]
    item["currentLowPriorityNodes"] = spec["targetLowPriorityNodes"]
    return item


def _node(context: Context, record: PoolRecord, base: str) -> render.Item:
    tasks, slots = context.store.pools.running(record.id)
    since = clock.to_text(record.created)
    return {
        "id": NODE_ID,
        "url": f"{render.pool_url(base, record.id)}/nodes/{NODE_ID}",
        "state": "running" if tasks else "idle",
        "schedulingState": "enabled",
        "stateTransitionTime": since,
        "lastBootTime": since,
        "allocationTime": since,
        "ipAddress": "127.0.0.1",
        "affinityId": f"TVM:{NODE_ID}",
        "vmSize": record.spec["vmSize"],
        "runningTasksCount": tasks,
        "runningTaskSlotsCount": slots,
        "isDedicated": bool(record.spec["targetDedicatedNodes"]) or not record.spec["targetLowPriorityNodes"],
    }


def _image(publisher: str, offer: str, sku: str, agent: str, capabilities: tuple[str, ...]) -> render.Item:
    return {
        "nodeAgentSKUId": agent,
        "imageReference": {"publisher": publisher, "offer": offer, "sku": sku, "version": "latest"},
        "osType": "linux",
        **({"capabilities": list(capabilities)} if capabilities else {}),
        "verificationType": "verified",
    }
