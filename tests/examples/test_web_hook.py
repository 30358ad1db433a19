"""The web hook adds what is posted, streams counts, and refuses what it should."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from batchtasks.testing import BatchFaults, RunningBatch
from examples import web_hook

pytestmark = pytest.mark.slow

TOKEN = {"Authorization": "Bearer let me in"}


@contextmanager
def running() -> Iterator[str]:
    """The hook on a socket of its own; gives its address."""
    server = uvicorn.Server(uvicorn.Config(web_hook.app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def hook(
    local_batch: RunningBatch, local_batch_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[httpx.Client]:
    monkeypatch.setenv("HOOK_TOKEN", "let me in")
    monkeypatch.setattr(web_hook, "POLL", 0.05)
    with local_batch.client() as client:
        client.job.add({"id": "job", "poolInfo": {"poolId": "any"}})
    with running() as url, httpx.Client(base_url=url, headers=TOKEN) as hook:
        yield hook


def json_lines(tasks: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(one) for one in tasks)


@pytest.mark.local_batch(run=False)
def test_posted_tasks_are_added(hook: httpx.Client, local_batch: RunningBatch) -> None:
    tasks = [{"id": f"t{number}", "commandLine": "true"} for number in range(250)]

    answer = hook.post("/jobs/job/tasks", content=json_lines(tasks) + "\n\n")

    assert (answer.status_code, answer.json()) == (200, {"added": 250, "existed": 0, "failed": []})
    with local_batch.client() as client:
        assert {one.id for one in client.task.list("job")} == {one["id"] for one in tasks}
    assert hook.post("/jobs/job/tasks", content=json_lines(tasks)).json()["existed"] == 250


def test_progress_ends_with_the_last_task(hook: httpx.Client) -> None:
    tasks = [{"id": f"t{number}", "commandLine": f"/bin/sh -c 'exit {number}'"} for number in range(2)]
    hook.post("/jobs/job/tasks", content=json_lines(tasks))

    with hook.stream("GET", "/jobs/job/progress") as answer:
        *_, last, end = "".join(answer.iter_text()).strip().split("\n\n")

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert json.loads(last.partition("data: ")[2]) == {"active": 0, "running": 0, "succeeded": 1, "failed": 1}
    assert end == "event: end\ndata: {}"


@pytest.mark.local_batch(run=False)
def test_a_task_that_cannot_be_is_named_and_the_others_are_in(hook: httpx.Client) -> None:
    tasks = [{"id": "good", "commandLine": "true"}, {"id": "no command"}]
    answer = hook.post("/jobs/job/tasks", content=json_lines(tasks))
    assert answer.status_code == 207
    assert answer.json()["added"] == 1
    assert [one["id"] for one in answer.json()["failed"]] == ["no command"]


@pytest.mark.parametrize(("line", "said"), [("{", "line 2 is not JSON"), ("[]", "line 2 is not a JSON object")])
def test_a_line_that_is_no_task_is_refused(hook: httpx.Client, line: str, said: str) -> None:
    answer = hook.post("/jobs/job/tasks", content='{"id": "a", "commandLine": "true"}\n' + line)
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize(("verb", "path"), [("POST", "/jobs/none/tasks"), ("GET", "/jobs/none/progress")])
def test_refusals_of_the_service_are_passed_on(hook: httpx.Client, verb: str, path: str) -> None:
    answer = hook.request(verb, path, content='{"id": "a", "commandLine": "true"}')
    assert (answer.status_code, answer.json()["code"]) == (404, "JobNotFound")


@pytest.mark.parametrize(("verb", "path"), [("POST", "/jobs/job/tasks"), ("GET", "/jobs/job/progress")])
@pytest.mark.parametrize("given", ["", "Bearer wrong", "let me in", "Bearer let me in!"])
def test_strangers_are_refused(hook: httpx.Client, verb: str, path: str, given: str) -> None:
    answer = hook.request(verb, path, headers={"Authorization": given})
    assert answer.status_code == 401


@pytest.mark.local_batch(run=False)
def test_a_busy_service_is_waited_for(hook: httpx.Client, batch_faults: BatchFaults) -> None:
    fault = batch_faults("busy", count=2, retry_after=0, operations=["Task_AddCollection"])
    answer = hook.post("/jobs/job/tasks", content='{"id": "a", "commandLine": "true"}')
    assert (answer.status_code, fault.hits) == (200, 2)
