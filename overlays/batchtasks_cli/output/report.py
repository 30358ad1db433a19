"""What became of many tasks: the sentence, the JSON document, the list of failures, and the exit status."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from batchtasks_cli.errors import DONE, INCOMPLETE, UNREACHABLE, brief, explain, print_error, status_of_error
from batchtasks_cli.output.formats import write_json
from batchtasks_cli.output.text import one_line

if TYPE_CHECKING:
    from batchtasks import BulkReport, TaskOutcome

_MOST_SHOWN = 10
_BEFORE = {
    "added": "existed before",
    "deleted": "did not exist",
    "terminated": "had completed before",
    "reactivated": "had not completed yet",
}


def status_of(report: BulkReport, *, named: bool = False) -> int:
    """Return the exit status for a report; `named` says that a task that does not exist is a mistake."""
    from batchtasks import NoAnswerError

    if report.ok:
        return INCOMPLETE if named and report.verb == "deleted" and report.existed else DONE
    if report.stopped is not None:
        return status_of_error(report.stopped)
    left = [*report.failed, *report.unknown]
    unanswered = not report.added and not report.existed and all(isinstance(each.error, NoAnswerError) for each in left)
    return UNREACHABLE if unanswered else INCOMPLETE


def write_report(
    report: BulkReport,
    as_json: bool,
    *,
    unread: int = 0,
    then: str = "",
    named: bool = False,
    more: Mapping[str, Any] | None = None,
) -> int:
    """Write the result to standard output and what went wrong to standard error; return the exit status.

    `unread` is the number of tasks that were not taken from the input. `then` says what to do after the reason for the end
    is gone. `named` says that the user named the tasks. `more` are members for the JSON document.
    """
    unsent = len(report.unsent) + unread
    if as_json:
        write_json({**document_of(report, unsent), **(more or {})})
    else:
        counts = {
            _BEFORE.get(report.verb, "were so before"): report.existed,
            "failed": len(report.failed),
            "of unknown outcome": len(report.unknown),
            "not sent": unsent,
        }
        parts = [
            f"{report.added:,} {report.verb}",
            *(f"{number:,} {what}" for what, number in counts.items() if number),
        ]
        sys.stdout.write(f"{', '.join(parts)} (job {report.job_id}, {report.seconds:.1f} s).\n")
    # After Ctrl-C it is clear why the outcome of some is unknown.
    for outcomes in (report.failed, [] if isinstance(report.stopped, KeyboardInterrupt) else report.unknown):
        list_failures((_name(each), _reason(each)) for each in outcomes if not _is_same(each.error, report.stopped))
    if isinstance(report.stopped, Exception):
        error = explain(report.stopped)
        remedy = error.remedy if "run the same command again" in error.remedy else f"{error.remedy} {then}"
        print_error(f"the work was ended: {error.what}", remedy)
    return status_of(report, named=named)


def do_one(act: Callable[[str, Any], object], job: str, task: Any, done: str, as_json: bool) -> int:
    """Do something to a single task, given by its id or whole, and write that it was done; in JSON as for many."""
    from batchtasks import BulkReport

    began = time.monotonic()
    act(job, task)
    if as_json:
        seconds = time.monotonic() - began
        write_json(document_of(BulkReport(job_id=job, verb=done, added=1, requests=1, seconds=seconds), 0))
    else:
        sys.stdout.write(f"Task {getattr(task, 'id', task)} was {done}.\n")
    return DONE


def list_failures(failures: Iterable[tuple[str, str]], to: TextIO | None = None, where: str = "") -> None:
    """Write the first failures, names and reasons, to standard error, and how many more there are, and `where`."""
    number = 0
    for number, (name, reason) in enumerate(failures, 1):
        if number <= _MOST_SHOWN:
            print(f"  {one_line(name)}: {one_line(reason)}", file=to or sys.stderr)
    if number > _MOST_SHOWN:
        print(f"  and {number - _MOST_SHOWN:,} more{where}", file=to or sys.stderr)


def _is_same(error: Exception | None, stopped: BaseException | None) -> bool:
    """Return whether a task failed for what ended the whole call, which is written once."""
    from batchtasks import ServiceError

    if not isinstance(error, ServiceError) or not isinstance(stopped, ServiceError):
        return False
    return (error.code, error.message, error.values) == (stopped.code, stopped.message, stopped.values)


def _name(outcome: TaskOutcome) -> str:
    """Return the id of a task, or the line of the input that it should have come from."""
    return getattr(outcome.task, "place", None) or outcome.name


def _reason(outcome: TaskOutcome) -> str:
    return getattr(outcome.task, "reason", None) or brief(outcome.error)


def document_of(report: BulkReport, unsent: int) -> dict[str, Any]:
    """Return the report for programs."""
    done, before = ("added", "existed") if report.verb == "added" else ("done", "already")
    stopped = report.stopped
    lists = {
        name: [
            {"id": each.task_id or _name(each), "code": getattr(each.error, "code", None), "error": _reason(each)}
            for each in found
        ]
        for name, found in (("failed", report.failed), ("unknown", report.unknown))
    }
    return {
        "jobId": report.job_id,
        done: report.added,
        before: report.existed,
        **lists,
        "unsent": unsent,
        "requests": report.requests,
        "retried": report.retried,
        "seconds": round(report.seconds, 3),
        "stopped": stopped and (brief(stopped) if isinstance(stopped, Exception) else type(stopped).__name__),
    }
