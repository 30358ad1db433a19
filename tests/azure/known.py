"""Where the local service is known to answer other than what was recorded of the real one.

A line goes when the local service has learnt it: `test_local.py` fails for a line that is no longer true.
"""

from __future__ import annotations

# What many answers have, by the text of the difference.
FORMS = frozenset(
    (
        "form: a 200 with a body is not chunked",
        "form: the reason phrase is not the first line of the message",
        "form: a HEAD that fails has Content-Type or Content-Length",
    )
)

QUESTIONS = {
    "add / preparation status of a job without such tasks": "no operation for preparation and release tasks",
    "odd / a number of retries as text": "numbers given as text are refused",
    "odd / its number": "numbers given as text are refused",
    "change / update, all of it": "no operation to update a job",
    "change / what was left out is reset": "no operation to update a job",
    "change / update with an old time": "no operation to update a job",
    "taskodd / an empty command line in a container": "an empty command line is refused",
    "taskodd / retries as text": "numbers given as text are refused",
    "taskodd / without limit as azure-batch writes it": "durations above the greatest are refused",
    "taskodd / how that is shown": "durations above the greatest are refused",
    "depends / the job afterwards": "a task that is terminated triggers the job action",
    "moves / terminated": "a task that never had a node has no nodeInfo",
    "many / bad tasks among good ones": "a bad task fails the whole collection",
    "many / a dependency where the job uses none": "a bad task fails the whole collection",
    "list / ordered by id": "tasks are listed in the order in which they were added",
    "list / the next page": "tasks are listed in the order in which they were added",
    "list / the last page": "tasks are listed in the order in which they were added",
    "files / list of an active task": "another code for files of active tasks",
    "files / get of an active task": "another code for files of active tasks",
    "files / delete of an active task": "another code for files of active tasks",
    "files / a range of an active task": "another code for files of active tasks",
    "versions / older version 2020-09-01.12.0": "older versions are refused",
    "versions / older version 2021-06-01.14.0": "older versions are refused",
    "signed / authorization: none": "the specification has no 401",
    "signed / authorization: token without meaning": "the specification has no 401",
    "signed / authorization: foreign token": "the specification has no 401",
    "signed / authorization: unknown account": "another text for an account that does not exist",
    "paths / a pool that is not there": "no operations for pools",
    "paths / a job schedule that is not there": "no operations for job schedules",
    "special / add the job": "jobs with special tasks are refused",
    "special / how they are shown": "jobs with special tasks are refused",
    "special / their status": "no operation for preparation and release tasks",
    "special / a task with the id of the first": "jobs with special tasks are refused",
    "special / a task with the id of the other": "jobs with special tasks are refused",
    "special / a job manager task": "jobs with special tasks are refused",
    "special / how it is shown": "jobs with special tasks are refused",
    "ends / terminated": "previousState of a completed job is `terminating`",
    "itself / without tasks, at once": "an empty job that ends with its tasks ends at once",
    "itself / a task": "an empty job that ends with its tasks ends at once",
    "itself / terminate it": "an empty job that ends with its tasks ends at once",
}
