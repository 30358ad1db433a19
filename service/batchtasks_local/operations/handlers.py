"""The function that carries out each operation."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from batchtasks_local.data_folder import is_full
from batchtasks_local.http.exchange import Answer, Exchange
from batchtasks_local.operations import files, jobs, pools, tasks
from batchtasks_local.operations.context import Context

HANDLERS: dict[str, Callable[[Context, Exchange], Answer]] = {
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
    "Job_Update": jobs.update,
    "Job_ListPreparationAndReleaseTaskStatus": jobs.list_preparation_and_release_task_status,
    "Job_Disable": jobs.disable,
    "Job_Enable": jobs.enable,
    "Job_GetTaskCounts": jobs.get_task_counts,
    "File_ListFromTask": files.list_,
    "File_GetFromTask": files.get,
    "File_GetPropertiesFromTask": files.get_properties,
    "File_DeleteFromTask": files.delete,
    "Pool_Add": pools.add,
    "Pool_Delete": pools.delete,
    "Pool_Exists": pools.exists,
    "Pool_Get": pools.get,
    "Pool_List": pools.list_,
    "Pool_Patch": pools.patch,
    "Pool_Resize": pools.resize,
    "Pool_StopResize": pools.stop_resize,
    "ComputeNode_Get": pools.get_node,
    "ComputeNode_List": pools.list_nodes,
    "Account_ListSupportedImages": pools.list_supported_images,
    "JobSchedule_Add": pools.add_job_schedule,
    "JobSchedule_List": pools.list_job_schedules,
    "Application_List": pools.list_applications,
}


_ENDING = frozenset(("Task_Terminate", "Task_Delete", "Job_Terminate", "Job_Delete", "Job_Disable"))


def carry_out(context: Context, exchange: Exchange) -> Answer:
    """Carry out the operation of a request. It blocks on the disk, so it is called in a thread.

    If the disk is full, tasks and jobs are ended with the space that is reserved for it.
    """
    name = exchange.operation.name
    try:
        return HANDLERS[name](context, exchange)
    except (sqlite3.Error, OSError) as error:
        if name not in _ENDING or not is_full(error):
            raise
    with context.runner.reserved_space():
        return HANDLERS[name](context, exchange)
