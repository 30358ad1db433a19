"""`show` and `counts`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from batchtasks_cli.commands.columns import duration_of, failure_of
from batchtasks_cli.errors import Complaint
from batchtasks_cli.options import CsvFlag, DryFlag, JobArg, JsonFlag, SelectOption, TaskArg
from batchtasks_cli.output import Form, form_of, write_document, write_pairs
from batchtasks_cli.session import Session
from batchtasks_cli.table import Style, write_rows
from batchtasks_cli.text import count

if TYPE_CHECKING:
    from batchtasks.models import CloudTask, TaskCountsResult

_COUNTED = ("active", "running", "completed", "succeeded", "failed")


def show_task(
    session: Session,
    job: JobArg,
    task: TaskArg,
    as_json: JsonFlag = False,
    select: SelectOption = None,
    dry_run: DryFlag = False,
) -> None:
    """Show one task."""
    if select is not None and not as_json:
        raise Complaint("--select goes with --json only.", "Add --json.")
    session.only_show(dry_run, reads=True, as_json=as_json)
    found = session.client.task.get(job, task, select=select)
    if as_json:
        write_document(found.to_dict())
        return
    write_pairs(_pairs(found))


def _pairs(task: CloudTask) -> Iterator[tuple[str, object]]:
    yield from (("id", task.id), ("name", task.display_name), ("state", task.state))
    yield from (("since", task.state_transition_time), ("created", task.creation_time), ("command", task.command_line))
    yield from _run_pairs(task)
    yield from _constraint_pairs(task)
    settings = task.environment_settings or []
    yield "environment", " ".join(f"{setting.name}={setting.value or ''}" for setting in settings)
    yield "depends on", _parents(task)
    yield "container", getattr(task.container_settings, "image_name", None)
    yield "files in", count(len(task.resource_files), "resource file") if task.resource_files else None
    yield "slots", task.required_slots
    yield "node", getattr(task.node_info, "node_id", None)
    yield "etag", task.e_tag


def _run_pairs(task: CloudTask) -> Iterator[tuple[str, object]]:
    info = task.execution_info
    if info is None:
        return
    yield from (("result", info.result), ("exit code", info.exit_code), ("failure", failure_of(info)))
    for detail in getattr(info.failure_info, "details", None) or []:
        yield "", f"{detail.name}: {detail.value}"
    yield from (("started", info.start_time), ("ended", info.end_time), ("duration", duration_of(info)))
    yield from (("retries", info.retry_count or None), ("requeued", info.requeue_count or None))


def _constraint_pairs(task: CloudTask) -> Iterator[tuple[str, object]]:
    limits = task.constraints
    if limits is not None:
        yield "max wall clock", limits.max_wall_clock_time
        yield "retention", limits.retention_time
        yield "max retries", limits.max_task_retry_count


def _parents(task: CloudTask) -> str:
    depends_on = task.depends_on
    if depends_on is None:
        return ""
    ranges = [f"{part.start}-{part.end}" for part in depends_on.task_id_ranges or []]
    return " ".join([*(depends_on.task_ids or []), *ranges])


def show_counts(
    session: Session, job: JobArg, as_json: JsonFlag = False, as_csv: CsvFlag = False, dry_run: DryFlag = False
) -> None:
    """Count a job's tasks and their slots by state.

    The counts may lag a little behind what has happened.
    """
    form = form_of(as_json, as_csv)
    session.only_show(dry_run, reads=True, as_json=as_json)
    counts = session.client.job.get_task_counts(job)
    if form is Form.JSON:
        write_document({name: value for name, value in counts.to_dict().items() if not name.startswith("odata.")})
        return
    rows = _count_rows(counts)
    if form is Form.CSV:
        lines = [",".join(cells) + "\n" for cells in (["what", *_COUNTED], *rows)]
        sys.stdout.writelines(lines)
        return
    write_rows([Style(""), *(Style(name.upper()) for name in _COUNTED)], iter(rows))


def _count_rows(counts: TaskCountsResult) -> list[list[str]]:
    rows: list[tuple[str, Any]] = [("tasks", counts.task_counts), ("slots", counts.task_slot_counts)]
    return [[name, *(str(getattr(found, each) or 0) for each in _COUNTED)] for name, found in rows if found is not None]
