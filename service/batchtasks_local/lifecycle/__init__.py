"""The life cycle of jobs and tasks as pure functions on records: what moves, when, and what is refused."""

from batchtasks_local.lifecycle.checks import check_add, check_task
from batchtasks_local.lifecycle.exits import exit_options, job_action, satisfies
from batchtasks_local.lifecycle.jobs import (
    after_all_tasks,
    after_task,
    deadline,
    delete_job,
    disable_job,
    enable_job,
    end_job,
    new_job,
    out_of_time,
    patch_job,
    settle_job,
    terminate_job,
)
from batchtasks_local.lifecycle.refused import Refused
from batchtasks_local.lifecycle.slots import cost, demand
from batchtasks_local.lifecycle.statistics import job_statistics, statistics
from batchtasks_local.lifecycle.tasks import (
    Outcome,
    check_delete,
    end_by_service,
    failure_info,
    finish,
    may_retry,
    new_task,
    reactivate,
    requeue,
    start,
    terminate,
    update,
)

__all__ = [
    "Outcome",
    "Refused",
    "after_all_tasks",
    "after_task",
    "check_add",
    "check_delete",
    "check_task",
    "cost",
    "deadline",
    "delete_job",
    "demand",
    "disable_job",
    "enable_job",
    "end_by_service",
    "end_job",
    "exit_options",
    "failure_info",
    "finish",
    "job_action",
    "job_statistics",
    "may_retry",
    "new_job",
    "new_task",
    "out_of_time",
    "patch_job",
    "reactivate",
    "requeue",
    "satisfies",
    "settle_job",
    "start",
    "statistics",
    "terminate",
    "terminate_job",
    "update",
]
