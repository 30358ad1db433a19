"""`wait` until tasks have completed, and `watch` a job while they do: counts, rate, slots, and the newest failures."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal

from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, INCOMPLETE, REFUSED, brief, note
from batchtasks_cli.input import options as opt
from batchtasks_cli.input.selection import read_ids
from batchtasks_cli.output.columns import failure_of, reason_of
from batchtasks_cli.output.follow import last_lines
from batchtasks_cli.output.formats import write_json
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.report import list_failures
from batchtasks_cli.output.text import count, escape, show_moment, show_span

if TYPE_CHECKING:
    from rich.console import Group

    from batchtasks import BatchClient, WaitResult
    from batchtasks.models import CloudTask

# Of what `watch` shows: failures, and last lines of each.
_MOST_FAILURES, _LINES = 5, 3
# Where tasks fail by the thousand, which of them are the newest does not matter; reading them all would.
_MOST_READ = 2000
# The rate is that of so many polls; failures that are so much older than the newest are looked for again.
_POLLS, _OVERLAP = 30, timedelta(seconds=60)
_MEMBERS = ("id", "state", "stateTransitionTime", "executionInfo")
_COUNTS = ("active", "running", "succeeded", "failed")

Until = Literal["completed", "running"]


def wait(
    session: Session,
    job: opt.JobArg,
    tasks: opt.TasksArg = None,
    until: Annotated[Until, opt.option("--until", None, "State to wait for, or a later one.")] = "completed",
    timeout: opt.TimeoutOption = None,
    poll: opt.PollOption = None,
    fail_fast: Annotated[bool, opt.flag("--fail-fast", "Stop as soon as a task has failed.")] = False,
    as_json: opt.JsonFlag = False,
) -> int:
    """Wait until the named tasks, or all tasks of a job, have completed.

    The exit status is 1 if one of them has failed, or if the time runs out.
    """
    from batchtasks import WaitError, WaitTimeoutError, first_failure

    client, ids = session.open(many=True, reads=True), read_ids(tasks) if tasks else None
    try:
        with Ticker() as tick:
            stop = first_failure if fail_fast else None
            result = client.task.wait(
                job, ids, until=until, timeout=timeout, poll=poll, progress=tick, stop_when=stop, list_succeeded=False
            )
    except WaitError as error:
        _write(job, error.result, as_json, "timeout" if isinstance(error, WaitTimeoutError) else "job ended")
        raise
    _write(job, result, as_json, "failed" if result.stopped else "done")
    if ids is not None and len(ids) == len(result.missing) == 1:
        return REFUSED  # as for any command about a single task that does not exist
    return DONE if result.ok else INCOMPLETE


def _write(job: str, result: WaitResult, as_json: bool, end: str) -> None:
    seen, infos = result.progress, {name: task.execution_info for name, task in result.failures.items()}
    if as_json:
        failures = [
            {"id": name, "exitCode": getattr(info, "exit_code", None), "failure": failure_of(info)}
            for name, info in infos.items()
        ]
        counts = {name: getattr(seen, name) for name in ("total", "succeeded", "failed", "pending")}
        lists = {"missing": list(result.missing), "failures": failures, "pendingIds": list(result.pending)}
        write_json({"end": end, **counts, **lists})
        return
    more = {"running": len(result.running), "pending": seen.pending, "not found": seen.missing}
    words = [f"{seen.succeeded:,} succeeded", f"{seen.failed:,} failed"]
    words += [f"{number:,} {what}" for what, number in more.items() if number]
    sys.stdout.write(f"{', '.join(words)} of {count(seen.total, 'task')}.\n")
    failed = ((name, reason_of(infos[name])) for name in result.failed)
    list_failures(failed, sys.stdout, f": batchtasks list {job} --failed")
    list_failures(((name, "there is no such task") for name in result.missing), sys.stdout)


def watch(
    session: Session,
    job: opt.JobArg,
    interval: Annotated[opt.Span, opt.duration("--interval", "Time between polls (default: 2s).")] = None,
    forever: Annotated[bool, opt.flag("--forever", "Continue after all tasks have completed, until Ctrl-C.")] = False,
    as_json: opt.JsonFlag = False,
) -> int:
    """Watch a job until all its tasks have completed.

    The exit status is 1 if one of them has failed.

    On a terminal it shows a live view, elsewhere a line for every change; with --json a line of JSON for every poll.
    """
    from batchtasks import BatchTasksError

    reader = JobReader(session.open(many=True, reads=True), job)
    seen, before = reader.read(), dict[str, Any]()
    with ExitStack() as stack:
        show: Callable[[dict[str, Any], dict[str, Any]], object] = _write_news
        if as_json:
            show = lambda seen, before: write_json(seen, indent=None)  # noqa: E731
        elif sys.stdout.isatty():
            from rich.live import Live

            live = stack.enter_context(Live(auto_refresh=False))
            show = lambda seen, before: live.update(_picture(seen), refresh=True)  # noqa: E731
        while True:
            show(seen, before)
            sys.stdout.flush()
            total, done = _numbers_of(seen)
            # Nothing more will happen: all tasks have completed, or their job has.
            if not forever and (0 < total == done or (seen["state"] == "completed" and not seen["running"])):
                return INCOMPLETE if seen["failed"] or done < total else DONE
            time.sleep(2.0 if interval is None else max(0.1, interval.total_seconds()))
            before = seen
            try:
                seen = reader.read()
            except BatchTasksError as error:
                if not error.is_retriable:
                    raise
                note(f"{brief(error)} Trying again; Ctrl-C stops.")


def _write_news(seen: dict[str, Any], before: dict[str, Any]) -> None:
    """Write the line about the job if it is not the one before, and failures that were not there before."""
    if not before or _head(seen) != _head(before):
        sys.stdout.write(f"{show_moment(datetime.now(UTC))} {', '.join(_head(seen))}\n")
    for failure in seen["failures"]:
        if failure not in before.get("failures", []):
            sys.stdout.writelines(f"  {line}\n" for line in _lines_of(failure))


def _picture(seen: dict[str, Any]) -> Group:
    """Return what is shown on a terminal: a bar, the job, and the failures."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.progress_bar import ProgressBar
    from rich.text import Text

    total, done = _numbers_of(seen)
    failures = (Text("\n".join(_lines_of(failure)), style="red") for failure in seen["failures"])
    bar = Padding(ProgressBar(total=max(1, total), completed=done, width=50), 0)
    return Group(bar, *map(Text, _head(seen)), *failures)


