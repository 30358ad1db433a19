"""Tasks: add, get, update, terminate, reactivate, delete, and what each of them refuses."""

from __future__ import annotations

from typing import Any

from tests.azure.contract.question import ABSENT, PRESENT, Question, Scenario
from tests.azure.questions.jobs import UNLIMITED, added

TASK = {"id": "t", "commandLine": "true"}


def add(name: str, expect: str, settles: tuple[str, ...] = (), **members: Any) -> Question:
    """Return a question that adds one task."""
    body = {"id": name.replace(" ", "-").replace("'", "")[:60], "commandLine": "true", **members}
    return Question(name, "POST /jobs/{job}/tasks", expect, body, settles=settles)


_ADD = Scenario(
    "task",
    (
        added(constraints={"maxTaskRetryCount": 2}),
        Question("add", "POST /jobs/{job}/tasks", "201", TASK,
                 answers={"ETag": PRESENT, "Last-Modified": PRESENT, "Location": PRESENT, "DataServiceId": PRESENT}),
        Question("add again", "POST /jobs/{job}/tasks", "409 TaskExists", TASK),
        Question("add again in capitals", "POST /jobs/{job}/tasks", "409 TaskExists", {**TASK, "id": "T"}),
        Question("add to a job that is not there", "POST /jobs/{p}-none/tasks", "404 JobNotFound", TASK),
        Question(
            "get", "GET /jobs/{job}/tasks/t", "200",
            shows={
                "state": "active", "commandLine": "true", "requiredSlots": 1, "executionInfo.retryCount": 0,
                "executionInfo.requeueCount": 0, "constraints.maxTaskRetryCount": 2,
                "constraints.retentionTime": "P7D", "constraints.maxWallClockTime": UNLIMITED, "nodeInfo": ABSENT,
                "userIdentity.autoUser.elevationLevel": "nonadmin", "userIdentity.autoUser.scope": "pool",
                "creationTime": "<time .7>", "previousState": ABSENT,
            },
            order=("odata.metadata", "id", "url", "eTag", "creationTime", "lastModified", "state", "stateTransitionTime",
                   "commandLine", "userIdentity", "constraints", "executionInfo"),
            settles=("TaskConstraints.maxTaskRetryCount",),
        ),
        Question("a task that is not there", "GET /jobs/{job}/tasks/none", "404 TaskNotFound"),
        Question("a task of a job that is not there", "GET /jobs/{p}-none/tasks/t", "404 JobNotFound"),
        Question("select", "GET /jobs/{job}/tasks/t?$select=id,state", "200", shows={"id": "t", "commandLine": ABSENT}),
        Question("select with a path", "GET /jobs/{job}/tasks/t?$select=executionInfo/retryCount", "",
                 settles=("parameter Select",)),
        Question("percent-encoded select", "GET /jobs/{job}/tasks/t?%24select=id", "200"),
        Question("subtasks of a task without instances", "GET /jobs/{job}/tasks/t/subtasksinfo", "200", shows={"value": []},
                 settles=("CloudTaskListSubtasksResult.odata.nextLink",)),
        Question("only other constraints", "POST /jobs/{job}/tasks", "201",
                 {"id": "other", "commandLine": "true", "constraints": {"maxWallClockTime": "PT1H"}}),
        Question("the retries then", "GET /jobs/{job}/tasks/other", "200", shows={"constraints.maxTaskRetryCount": PRESENT},
                 settles=("TaskConstraints.maxTaskRetryCount",)),
    ),
)  # fmt: skip

