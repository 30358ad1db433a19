"""How jobs end: terminate, delete, by themselves; and what an ended or a deleted job still takes."""

from __future__ import annotations

from tests.azure.contract.question import PRESENT, Question, Scenario
from tests.azure.questions.jobs import added
from tests.azure.questions.tasks import TASK

_TERMINATE = Scenario(
    "ends",
    (
        added(),
        Question("add a task", "POST /jobs/{job}/tasks", "201", TASK),
        Question("its eTag", "GET /jobs/{job}", "200", keep={"etag": "header:ETag"}),
        Question("terminate with another eTag", "POST /jobs/{job}/terminate", "412 ConditionNotMet",
                 headers={"If-Match": "0x8DA000000000000"}),
        Question("terminate", "POST /jobs/{job}/terminate", "202",
                 answers={"DataServiceId": "<account>/jobs/<p>-ends/terminate"},
                 settles=("Job_Terminate", "header DataServiceIdUnseen")),
        Question("at once", "GET /jobs/{job}", "200", racing=True, shows={"executionInfo.terminateReason": "UserTerminate"},
                 settles=("JobTerminateParameter.terminateReason",)),
        Question("terminated", "GET /jobs/{job}", "200", until=("state", "completed"), shows={
            "state": "completed", "previousState": "active", "executionInfo.terminateReason": "UserTerminate",
            "executionInfo.endTime": "<time .7>"}, settles=("JobTerminateParameter.terminateReason",)),
        Question("its task", "GET /jobs/{job}/tasks/t", "200", shows={"state": PRESENT}),
        Question("terminate again", "POST /jobs/{job}/terminate", "409 JobCompleted"),
        Question("another task", "POST /jobs/{job}/tasks", "409 JobCompleted", {**TASK, "id": "t2"}),
        Question("other tasks", "POST /jobs/{job}/addtaskcollection", "", {"value": [{**TASK, "id": "t3"}]}),
        Question("disable", "POST /jobs/{job}/disable", "409 JobCompleted", {"disableTasks": "wait"}),
        Question("enable", "POST /jobs/{job}/enable", "409 JobCompleted"),
        Question("patch", "PATCH /jobs/{job}", "", {"priority": 3}),
        Question("update the task", "PUT /jobs/{job}/tasks/t", "", {"constraints": {"maxTaskRetryCount": 1}}),
        Question("terminate the task", "POST /jobs/{job}/tasks/t/terminate", ""),
        Question("delete the task", "DELETE /jobs/{job}/tasks/t", ""),
        Question("terminate a job that is not there", "POST /jobs/{p}-none/terminate", "404 JobNotFound"),
    ),
)  # fmt: skip

_REASON = Scenario(
    "reason",
    (
        added(),
        Question("a reason that is too long", "POST /jobs/{job}/terminate", "", {"terminateReason": "x" * 2000}),
        Question("the reason", "GET /jobs/{job}", "200", until=("state", "completed"),
                 shows={"executionInfo.terminateReason": PRESENT}),
    ),
)  # fmt: skip

_DELETE = Scenario(
    "deletes",
    (
        added(),
        Question("add a task", "POST /jobs/{job}/tasks", "201", TASK),
        Question("delete with another eTag", "DELETE /jobs/{job}", "412 ConditionNotMet",
                 headers={"If-Match": "0x8DA000000000000"}),
        Question("delete", "DELETE /jobs/{job}", "202"),
        Question("at once", "GET /jobs/{job}", "", racing=True),
        Question("delete again", "DELETE /jobs/{job}", "", racing=True),
        Question("a task while it is deleted", "POST /jobs/{job}/tasks", "", {**TASK, "id": "t2"}, racing=True),
        Question("until it is gone", "GET /jobs/{job}", "404 JobNotFound", until=("status", 404), is_long=True),
        Question("add it again", "POST /jobs", "201", {"id": "{job}", "poolInfo": {"poolId": "{p}-no-such-pool"}}),
        Question("it has no tasks", "GET /jobs/{job}/tasks", "200", shows={"value": []}),
        Question("delete a job that is not there", "DELETE /jobs/{p}-none", "404 JobNotFound"),
    ),
)  # fmt: skip

_BY_ITSELF = Scenario(
    "itself",
    (
        added(onAllTasksComplete="terminatejob"),
        Question("without tasks, at once", "GET /jobs/{job}", "200", shows={"state": "active"}),
        Question("a task", "POST /jobs/{job}/tasks", "201", TASK),
        Question("terminate it", "POST /jobs/{job}/tasks/t/terminate", "204"),
        Question("when all tasks have ended", "GET /jobs/{job}", "200", until=("state", "completed"), shows={
            "state": "completed", "previousState": PRESENT, "executionInfo.terminateReason": "AllTasksCompleted"}),
        Question("set later", "POST /jobs", "201", {"id": "{p}-itself2", "poolInfo": {"poolId": "{p}-no-such-pool"}}),
        Question("no tasks, and to end with them", "PATCH /jobs/{p}-itself2", "200", {"onAllTasksComplete": "terminatejob"}),
        Question("then", "GET /jobs/{p}-itself2", "200", racing=True, until=("state", "completed")),
    ),
)  # fmt: skip

# The longest wait comes last.
_EMPTY = Scenario(
    "empty",
    (
        added(onAllTasksComplete="terminatejob"),
        Question("how long it lives without tasks", "GET /jobs/{job}", "200", racing=True, is_long=True,
                 until=("state", "completed"),
                 settles=("section 6: how long an empty terminatejob job lives",)),
        Question("a task for it", "POST /jobs/{job}/tasks", "", TASK, racing=True),
        Question("its reason", "GET /jobs/{job}", "200", racing=True, shows={"executionInfo.startTime": PRESENT}),
    ),
)  # fmt: skip

SCENARIOS = (_TERMINATE, _REASON, _DELETE, _BY_ITSELF, _EMPTY)