def _numbers_of(seen: dict[str, Any]) -> tuple[int, int]:
    """Return how many tasks there are, and how many have completed."""
    return sum(seen[name] for name in _COUNTS), seen["succeeded"] + seen["failed"]


def _head(seen: dict[str, Any]) -> list[str]:
    """Return lines about a job: its tasks, slots and rate."""
    total, done = _numbers_of(seen)
    left = f", {show_span((total - done) / seen['rate'])} left" if seen["rate"] and done < total else ""
    return [
        f"job {seen['jobId']} is {seen['state']}: {done:,} of {count(total, 'task')} completed",
        ", ".join(f"{seen[name]:,} {name}" for name in _COUNTS),
        f"{seen['slots']['running']:,} slots in use, {seen['slots']['active']:,} needed by active tasks",
        "rate not known yet" if seen["rate"] is None else f"{seen['rate']:,.1f} tasks/s{left}",
    ]


def _lines_of(failure: dict[str, Any]) -> list[str]:
    lines = [f"{failure['id']}: {failure['what']}", *(f"  {line}" for line in failure["stderr"])]
    return [escape(line) for line in lines]


class JobReader:
    """Reads a job again and again, with as few requests as possible."""

    def __init__(self, client: BatchClient, job: str) -> None:
        self._client, self._job = client, job
        self._done: deque[tuple[float, int]] = deque(maxlen=_POLLS)
        # The newest failures by time and id, and how many there were when they were read.
        self._failures: dict[tuple[datetime, str], dict[str, Any]] = {}
        self._known_failed = 0

    def read(self) -> dict[str, Any]:
        """Read it once; return what --json writes."""
        state = str(self._client.job.get(self._job, select="id,state").state or "")
        found = self._client.job.get_task_counts(self._job)
        counts = _numbers(found.task_counts, *_COUNTS)
        slots = _numbers(found.task_slot_counts, "running", "active")
        if counts["failed"] != self._known_failed:
            self._read_failures()
            self._known_failed = counts["failed"]
        rate = self._rate(counts["succeeded"] + counts["failed"])
        failures = list(reversed(self._failures.values()))
        return {"jobId": self._job, "state": state, **counts, "slots": slots, "rate": rate, "failures": failures}

    def _rate(self, done: int) -> float | None:
        """Return the completed tasks per second over the latest polls."""
        self._done.append((time.monotonic(), done))
        (since, before), (now, _) = self._done[0], self._done[-1]
        return max(0.0, (done - before) / (now - since)) if now > since else None

    def _read_failures(self) -> None:
        from batchtasks import F

        which = F.result == "failure"
        if self._failures:
            which &= F.state_transition_time >= max(self._failures)[0] - _OVERLAP
        found = islice(self._client.task.list(self._job, filter=which, select=_MEMBERS), _MOST_READ)
        for when, task in sorted(((_when(task), task) for task in found), key=itemgetter(0))[-_MOST_FAILURES:]:
            if (when, task.id) not in self._failures:
                stderr = last_lines(self._client, (self._job, task.id, "stderr.txt"), _LINES)
                failure = {"id": task.id, "what": reason_of(task.execution_info), "stderr": stderr}
                self._failures[when, task.id] = failure
        self._failures = dict(sorted(self._failures.items(), key=itemgetter(0))[-_MOST_FAILURES:])


def _numbers(found: object, *names: str) -> dict[str, int]:
    return {name: getattr(found, name, None) or 0 for name in names}


def _when(task: CloudTask) -> datetime:
    moment = task.state_transition_time
    return moment if isinstance(moment, datetime) else datetime.min.replace(tzinfo=UTC)
