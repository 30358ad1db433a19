"""Both clients against the local service, on a real socket, with tasks that really run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from batchtasks import F, JobF, SharedKeyCredential, WaitTimeoutError, if_match, if_unmodified_since, task
from batchtasks import errors as e
from batchtasks.models import TaskConstraints
from batchtasks.testing import RunningBatch
from tests.batchtasks.support import KEY, Mode

VERSIONS = ["2022-01-01.15.0", "2024-02-01.19.0", "2024-07-01.20.0", "2025-06-01"]


class At:
    """One client at the local service: every use is a client of its own."""

    def __init__(self, mode: Mode, batch: RunningBatch) -> None:
        self._mode = mode
        self._batch = batch

    def __call__(self, use: Any, **options: Any) -> Any:
        return self._mode.run(use, **{"url": self._batch.url, "credential": self._batch.credential, **options})


@pytest.fixture
def at(mode: Mode, session_local_batch: RunningBatch) -> At:
    return At(mode, session_local_batch)


@pytest.fixture
def job(at: At, request: pytest.FixtureRequest) -> Iterator[str]:
    name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name)[:60]
    at(lambda c: c.job.add({"id": name, "poolInfo": {"poolId": "any"}, "usesTaskDependencies": True}))
    yield name
    at(lambda c: c.job.delete(name))


def test_the_life_of_a_task(at: At, job: str) -> None:
    at(lambda c: c.task.add(job, task("t1", "/bin/sh -c 'echo $A; exit 3'", env={"A": "hello"})))
    result = at(lambda c: c.task.wait(job, timeout=30))
    assert result.failed == ("t1",)
    assert result.failures["t1"].execution_info.exit_code == 3
    assert at(lambda c: c.file.get_from_task(job, "t1", "stdout.txt")) == b"hello\n"
    before = at(lambda c: c.task.get(job, "t1"))
    assert at(lambda c: c.task.get_if_changed(job, "t1", before)) is None
    written = at(lambda c: c.task.update_with(job, "t1", lambda found: TaskConstraints(max_task_retry_count=1)))
    assert written.max_task_retry_count == 1
    after = at(lambda c: c.task.get_if_changed(job, "t1", before))
    assert after.constraints.max_task_retry_count == 1
    with pytest.raises(e.ConditionNotMetError):
        at(lambda c: c.task.reactivate(job, "t1", condition=if_match(before)))
    at(lambda c: c.task.reactivate(job, "t1", condition=if_match(after)))
    result = at(lambda c: c.task.wait(job, "t1", timeout=30))
    assert result.failures["t1"].execution_info.retry_count == 1
    with pytest.raises(e.TaskCompletedError):
        at(lambda c: c.task.terminate(job, "t1"))
    at(lambda c: c.task.delete(job, "t1"))
    with pytest.raises(e.TaskNotFoundError):
        at(lambda c: c.task.get(job, "t1"))


def test_lists_of_many_pages(at: At, job: str) -> None:
    at(lambda c: c.task.add_collection(job, (task(f"t{n:03}", "true") for n in range(110))))
    at(lambda c: c.task.wait(job, timeout=60))
    found = at(lambda c: c.task.list(job, max_results=10, select=["id", "state"]))
    assert sorted(one.id for one in found) == [f"t{n:03}" for n in range(110)]
    wanted = ((F.id >= "t050") & (F.id < "t055")) | F.id.startswith("t10")
    found = at(lambda c: c.task.list(job, filter=wanted & (F.state == "completed"), max_results=4, select=["id"]))
    assert len(found) == 15
    assert at(lambda c: c.task.list(job, filter=F.exit_code != 0)) == []
    assert [one.id for one in at(lambda c: c.job.list(filter=JobF.id == job))] == [job]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_with_both_names_of_the_server_timeout(at: At, version: str) -> None:
    assert isinstance(at(lambda c: c.job.list(max_results=1), api_version=version, server_timeout=20), list)


def test_waiting_for_many_single_tasks(at: At, job: str) -> None:
    at(lambda c: c.task.add_collection(job, [task(f"t{n}", "sleep 0.01") for n in range(60)]))
    result = at(lambda c: c.task.wait(job, [f"T{n}" for n in range(50)], timeout=60))
    assert len(result.succeeded) == 50


def test_waiting_in_vain(at: At, job: str) -> None:
    at(lambda c: c.task.add(job, task("late", "true", depends_on="nobody")))
    with pytest.raises(WaitTimeoutError, match=r"1 of 1 tasks .* are pending: late"):
        at(lambda c: c.task.wait(job, timeout=0.3))
    assert at(lambda c: c.task.terminate_many(job, ["late"])).done == 1


def test_files_of_any_size(at: At, job: str, tmp_path: Path) -> None:
    at(lambda c: c.task.add(job, task("big", "/bin/sh -c 'seq 1 200000 > big.txt'")))
    at(lambda c: c.task.wait(job, timeout=60))
    pieces = at(lambda c: c.file.stream_from_task(job, "big", "wd/big.txt", chunk_size=100_000))
    content = b"".join(pieces)
    assert content.split() == [str(n).encode() for n in range(1, 200_001)]
    assert len(pieces) > 10
    size = at(lambda c: c.file.save_from_task(job, "big", "wd/big.txt", tmp_path / "big.txt"))
    assert (
        size == len(content) == at(lambda c: c.file.get_properties_from_task(job, "big", "wd/big.txt")).content_length
    )
    assert (tmp_path / "big.txt").read_bytes() == content
    assert at(lambda c: c.file.get_properties_from_task(job, "big", "wd")).additional_properties["isDirectory"]
    with pytest.raises(e.TaskFileNotFoundError):
        at(lambda c: c.file.get_properties_from_task(job, "big", "nope"))


def test_refusals_of_the_real_thing(at: At, job: str) -> None:
    with pytest.raises(e.AuthenticationError, match="string to sign"):
        at(lambda c: c.task.list(job), credential=SharedKeyCredential("localbatch", KEY))
    with pytest.raises(e.JobNotFoundError):
        at(lambda c: c.task.add("no-such-job", task("t", "true")))
    at(lambda c: c.task.add(job, task("t", "true")))
    with pytest.raises(e.AlreadyExistsError):
        at(lambda c: c.task.add(job, task("T", "true")))
    with pytest.raises(e.InvalidRequestError) as caught:
        at(lambda c: c.task.list(job, filter="nonsense"))
    assert caught.value.status_code == 400
    with pytest.raises(e.ConditionNotMetError):
        at(lambda c: c.task.update(job, "t", condition=if_unmodified_since("2020-01-01T00:00Z")))
    found = at(lambda c: c.task.raw.get(job, "t"))
    assert found.value.constraints.retention_time == timedelta(days=7)


def test_more_reads_at_once_than_httpx_keeps_connections(session_local_batch: RunningBatch) -> None:
    async def main() -> int:
        async with session_local_batch.async_client() as client:
            await client.job.add({"id": "at-once", "poolInfo": {"poolId": "any"}})
            await client.task.add("at-once", task("t", "true"))
            found = await asyncio.gather(*(client.task.get("at-once", "t", select="id") for _ in range(120)))
            await client.job.delete("at-once")
            return len(found)

    assert asyncio.run(main()) == 120
