"""Requests made from the specification itself, by schemathesis: never a 5xx, and every answer as it is written there.

For each API version and operation there are cases that the document allows and cases that it does not. They go to a job
with tasks and files that are there, or most of them would be 404; what ends or deletes something gets one of its own. The
service runs no tasks meanwhile: command lines are random text.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from attrs import define, field
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from batchtasks_local import LocalBatch, Settings
from batchtasks_local.domain import clock
from batchtasks_local.domain.records import Outcome
from batchtasks_local.runner.files.directories import NODE_ID
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.store import FinishedRun

DOCUMENTS = {
    path.stem: path.read_bytes()
    for path in sorted((Path(__file__).parents[4] / "generated" / "openapi" / "json").glob("*.json"))
}
VERSIONS = list(DOCUMENTS)
OPERATIONS = sorted(
    part["operationId"]
    for path in json.loads(DOCUMENTS[VERSIONS[0]])["paths"].values()
    for part in path.values()
    if isinstance(part, dict) and "operationId" in part
)
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


def checks_of(operation: str) -> list[Any]:
    """Return the checks of an operation.

    A file may be of any type, which a document cannot say of an answer that is also of a known one. A HEAD that fails has no
    Content-Type (recorded).
    """
    any_type = operation == "File_GetFromTask" or operation in HEADS
    return [check for check in CHECKS if not any_type or check is not checks.content_type_conformance]


FILTERS = {
    "Task_List": ["state eq 'active'", "startswith(id,'t') and (executionInfo/exitCode ge 0 or state ne 'running')"],
    "Job_List": ["state eq 'active'", "creationTime ge DateTime'2020-01-01T00:00:00Z' or id eq 'x'"],
    "File_ListFromTask": ["startswith(name,'wd/')"],
}
# What a job must have for an operation; else it is 409.
NEEDED = {"Job_ListPreparationAndReleaseTaskStatus": {"jobPreparationTask": {"commandLine": "true"}}}
HEADS = {"File_GetPropertiesFromTask", "Pool_Exists"}
CONDITIONS = {
    "If-Match": ["*", "0x1", '"0x8DC0DBE42D1E1FE"'],
    "If-None-Match": ["*", "0x1"],
    "If-Modified-Since": ["Fri, 05 Jan 2024 07:16:39 GMT", "Fri, 05 Jan 2124 07:16:39 GMT"],
    "If-Unmodified-Since": ["Fri, 05 Jan 2024 07:16:39 GMT", "Fri, 05 Jan 2124 07:16:39 GMT"],
}


def document(version: str) -> dict[str, Any]:
    """A document as schemathesis shall read it: what it says in members of its own is said in plain JSON Schema."""
    read: dict[str, Any] = json.loads(DOCUMENTS[version])
    for part in _objects(read):
        if "x-written-as" in part:  # a client may write it in any letter case; answers have the service's
            part["enum"] = list(dict.fromkeys([*part["enum"], *part["x-written-as"].values()]))
        # Answers have no other members, and none else are taken. A part without a type is a rule about some members.
        if part.get("type") == "object" and "properties" in part and "allOf" not in part:
            part.setdefault("additionalProperties", False)
        if part.get("format") == "duration":  # the largest one of the service is beyond RFC 3339's grammar
            part["format"] = "batch-duration"
    return read


@lru_cache
def schema(version: str) -> Any:
    """The same for schemathesis, which takes a second."""
    return schemathesis.openapi.from_dict(document(version))


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    for inside in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _objects(inside)


def _duration(span: timedelta) -> str:
    return f"P{span.days}DT{span.seconds}.{span.microseconds:06}S"


schemathesis.openapi.format(
    "batch-duration",
    st.timedeltas(timedelta(0), timedelta(days=3650)).map(_duration) | st.just("P10675199DT2H48M5.4775807S"),
)


@define
class Place:
    """A service with one job, whose tasks t0 to t9 have run and left files; it makes more of both when asked."""

    batch: LocalBatch
    session: requests.Session = field(factory=requests.Session)
    made: int = 0

    def post(self, path: str, body: Any) -> None:
        answer = self.session.post(
            f"{self.batch.url}{path}?api-version=2025-06-01",
            data=json.dumps(body),
            headers={"Authorization": "Bearer x", "Content-Type": "application/json"},
            timeout=30,
        )
        assert answer.ok, answer.text

    def new_job(self, **members: Any) -> str:
        self.made += 1
        job_id = f"job{self.made}"
        self.post("/jobs", {"id": job_id, "poolInfo": {"poolId": "pool1"}, "usesTaskDependencies": True, **members})
        return job_id

    def disable(self, job_id: str) -> None:
        """Disable a job at once: it waits for nothing, as none of its tasks runs."""
        self.post(f"/jobs/{job_id}/disable", {"disableTasks": "requeue"})

    def ids_of_pool(self) -> dict[str, str]:
        """The ids of a new pool and of its node."""
        self.made += 1
        self.post("/pools", {"id": f"pool{self.made}", "vmSize": "standard_d2_v2"})
        return {"poolId": f"pool{self.made}", "nodeId": NODE_ID}

    def new_task(self, job_id: str, *, completed: bool) -> str:
        """A task; a completed one has failed, has a failureInfo and files, and can be reactivated."""
        self.made += 1
        task_id = f"t{self.made}"
        self.post(f"/jobs/{job_id}/tasks", {"id": task_id, "commandLine": "false"})
        if completed:
            running = self.batch.service
            node = {"affinityId": "TVM:n", "poolId": "pool1", "nodeId": "n", "taskRootDirectory": "workitems"}
            capacity = Capacity(99, 99, lambda job, task: task == task_id, lambda job, task: node)
            # Also the manager tasks of jobs that were generated.
            started = [task for task, _ in running.store.advance([], capacity)]
            ends = [FinishedRun(task.seq, task.run, clock.now(), Outcome(exit_code=1)) for task in started]
            running.store.advance(ends, None)
            folder = running.runner.task_dir(job_id, task_id)
            (folder / "wd").mkdir(parents=True)
            for name in ("stdout.txt", "wd/out.txt"):
                (folder / name).write_text("some text")
        return task_id


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """A service with `job1`, a task that waits and one that has failed."""
    with LocalBatch(Settings(run=False)) as batch:
        made = Place(batch)
        yield made
        made.session.close()


def settle(case: Any, place: Place, version: str, chance: random.Random, *, wild: bool) -> None:
    """Make a case's request one that can reach something; a wild one keeps most of what was made up for it."""
    operation = case.operation.definition.raw["operationId"]
    case.query["api-version"] = version
    parameters = case.path_parameters
    if "jobId" in parameters and not (wild and chance.random() < 0.3):
        # a job that takes any exit options; without such a task's failure would end it
        acts = {} if "taskId" in parameters else {"onTaskFailure": "performexitoptionsjobaction"}
        parameters["jobId"] = place.new_job(**acts, **NEEDED.get(operation, {}))
        if "taskId" in parameters:
            completed = operation != "Task_Terminate" and chance.random() < 0.9
            parameters["taskId"] = place.new_task(parameters["jobId"], completed=completed)
        if "filePath" in parameters:
            parameters["filePath"] = chance.choice(["stdout.txt", "wd%2Fout.txt", "stdout.txt", "wd"])
    parameters.update(
        {name: value for name, value in ({} if wild else place.ids_of_pool()).items() if name in parameters}
    )
    if wild:
        return
    if "$filter" in case.query and operation in FILTERS:
        case.query["$filter"] = chance.choice(FILTERS[operation])
    if "$select" in case.query:
        case.query["$select"] = chance.choice(["id", "id,state", "stateTransitionTime"])
    for name in ("ocp-date", "Authorization", *CONDITIONS):
        case.headers.pop(name, None)
    names = [name for name in CONDITIONS if name in str(case.operation.definition.raw)]
    if names and chance.random() < 0.3:
        name = chance.choice(names)
        case.headers[name] = chance.choice(CONDITIONS[name])
    if isinstance(case.body, dict):
        settle_body(case, place, operation, chance)


