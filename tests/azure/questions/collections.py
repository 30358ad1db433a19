"""Collections of tasks: how results come, what one bad task does to the others, and the limits."""

from __future__ import annotations

from typing import Any

from tests.azure.contract.question import ABSENT, PRESENT, Question, Scenario
from tests.azure.questions.jobs import added

PATH = "POST /jobs/{job}/addtaskcollection"


def tasks(*ids: str, **members: Any) -> dict[str, Any]:
    """Return the body for tasks with these ids."""
    return {"value": [{"id": task_id, "commandLine": "true", **members} for task_id in ids]}


_FIVE = {
    "value": [
        *tasks("m1", "m1")["value"],
        *tasks("m2", dependsOn={"taskIds": ["m1"]})["value"],
        *tasks("m.3")["value"],
        *tasks("m4", constraints={"maxTaskRetryCount": -5})["value"],
    ]
}

_COLLECTION = Scenario(
    "many",
    (
        added(),
        Question("two tasks", PATH, "200", tasks("b", "a"),
                 shows={"value.0.status": "Success", "value.0.taskId": "b", "value.1.taskId": "a", "value.0.eTag": PRESENT,
                        "value.0.lastModified": "<time .7>", "value.0.location": PRESENT},
                 answers={"ETag": ABSENT, "Last-Modified": ABSENT, "DataServiceId": ABSENT},
                 settles=("TaskAddStatus", "header CollectionETag", "header CollectionLastModified", "header ETagUnseen",
                          "header LastModifiedUnseen")),
        Question("one of them again", PATH, "200", tasks("a", "c"),
                 shows={"value.0.status": "ClientError", "value.0.error.code": "TaskExists", "value.1.status": "Success"},
                 settles=("TaskAddStatus", "section 6: ClientError under 2025-06-01")),
        Question("bad tasks among good ones", PATH, "200", _FIVE,
                 settles=("Task_AddCollection",)),
        Question("a dependency where the job uses none", PATH, "200",
                 {"value": [*tasks("d1")["value"], *tasks("d2", dependsOn={"taskIds": ["d1"]})["value"]]},
                 shows={"value.0.status": "Success", "value.1.status": "ClientError",
                        "value.1.error.code": "UnsupportedProperty"}, settles=("Task_AddCollection",)),
        Question("a task without a command line", PATH, "", {"value": [{"id": "e1"}, *tasks("e2")["value"]]},
                 settles=("Task_AddCollection",)),
        Question("an unknown member in a task", PATH, "", {"value": [{"id": "f1", "commandLine": "true", "nosuch": 1}]},
                 settles=("Task_AddCollection", "code UnsupportedProperty")),
        Question("101 tasks", PATH, "400", tasks(*(f"x{n}" for n in range(101))),
                 settles=("Task_AddCollection", "section 6: more than 100 tasks")),
        Question("how many of them are there", "GET /jobs/{job}/tasks?$filter=startswith(id,'x')&$select=id", "200",
                 shows={"value": []}),
        Question("no task", PATH, "", {"value": []}),
        Question("no value", PATH, "400 MissingRequiredProperty", {}),
        Question("the same in 2024-07-01.20.0", PATH, "200", tasks("a", "g"), version="2024-07-01.20.0",
                 shows={"value.0.status": "ClientError", "value.1.status": "Success"}, settles=("TaskAddStatus",)),
        Question("a job that is not there", "POST /jobs/{p}-none/addtaskcollection", "404 JobNotFound", tasks("a")),
        Question("a body of more than a megabyte", PATH, "413 RequestBodyTooLarge",
                 tasks(*(f"h{n}" for n in range(40)), environmentSettings=[{"name": "A", "value": "x" * 27_000}]),
                 shows={"values.0.key": "MaxLimit", "values.0.value": "1048576"}),
    ),
)  # fmt: skip

SCENARIOS = (_COLLECTION,)