_ODD = Scenario(
    "taskodd",
    (
        added(),
        add("no command line", "400 MissingRequiredProperty", commandLine=None),
        add("an empty command line", "400", commandLine=""),
        add("an empty command line in a container", "201", commandLine="", containerSettings={"imageName": "busybox"}),
        add("a long command line", "", ("TaskAddParameter.commandLine",), commandLine="true " + "x" * 40_000),
        Question("an id with a dot", "POST /jobs/{job}/tasks", "400 InvalidPropertyValue", {**TASK, "id": "a.b"}),
        Question("an id of 65 characters", "POST /jobs/{job}/tasks", "400 InvalidPropertyValue", {**TASK, "id": "x" * 65}),
        Question("an empty id", "POST /jobs/{job}/tasks", "400", {**TASK, "id": ""}),
        add("an unknown member", "400 InvalidRequestBody or 400 UnsupportedProperty", ("code UnsupportedProperty",), nosuch=1),
        add("retries below minus one", "400 InvalidPropertyValue or 400 OutOfRangeInput",
            ("code OutOfRangeInput", "code InvalidInput"), constraints={"maxTaskRetryCount": -2}),
        add("retries as text", "201", constraints={"maxTaskRetryCount": "5"}),
        add("retries as a word", "400", constraints={"maxTaskRetryCount": "many"}),
        add("slots below one", "400 InvalidPropertyValue or 400 OutOfRangeInput", ("code OutOfRangeInput",), requiredSlots=0),
        add("a duration in weeks", "201", constraints={"retentionTime": "P1.5W"}),
        add("a duration in fractions of days", "201", constraints={"maxWallClockTime": "P0.5D"}),
        add("without limit as azure-batch writes it", "201",
            constraints={"maxWallClockTime": "P10675199DT2H48M5.477581S"}),
        Question("how that is shown", "GET /jobs/{job}/tasks/without-limit-as-azure-batch-writes-it", "200",
                 shows={"constraints.maxWallClockTime": UNLIMITED}),
        add("dependencies where the job uses none", "400 TaskDependenciesNotSpecifiedOnJob",
            ("section 6: single add with dependsOn",), dependsOn={"taskIds": ["t"]}),
        add("a job action where the job has none", "400 InvalidPropertyValue",
            exitConditions={"default": {"jobAction": "terminate"}}),
        add("a setting of AZ_BATCH_", "", ("EnvironmentSetting.name",),
            environmentSettings=[{"name": "AZ_BATCH_JOB_ID", "value": "x"}]),
        add("a setting without a name", "400", environmentSettings=[{"value": "x"}]),
        add("a mount of a container", "", ("ContainerHostDataPath",), containerSettings={
            "imageName": "busybox", "containerHostBatchBindMounts": [{"source": "Task", "isReadOnly": True}]}),
        Question("how that is shown then", "GET /jobs/{job}/tasks/a-mount-of-a-container", "",
                 settles=("ContainerHostDataPath",)),
        add("a registry with a password", "", ("ContainerRegistry.password",), containerSettings={
            "imageName": "busybox", "registry": {"username": "u", "password": "not-a-real-one", "registryServer": "r.invalid"}}),
        Question("is the password shown", "GET /jobs/{job}/tasks/a-registry-with-a-password", "",
                 settles=("ContainerRegistry.password",)),
        add("a code in exitCodes and in a range", "", ("ExitConditions",), exitConditions={
            "exitCodes": [{"code": 1, "exitOptions": {"dependencyAction": "block"}}],
            "exitCodeRanges": [{"start": 0, "end": 5, "exitOptions": {"dependencyAction": "satisfy"}}]}),
        add("an application that does not exist", "", ("code InvalidApplicationPackageReferences",),
            applicationPackageReferences=[{"applicationId": "no-such-one"}]),
        add("one instance", "201", multiInstanceSettings={"numberOfInstances": 1, "coordinationCommandLine": "true"}),
        Question("its subtasks", "GET /jobs/{job}/tasks/one-instance/subtasksinfo", "200", shows={"value": []}),
        add("output files", "201", outputFiles=[{
            "uploadOptions": {"uploadCondition": "tasksuccess"},
            "destination": {"container": {"containerUrl": "https://a.invalid/c?sv=1"}}, "filePattern": "*.txt"}]),
        Question("their members", "GET /jobs/{job}/tasks/output-files", "200",
                 shows={"outputFiles.0.uploadOptions.uploadCondition": "TaskSuccess"}),
    ),
)  # fmt: skip

_DEPENDENT = Scenario(
    "depends",
    (
        added(usesTaskDependencies=True, onTaskFailure="performexitoptionsjobaction"),
        add("on one that does not exist", "201", ("TaskDependencies",), dependsOn={"taskIds": ["no-such-task"]}),
        add("on itself", "", ("TaskDependencies",), dependsOn={"taskIds": ["on-itself"]}),
        add("on a range", "201", dependsOn={"taskIdRanges": [{"start": 1, "end": 5}]}),
        add("on a range backwards", "400", dependsOn={"taskIdRanges": [{"start": 5, "end": 1}]}),
        add("on 6000 ranges", "", ("code TaskDependencyRangesTooLong",),
            dependsOn={"taskIdRanges": [{"start": n, "end": n} for n in range(6000)]}),
        add("on 64001 characters", "400 TaskDependencyListTooLong",
            dependsOn={"taskIds": [f"{n:064}" for n in range(1001)]}),
        add("exit options", "201", exitConditions={
            "default": {"jobAction": "terminate"}, "exitCodes": [{"exitOptions": {"jobAction": "none"}, "code": 3}]}),
        Question("their order", "GET /jobs/{job}/tasks/exit-options", "200", shows={
            "exitConditions.default.jobAction": "terminate", "exitConditions.exitCodes.0.code": 3}),
        Question("terminate a task whose end would end the job", "POST /jobs/{job}/tasks/exit-options/terminate", "204"),
        Question("the job afterwards", "GET /jobs/{job}", "200", shows={"state": "active"}),
        Question("delete a task that others wait for", "DELETE /jobs/{job}/tasks/on-a-range", "200",
                 settles=("TaskDependencies",)),
    ),
)  # fmt: skip

