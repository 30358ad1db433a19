"""Files of tasks that have not been on a node, which is all that can be asked about them without a pool."""

from __future__ import annotations

from tests.azure.contract.question import Question, Scenario
from tests.azure.questions.jobs import added
from tests.azure.questions.tasks import TASK

_F = "/jobs/{job}/tasks/t/files"

SCENARIOS = (
    Scenario(
        "files",
        (
            added(),
            Question("add a task", "POST /jobs/{job}/tasks", "201", TASK),
            Question("list of an active task", f"GET {_F}", "409 OperationInvalidForCurrentState", shows={
                "values.0.key": "Reason",
                "values.0.value": "The files of the specified task cannot be accessed as the task state is still active"}),
            Question("get of an active task", f"GET {_F}/stdout.txt", "409 OperationInvalidForCurrentState"),
            Question("head of an active task", f"HEAD {_F}/stdout.txt", "409"),
            Question("delete of an active task", f"DELETE {_F}/stdout.txt", "409 OperationInvalidForCurrentState"),
            Question("a range of an active task", f"GET {_F}/stdout.txt", "409 OperationInvalidForCurrentState",
                     headers={"ocp-range": "bytes=0-9"}),
            Question("terminate", "POST /jobs/{job}/tasks/t/terminate", "204"),
            Question("list when it never ran", f"GET {_F}", ""),
            Question("get when it never ran", f"GET {_F}/stdout.txt", ""),
            Question("head when it never ran", f"HEAD {_F}/stdout.txt", ""),
            Question("list of a task that is not there", "GET /jobs/{job}/tasks/none/files", "404 TaskNotFound"),
            Question("get of a task that is not there", "GET /jobs/{job}/tasks/none/files/stdout.txt", "404 TaskNotFound"),
            Question("head of a task that is not there", "HEAD /jobs/{job}/tasks/none/files/stdout.txt", "404"),
            Question("list of a job that is not there", "GET /jobs/{p}-none/tasks/t/files", "404 JobNotFound"),
        ),
    ),
)  # fmt: skip
