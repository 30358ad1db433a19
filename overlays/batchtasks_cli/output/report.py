"""What became of many tasks: the sentence, the JSON document, the list of failures, and the exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from batchtasks_cli.errors import DONE, INCOMPLETE, UNREACHABLE, brief, explain, print_error, status_of_stop
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
    """Return the exit status for a report; `named` tells that a task that does not exist is a mistake."""
    if report.ok:
        return INCOMPLETE if named and report.verb == "deleted" and report.existed else DONE
    if report.stopped is not None:
        return status_of_stop(report.stopped)
    return UNREACHABLE if _never_answered(report) else INCOMPLETE


def _never_answered(report: BulkReport) -> bool:
    """Return whether the call ended without a single answer."""
    from batchtasks import NoAnswerError

    left = [*report.failed, *report.unknown]
    return not (report.added or report.existed) and all(isinstance(each.error, NoAnswerError) for each in left)


def write_report(
    report: BulkReport, as_json: bool, unread: int = 0, then: str = "", *, named: bool = False, **more: Any
) -> int:
    """Write the result to standard output and what went wrong to standard error; return the exit status.

    Args:
        report: The report.
        as_json: Whether to write JSON.
        unread: Tasks of the input that were not even taken from it, which the report cannot know.
        then: What to do once the reason is gone for which the service ended the work.
        named: Whether the user named the tasks.
        more: Further members of the JSON document.
    """
    unsent = len(report.unsent) + unread
    if as_json:
        write_json(document_of(report, unsent, **more))
    else:
        sys.stdout.write(_summary(report, unsent) + "\n")
    _list_failures(report)
    if isinstance(report.stopped, Exception):
        error = explain(report.stopped)
        remedy = error.remedy if "run the same command again" in error.remedy else f"{error.remedy} {then}"
        print_error(f"the work was ended: {error.what}", remedy)
    return status_of(report, named=named)


def _summary(report: BulkReport, unsent: int) -> str:
    parts = [f"{report.added:,} {report.verb}"]
    for number, what in (
        (report.existed, _BEFORE.get(report.verb, "were so before")),
        (len(report.failed), "failed"),
        (len(report.unknown), "of unknown outcome"),
        (unsent, "not sent"),
    ):
        if number:
            parts.append(f"{number:,} {what}")
    return f"{', '.join(parts)} (job {report.job_id}, {report.seconds:.1f} s)."


def _list_failures(report: BulkReport) -> None:
    # After Ctrl-C it is clear why the outcome of some is unknown.
    interrupted = isinstance(report.stopped, KeyboardInterrupt)
    for outcomes in (report.failed, [] if interrupted else report.unknown):
        outcomes = [each for each in outcomes if not _is_same(each.error, report.stopped)]
        for outcome in outcomes[:_MOST_SHOWN]:
            print(f"  {one_line(name_of(outcome))}: {one_line(_reason_of(outcome))}", file=sys.stderr)
        if len(outcomes) > _MOST_SHOWN:
            print(f"  and {len(outcomes) - _MOST_SHOWN:,} more", file=sys.stderr)


def _is_same(error: Exception | None, stopped: BaseException | None) -> bool:
    """Return whether a task failed for what ended the whole call, which is written once."""
    from batchtasks import ServiceError

    if not isinstance(error, ServiceError) or not isinstance(stopped, ServiceError):
        return False
    return (error.code, error.message, error.values) == (stopped.code, stopped.message, stopped.values)


def name_of(outcome: TaskOutcome) -> str:
    """Return the id of a task, or the line of the input that it should have come from."""
    return getattr(outcome.task, "place", None) or outcome.name


def _reason_of(outcome: TaskOutcome) -> str:
    return getattr(outcome.task, "reason", None) or brief(outcome.error)


def document_of(report: BulkReport, unsent: int, **more: Any) -> dict[str, Any]:
    """Return the report for programs."""
    names = {"added": ("added", "existed")}.get(report.verb, ("done", "already"))
    return {
        "jobId": report.job_id,
        names[0]: report.added,
        names[1]: report.existed,
        "failed": [_outcome(outcome) for outcome in report.failed],
        "unknown": [_outcome(outcome) for outcome in report.unknown],
        "unsent": unsent,
        "requests": report.requests,
        "retried": report.retried,
        "seconds": round(report.seconds, 3),
        "stopped": None if report.stopped is None else brief_of_stop(report.stopped),
        **more,
    }


def brief_of_stop(stopped: BaseException) -> str:
    """Return what ended a call, in one line."""
    return brief(stopped) if isinstance(stopped, Exception) else type(stopped).__name__


def _outcome(outcome: TaskOutcome) -> dict[str, Any]:
    error = outcome.error
    return {
        "id": outcome.task_id or name_of(outcome),
        "code": getattr(error, "code", None),
        "error": _reason_of(outcome),
    }
