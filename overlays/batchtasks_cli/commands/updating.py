"""`update`: new constraints for a task, the others kept."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from batchtasks_cli.errors import Complaint
from batchtasks_cli.options import DryFlag, JobArg, JsonFlag, TaskArg, span_of
from batchtasks_cli.output import write_document, write_pairs
from batchtasks_cli.session import Session

if TYPE_CHECKING:
    from batchtasks.models import CloudTask, TaskConstraints

ClockOption = Annotated[
    str | None,
    typer.Option(
        "--max-wall-clock", metavar="DURATION", help="The longest that a run may take, such as 2h, or 'unlimited'."
    ),
]
RetentionOption = Annotated[
    str | None,
    typer.Option(
        "--retention", metavar="DURATION", help="How long the task's files are kept after its end, or 'unlimited'."
    ),
]
RetriesOption = Annotated[
    int | None,
    typer.Option(
        "--retries", metavar="N", min=-1, help="Further runs after an exit code other than 0; -1 for without end."
    ),
]
MatchOption = Annotated[
    str | None,
    typer.Option("--if-match", metavar="ETAG", help="Only if the task still has this ETag (see batchtasks show)."),
]


def update(
    session: Session,
    job: JobArg,
    task: TaskArg,
    max_wall_clock: ClockOption = None,
    retention: RetentionOption = None,
    retries: RetriesOption = None,
    if_match: MatchOption = None,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Change a task's constraints.

    What is not given stays: the task is read first, and the change is made only if nobody else changed it meanwhile.
    """
    changes: dict[str, Any] = {
        "max_wall_clock_time": _limit(max_wall_clock, "--max-wall-clock"),
        "retention_time": _limit(retention, "--retention"),
        "max_task_retry_count": retries,
    }
    changes = {name: value for name, value in changes.items() if value is not None}
    if not changes:
        raise Complaint("Nothing to change was given.", "Give --max-wall-clock, --retention or --retries.")
    session.only_show(dry_run, as_json=as_json)
    wanted = _write(session, job, task, changes, if_match)
    if as_json:
        write_document({"id": task, "constraints": wanted.to_dict()})
        return
    sys.stdout.write(f"Task {task} was updated.\n")
    write_pairs(
        [
            ("max wall clock", wanted.max_wall_clock_time),
            ("retention", wanted.retention_time),
            ("max retries", wanted.max_task_retry_count),
        ]
    )


def _write(session: Session, job: str, task: str, changes: dict[str, Any], tag: str | None) -> TaskConstraints:
    operations = session.client.task

    def changed(found: CloudTask) -> TaskConstraints:
        from attrs import evolve

        from batchtasks.models import TaskConstraints

        return evolve(found.constraints or TaskConstraints(), **changes)

    if tag is None:
        wanted = operations.update_with(job, task, changed)
        assert wanted is not None
        return wanted
    from batchtasks import if_match

    wanted = changed(operations.get(job, task, select="id,constraints"))
    operations.update(job, task, wanted, condition=if_match(tag))
    return wanted


def _limit(text: str | None, option: str) -> timedelta | None:
    if text is not None and text.strip().lower() == "unlimited":
        from batchtasks import UNLIMITED

        return UNLIMITED
    return span_of(text, option)
