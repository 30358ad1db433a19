"""Bulk work on tasks: add, delete, terminate and reactivate any number of them, with nothing lost.

The parts, from the pure ones up: `item` (a task as bytes), `outcome`, `report` and `remaining` (what the caller sees),
`judge` and `results` (reading answers), `pace`, `waiting` and `books` (parts of the engine's state), `engine` (the state
and its moves), `trouble` (the rules), `accounts` (the report at any moment), `plan`, `plans` and `encode` (the
operations), `source` (the input), `run` (the one loop over a port), `carry_out` and `flows` (the methods).
"""

from batchtasks._bulk.flows import add_collection, delete_many, reactivate_many, terminate_many
from batchtasks._bulk.outcome import BulkProgress, TaskOutcome
from batchtasks._bulk.remaining import Remaining
from batchtasks._bulk.report import BulkAddError, BulkError, BulkReport
from batchtasks._bulk.run import BulkDeadline

__all__ = [
    "BulkAddError",
    "BulkDeadline",
    "BulkError",
    "BulkProgress",
    "BulkReport",
    "Remaining",
    "TaskOutcome",
    "add_collection",
    "delete_many",
    "reactivate_many",
    "terminate_many",
]
