"""Carry out an operation by the function that is registered for it."""

from __future__ import annotations

import sqlite3

from batchtasks_local.data_folder import is_full
from batchtasks_local.http import errors
from batchtasks_local.http.exchange import Answer, Exchange
from batchtasks_local.operations import files, jobs, pools, tasks
from batchtasks_local.operations.context import HANDLERS, Context

# Each operation is a function of one of these modules.
_MODULES = (files, jobs, pools, tasks)
_ENDING = frozenset(("Task_Terminate", "Task_Delete", "Job_Terminate", "Job_Delete", "Job_Disable"))


def carry_out(context: Context, exchange: Exchange) -> Answer:
    """Carry out the operation of a request. It blocks on the disk, so it is called in a thread.

    If the disk is full, tasks and jobs are ended with the space that is reserved for it.
    """
    name = exchange.operation.name
    if name not in HANDLERS:
        raise errors.resource_not_found(f"The local service does not have {name}")
    try:
        return HANDLERS[name](context, exchange)
    except (sqlite3.Error, OSError) as error:
        if name not in _ENDING or not is_full(error):
            raise
    with context.runner.reserved_space():
        return HANDLERS[name](context, exchange)
