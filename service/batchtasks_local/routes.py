"""Paths to operations. The path is read segment by segment from the raw URL, so `%2F` in a file's name stays in it."""

from __future__ import annotations

from collections.abc import Callable

from batchtasks_local import errors, files, jobs, tasks
from batchtasks_local.exchange import Answer, Exchange
from batchtasks_local.service import Service

Handler = Callable[[Service, Exchange], Answer]

HANDLERS: dict[str, Handler] = {
    "Task_Add": tasks.add,
    "Task_AddCollection": tasks.add_collection,
    "Task_Delete": tasks.delete,
    "Task_Get": tasks.get,
    "Task_List": tasks.list_,
    "Task_ListSubtasks": tasks.list_subtasks,
    "Task_Reactivate": tasks.reactivate,
    "Task_Terminate": tasks.terminate,
    "Task_Update": tasks.update,
    "Job_Add": jobs.add,
    "Job_Get": jobs.get,
    "Job_List": jobs.list_,
    "Job_Delete": jobs.delete,
    "Job_Terminate": jobs.terminate,
    "Job_Patch": jobs.patch,
    "Job_Disable": jobs.disable,
    "Job_Enable": jobs.enable,
    "Job_GetTaskCounts": jobs.get_task_counts,
    "File_ListFromTask": files.list_,
    "File_GetFromTask": files.get,
    "File_GetPropertiesFromTask": files.get_properties,
    "File_DeleteFromTask": files.delete,
}

Verbs = dict[str, str]
_JOBS: Verbs = {"GET": "Job_List", "POST": "Job_Add"}
_JOB: Verbs = {"GET": "Job_Get", "DELETE": "Job_Delete", "PATCH": "Job_Patch"}
_OF_JOB: dict[str, Verbs] = {
    "tasks": {"GET": "Task_List", "POST": "Task_Add"},
    "addtaskcollection": {"POST": "Task_AddCollection"},
    "taskcounts": {"GET": "Job_GetTaskCounts"},
    "terminate": {"POST": "Job_Terminate"},
    "disable": {"POST": "Job_Disable"},
    "enable": {"POST": "Job_Enable"},
}
_TASK: Verbs = {"GET": "Task_Get", "PUT": "Task_Update", "DELETE": "Task_Delete"}
_OF_TASK: dict[str, Verbs] = {
    "terminate": {"POST": "Task_Terminate"},
    "reactivate": {"POST": "Task_Reactivate"},
    "subtasksinfo": {"GET": "Task_ListSubtasks"},
    "files": {"GET": "File_ListFromTask"},
}
_FILE: Verbs = {
    "GET": "File_GetFromTask",
    "HEAD": "File_GetPropertiesFromTask",
    "DELETE": "File_DeleteFromTask",
}


def find(method: str, segments: list[str]) -> tuple[str, tuple[str, ...]]:
    """The operation that a request names, and the ids in its path; faults for an unknown path or verb."""
    verbs, ids = _place(segments)
    if verbs is None or not all(ids):
        raise errors.resource_not_found("There is no operation of jobs, tasks or task files at this path")
    if method not in verbs:
        raise errors.unsupported_verb(method, verbs)
    return verbs[method], ids


def _place(segments: list[str]) -> tuple[Verbs | None, tuple[str, ...]]:
    if segments[0].lower() != "jobs":
        return None, ()
    match segments[1:]:
        case []:
            return _JOBS, ()
        case [job]:
            return _JOB, (job,)
        case [job, word]:
            return _OF_JOB.get(word.lower()), (job,)
        case [job, word, task] if word.lower() == "tasks":
            return _TASK, (job, task)
        case [job, word, task, deed] if word.lower() == "tasks":
            return _OF_TASK.get(deed.lower()), (job, task)
        case [job, word, task, deed, *path] if word.lower() == "tasks" and deed.lower() == "files":
            return _FILE, (job, task, "/".join(path))
    return None, ()