def settle_body(case: Any, place: Place, operation: str, chance: random.Random) -> None:
    """Make a body one that is not refused for what is there already."""
    # Most ids are new: those made up are often the same, and all versions add to one service.
    if operation in ("Job_Add", "Pool_Add") and chance.random() < 0.9:
        case.body["id"] = f"{place.made}-{case.body.get('id', '')}"[:64]
    # An update names a pool always, and only a disabled job goes to another one; that of an active job is 409.
    if operation == "Job_Update":
        kind = chance.choice(["its own pool", "disabled", "any pool while it is active"])
        if kind == "its own pool":
            case.body = {**case.body, "poolInfo": {"poolId": "pool1"}}
        elif kind == "disabled":
            place.disable(case.path_parameters["jobId"])


def run(place: Place, version: str, operation_id: str, mode: GenerationMode, examples: int) -> Counter[int]:
    """Send so many cases of an operation; the statuses of the answers."""
    operation = schema(version).find_operation_by_id(operation_id)
    seen: Counter[int] = Counter()
    chance = random.Random(f"{version} {operation_id}")

    @settings(
        max_examples=examples, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=True,
    )  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode))
    def each(case: Any) -> None:
        settle(case, place, version, chance, wild=mode is GenerationMode.NEGATIVE)
        answer = case.call(
            base_url=place.batch.url, session=place.session, headers={"Authorization": "Bearer x"}, timeout=30
        )
        case.validate_response(answer, checks=checks_of(operation_id))
        seen[answer.status_code] += 1

    each()
    return seen


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_few(place: Place, operation: str) -> None:
    """Some cases by the book for each operation, and one with something wrong; the slow tests send many."""
    run(place, VERSIONS[-1], operation, GenerationMode.POSITIVE, 3)
    run(place, VERSIONS[-1], operation, GenerationMode.NEGATIVE, 1)


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("version", VERSIONS)
def test_what_the_document_allows(place: Place, version: str, operation: str) -> None:
    """Many, for each version; what is there is found, and at least a part is carried out."""
    seen = run(place, version, operation, GenerationMode.POSITIVE, 25)
    assert seen[404] <= seen.total() / 2
    # Nothing would run a job schedule, so none is added.
    least = 0 if operation == "JobSchedule_Add" else seen.total() / 10
    assert sum(count for status, count in seen.items() if status < 300) >= least


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("version", VERSIONS)
def test_what_it_does_not_allow(place: Place, version: str, operation: str) -> None:
    """Many with something wrong in them; most are refused."""
    is_collection = operation == "Task_AddCollection"  # with a task that is refused in it, its status is still 200
    seen = run(place, version, operation, GenerationMode.NEGATIVE, 5 if is_collection else 15)
    assert sum(count for status, count in seen.items() if status >= 400) >= (1 if is_collection else seen.total() / 3)
