"""What the page asks below `/_jobs`: who may ask, and that the answers agree with the tasks."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks_local.domain import clock, exits
from batchtasks_local.domain.records import Outcome
from batchtasks_local.store import overview
from batchtasks_local.store.overview import Overview, OverviewTimeoutError, Search
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.store import FinishedRun, Store
from tests.service.api import Api, error, make_api

PATHS = ("/_jobs", *(f"/_jobs/job1/{name}" for name in ("tasks", "failures", "history", "waiting", "dependants")))


def ask(api: Api, path: str) -> Any:
    answer = api.get(path, bare=True)
    assert answer.status_code == 200, answer.text
    return answer.json()


def start_all(store: Store) -> list[tuple[int, int, str]]:
    capacity = Capacity(100, 100, lambda job_id, task_id: True, lambda record, task: {})
    return [(task.seq, task.run, task.id) for task, _ in store.advance([], capacity)]


def end(store: Store, started: list[tuple[int, int, str]], outcomes: dict[str, Outcome]) -> None:
    runs = [FinishedRun(seq, run, clock.now(), outcomes[name]) for seq, run, name in started if name in outcomes]
    store.advance(runs, None)


@pytest.mark.parametrize("path", PATHS)
def test_only_who_may_use_the_account(api: Api, path: str) -> None:
    """No new door: unsigned, foreign and rebound requests are refused as those of any operation are."""
    api.job()
    error(api.get(path, bare=True, auth=None), 401, "AuthenticationFailed")
    rebound = {"Host": "rebound.example", "Authorization": "Bearer any"}
    error(api.get(path, bare=True, headers=rebound, auth=None), 400, "InvalidHeaderValue")
    for verb in ("POST", "PUT", "DELETE", "PATCH"):
        error(api.send(verb, path, bare=True), 405, "UnsupportedHttpVerb")


@pytest.mark.parametrize(
    ("query", "name"),
    [("sort=size", "sort"), ("state=lost", "state"), ("limit=0", "limit"), ("limit=x", "limit"), ("after=x", "after")],
)
def test_bad_questions(api: Api, query: str, name: str) -> None:
    api.job()
    values = error(api.get(f"/_jobs/job1/tasks?{query}", bare=True), 400, "InvalidQueryParameterValue")
    assert values["QueryParameterName"] == name


def test_what_does_not_exist(api: Api) -> None:
    for path in PATHS[1:]:
        error(api.get(path, bare=True), 404, "JobNotFound")
    error(api.get("/_jobs/job1/elsewhere", bare=True), 404, "ResourceNotFound")


def test_jobs_with_counts(api: Api) -> None:
    """The newest first, a hundred at a time, found by a part of id or display name."""
    for n in range(103):
        api.job(f"job-{n}", displayName=f"Film {n}")
    api.tasks(3, "job-102")
    found = ask(api, "/_jobs")
    assert [job["id"] for job in found["value"]][:2] == ["job-102", "job-101"]
    assert found["value"][0]["active"] == 3
    rest = ask(api, f"/_jobs?before={found['before']}")
    assert [job["id"] for job in rest["value"]] == ["job-2", "job-1", "job-0"]
    assert rest["before"] is None
    assert [job["id"] for job in ask(api, "/_jobs?search=FILM+10")["value"]] == [
        "job-102",
        "job-101",
        "job-100",
        "job-10",
    ]
    assert ask(api, "/_jobs?search=%25")["value"] == []


def test_failures_in_groups(api: Api) -> None:
    """By exit code and failure code; the latest task of each group is named."""
    api.job()
    api.tasks(6)
    store = api.context.store
    failure = exits.failure_info("FailureExitCode", "text")
    started = start_all(store)
    for names, outcome in (
        (("t1", "t0", "t2"), Outcome(3, failure)),
        (("t3",), Outcome(4, failure)),
        (("t4",), Outcome(None, exits.failure_info("CommandProgramNotFound", "no program"))),
        (("t5",), Outcome(0)),
    ):
        for name in names:
            end(store, started, {name: outcome})
    groups = ask(api, "/_jobs/job1/failures")["value"]
    assert [(one["exitCode"], one["code"], one["count"], one["id"]) for one in groups] == [
        (3, "FailureExitCode", 3, "t2"),
        (None, "CommandProgramNotFound", 1, "t4"),
        (4, "FailureExitCode", 1, "t3"),
    ]
    group = ask(api, "/_jobs/job1/tasks?failure=FailureExitCode&exitCode=3")
    assert group["ids"] == ["t0", "t1", "t2"]
    assert ask(api, "/_jobs/job1/tasks?failure=CommandProgramNotFound")["ids"] == ["t4"]


def test_the_use_of_slots(api: Api) -> None:
    """The mean of each bucket times its length is the time that tasks ran."""
    api.job()
    api.tasks(4)
    store = api.context.store
    empty = {"from": 9, "step": 0, "slots": [], "succeeded": [], "failed": []}
    assert Overview(store.database).history("job1", 7, 9) == empty
    started = start_all(store)
    failure = exits.failure_info("FailureExitCode", "text")
    for n in range(4):
        end(store, started, {f"t{n}": Outcome(n % 2, failure if n % 2 else None)})
    found = Overview(store.database).history("job1", 7, clock.now())
    assert found is not None
    assert (sum(found["succeeded"]), sum(found["failed"])) == (2, 2)
    tasks = store.list_tasks("job1", None, "", 10)
    first = min(task.started or 0 for task in tasks)
    last = max(task.ended or 0 for task in tasks) + 1
    lengths = [min((n + 1) * found["step"], last - first) - n * found["step"] for n in range(len(found["slots"]))]
    used = sum(mean * length for mean, length in zip(found["slots"], lengths, strict=True))
    assert used == pytest.approx(sum((task.ended or 0) - (task.started or 0) for task in tasks), rel=0.02, abs=5)


def test_what_tasks_wait_for(api: Api) -> None:
    api.job(usesTaskDependencies=True)
    specs: list[dict[str, Any]] = [{"id": name, "commandLine": "true"} for name in ("a", "1", "2")]
    specs += [
        {"id": "b", "commandLine": "true", "dependsOn": {"taskIds": ["A", "ghost"]}},
        {"id": "c", "commandLine": "true", "dependsOn": {"taskIdRanges": [{"start": 1, "end": 3}]}},
    ]
    api.post("/jobs/job1/addtaskcollection", {"value": specs})
    waiting = ask(api, "/_jobs/job1/waiting?ids=a,b,c,none")
    assert set(waiting) == {"b", "c"}
    assert waiting["b"]["unmet"] == 2
    states = {one["id"]: one["state"] for one in waiting["b"]["tasks"]}
    assert states == {"a": "active", "ghost": None}
    assert waiting["c"]["ranges"] == [{"start": 1, "end": 3, "missing": 3}]
    assert ask(api, "/_jobs/job1/dependants?task=a") == {"ids": ["b"], "complete": True}
    assert ask(api, "/_jobs/job1/dependants?task=2")["ids"] == ["c"]
    assert ask(api, "/_jobs/job1/dependants?task=4")["ids"] == []


def test_a_slow_question_is_ended(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is free again afterwards."""
    api.job()
    api.tasks(2000)
    monkeypatch.setattr(overview, "TIME_LIMIT", -1.0)
    monkeypatch.setattr(overview, "_STEPS", 100)
    error(api.get("/_jobs/job1/tasks?sort=name", bare=True), 500, "OperationTimedOut")
    with pytest.raises(OverviewTimeoutError):
        Overview(api.context.store.database).count("job1", Search(text="x", sort="added", descending=False, limit=50))
    assert api.get("/jobs/job1/tasks").status_code == 200