_MOVES = Scenario(
    "moves",
    (
        added(),
        Question("add", "POST /jobs/{job}/tasks", "201", TASK),
        Question("its eTag", "GET /jobs/{job}/tasks/t", "200", keep={"etag": "header:ETag", "modified": "header:Last-Modified"}),
        Question("not changed", "GET /jobs/{job}/tasks/t", "304", headers={"If-None-Match": "{etag}"}),
        Question("eTag in quotes", "PUT /jobs/{job}/tasks/t", "200", {"constraints": {"maxTaskRetryCount": 1}},
                 headers={"If-Match": '"{etag}"'}, settles=("parameter IfMatch",)),
        Question("update", "PUT /jobs/{job}/tasks/t", "200", {"constraints": {"maxTaskRetryCount": 3}},
                 answers={"ETag": PRESENT, "DataServiceId": PRESENT}),
        Question("what it changed", "GET /jobs/{job}/tasks/t", "200", shows={
            "constraints.maxTaskRetryCount": 3, "constraints.retentionTime": "P7D", "constraints.maxWallClockTime": UNLIMITED}),
        Question("update with an old eTag", "PUT /jobs/{job}/tasks/t", "412 ConditionNotMet", {"constraints": {}},
                 headers={"If-Match": "{etag}"}),
        Question("update without constraints", "PUT /jobs/{job}/tasks/t", "200", {}),
        Question("reactivate an active task", "POST /jobs/{job}/tasks/t/reactivate", "409 TaskNotCompleted"),
        Question("terminate", "POST /jobs/{job}/tasks/t/terminate", "204",
                 answers={"DataServiceId": "<account>/jobs/<p>-moves/tasks/t/terminate"}),
        Question("terminated", "GET /jobs/{job}/tasks/t", "200", until=("state", "completed"), shows={
            "previousState": "active", "executionInfo.failureInfo.code": "TaskEnded", "executionInfo.endTime": "<time .7>",
            "executionInfo.failureInfo.category": "UserError", "executionInfo.result": "failure", "nodeInfo": {},
            "executionInfo.startTime": ABSENT, "executionInfo.exitCode": ABSENT},
            settles=("ErrorCategory", "section 6: nodeInfo after terminate")),
        Question("terminate again", "POST /jobs/{job}/tasks/t/terminate", "409 TaskCompleted"),
        Question("update when it is completed", "PUT /jobs/{job}/tasks/t", "", {"constraints": {"maxTaskRetryCount": 1}},
                 settles=("Task_Update", "code TaskCompleted")),
        Question("counts", "GET /jobs/{job}/taskcounts", "200", shows={"taskCounts.completed": 1, "taskCounts.failed": 1}),
        Question("reactivate", "POST /jobs/{job}/tasks/t/reactivate", "204"),
        Question("active again", "GET /jobs/{job}/tasks/t", "200",
                 shows={"state": "active", "previousState": "completed", "executionInfo.failureInfo": ABSENT,
                        "executionInfo.endTime": ABSENT, "executionInfo.retryCount": 0},
                 settles=("Task_Reactivate",)),
        Question("delete", "DELETE /jobs/{job}/tasks/t", "200", answers={"ETag": ABSENT}),
        Question("add at once", "POST /jobs/{job}/tasks", "201", TASK, settles=("Task_Delete",)),
        Question("delete with another eTag", "DELETE /jobs/{job}/tasks/t", "412 ConditionNotMet", headers={"If-Match": "{etag}"}),
        Question("delete a task that is not there", "DELETE /jobs/{job}/tasks/none", "404 TaskNotFound"),
        Question("terminate a task that is not there", "POST /jobs/{job}/tasks/none/terminate", "404 TaskNotFound"),
    ),
)  # fmt: skip

SCENARIOS = (_ADD, _ODD, _DEPENDENT, _MOVES)
