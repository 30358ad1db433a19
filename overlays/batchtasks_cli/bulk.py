"""What all commands over many tasks share: telling the report, listing what failed, writing what is left."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from batchtasks_cli.errors import DONE, NOT_ALL, UNREACHABLE, brief, complain, explain, status_of_stop
from batchtasks_cli.output import write_document

if TYPE_CHECKING:
    from batchtasks import BulkReport, TaskOutcome

_MOST_SHOWN = 10
_BEFORE = {
    "added": "existed before",
    "deleted": "not there",
    "terminated": "had completed before",
    "reactivated": "had not completed yet",
}


def status_of(report: BulkReport) -> int:
    """The exit status that a report stands for."""
    if report.ok:
        return DONE
    if report.stopped is not None:
        return status_of_stop(report.stopped)
    return UNREACHABLE if _never_answered(report) else NOT_ALL


def _never_answered(report: BulkReport) -> bool:
    """Whether so few tasks were asked for that the call came to its end without a single answer."""
    from batchtasks import NoAnswerError

    troubles = [*report.failed, *report.unknown]
    return not (report.added or report.existed) and all(isinstance(each.error, NoAnswerError) for each in troubles)


def tell(report: BulkReport, as_json: bool, unread: int = 0, then: str = "", **more: Any) -> int:
    """Write the result to standard output and what went wrong to standard error; give the exit status.

    `unread` tasks of the input were not even taken from it, which the report cannot know. `then` is what to do once the
    reason is gone for which the service ended the work.
    """
    unsent = len(report.unsent) + unread
    if as_json:
        write_document(document_of(report, unsent, **more))
    else:
        sys.stdout.write(_summary(report, unsent) + "\n")
    _list_troubles(report)
    if isinstance(report.stopped, Exception):
        complaint = explain(report.stopped)
        remedy = complaint.remedy if "run the same command again" in complaint.remedy else f"{complaint.remedy} {then}"
        complain(f"the work was ended: {complaint.what}", remedy)
    return status_of(report)


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


def _list_troubles(report: BulkReport) -> None:
    # After Ctrl-C nobody needs to be told of each why it is in doubt.
    interrupted = isinstance(report.stopped, KeyboardInterrupt)
    for outcomes in (report.failed, [] if interrupted else report.unknown):
        outcomes = [each for each in outcomes if not _is_same(each.error, report.stopped)]
        for outcome in outcomes[:_MOST_SHOWN]:
            print(f"  {name_of(outcome)}: {_trouble_of(outcome)}", file=sys.stderr)
        if len(outcomes) > _MOST_SHOWN:
            print(f"  and {len(outcomes) - _MOST_SHOWN:,} more", file=sys.stderr)


def _is_same(error: Exception | None, stopped: BaseException | None) -> bool:
    """Whether a task failed for what ended the whole call, which is told once."""
    from batchtasks import ServiceError

    if not isinstance(error, ServiceError) or not isinstance(stopped, ServiceError):
        return False
    return (error.code, error.message, error.values) == (stopped.code, stopped.message, stopped.values)


def name_of(outcome: TaskOutcome) -> str:
    """The id of a task, or the line of the input that it should have come from."""
    return getattr(outcome.task, "place", None) or outcome.name


def _trouble_of(outcome: TaskOutcome) -> str:
    """Why; a row that no task could be made of knows it best."""
    return getattr(outcome.task, "trouble", None) or brief(outcome.error)


def document_of(report: BulkReport, unsent: int, **more: Any) -> dict[str, Any]:
    """The report for programs."""
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
    """What ended a call, in one line."""
    return brief(stopped) if isinstance(stopped, Exception) else type(stopped).__name__


def _outcome(outcome: TaskOutcome) -> dict[str, Any]:
    error = outcome.error
    return {
        "id": outcome.task_id or name_of(outcome),
        "code": getattr(error, "code", None),
        "error": _trouble_of(outcome),
    }