@given(st.data())
@settings(max_examples=25)
def test_pages_in_any_order(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """All pages together are all tasks that match, once each, in the order asked for, whatever the size of a page."""
    folder: Path = tmp_path_factory.mktemp("pages")
    api = make_api(folder)
    names = data.draw(st.lists(st.sampled_from(["", "Fran_k", "50%", "ÄPFEL"]), min_size=1, max_size=12))
    api.job()
    specs = [
        {"id": f"t{n}", "commandLine": "true"} | ({"displayName": name} if name else {}) for n, name in enumerate(names)
    ]
    api.post("/jobs/job1/addtaskcollection", {"value": specs})
    started = start_all(api.context.store)
    codes = data.draw(st.lists(st.integers(0, 2), min_size=len(started), max_size=len(started)))
    failure = exits.failure_info("FailureExitCode", "text")
    ended = data.draw(st.integers(0, len(started)))
    outcomes = {one[2]: Outcome(code, failure if code else None) for one, code in zip(started, codes, strict=True)}
    end(api.context.store, started[:ended], outcomes)
    sort, text = (
        data.draw(st.sampled_from(sorted(overview.SORT_KEYS))),
        data.draw(st.sampled_from(["", "T1", "k", "%", "_"])),
    )
    down, limit = data.draw(st.booleans()), data.draw(st.integers(1, 5))
    query = f"sort={sort}&descending={str(down).lower()}&limit={limit}&search={quote(text)}"
    ids, after = [], ""
    for _ in range(20):
        page = ask(api, f"/_jobs/job1/tasks?{query}{after}")
        ids += page["ids"]
        if page["after"] is None:
            break
        after = f"&after={page['after']}"
    api.close()
    matching = {f"t{n}" for n, name in enumerate(names) if text.lower() in f"t{n}" or text.lower() in name.lower()}
    assert sorted(ids) == sorted(matching)
    if sort == "added":
        assert ids == sorted(ids, key=lambda one: int(one[1:]), reverse=down)
    if sort == "exitCode":
        with_code = [one for one in ids if one in {run[2] for run in started[:ended]}]
        known = [outcomes[one].exit_code or 0 for one in with_code]
        assert known == sorted(known, reverse=down)
        assert ids[: len(known)] == with_code
