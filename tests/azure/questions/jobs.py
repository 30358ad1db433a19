"""Jobs: add, get, patch, update, disable, enable, and what each of them refuses."""

from __future__ import annotations

from typing import Any

from tests.azure.contract.question import ABSENT, PRESENT, Question, Scenario

POOL = {"poolId": "{p}-no-such-pool"}
JOB = {"id": "{job}", "poolInfo": POOL}
UNLIMITED = "P10675199DT2H48M5.4775807S"


def added(**members: Any) -> Question:
    """Return the question that adds the job of a scenario."""
    return Question("add the job", "POST /jobs", "201", {**JOB, **members})


_ADD = Scenario(
    "add",
    (
        Question(
            "a job on a pool that does not exist",
            "POST /jobs",
            "201",
            JOB,
            answers={"ETag": PRESENT, "Last-Modified": PRESENT, "DataServiceId": "<account>/jobs/job-1", "Location": PRESENT},
        ),
        Question("again", "POST /jobs", "409 JobExists", JOB),
        Question("again in capitals", "POST /jobs", "409 JobExists", {**JOB, "id": "{p}-ADD"}),
        Question(
            "get",
            "GET /jobs/{job}",
            "200",
            shows={
                "state": "active",
                "priority": 0,
                "previousState": ABSENT,
                "onAllTasksComplete": "noaction",
                "onTaskFailure": "noaction",
                "usesTaskDependencies": False,
                "maxParallelTasks": -1,
                "allowTaskPreemption": False,
                "constraints.maxWallClockTime": UNLIMITED,
                "constraints.maxTaskRetryCount": 0,
                "executionInfo.startTime": PRESENT,
                "executionInfo.poolId": "<p>-no-such-pool",
                "creationTime": "<time .7>",
                "lastModified": "<time .7>",
            },
            order=("odata.metadata", "id", "url", "eTag", "lastModified", "creationTime", "state", "stateTransitionTime",
                   "priority", "usesTaskDependencies", "constraints", "poolInfo", "executionInfo"),
            answers={"ETag": PRESENT, "Last-Modified": "<date>"},
        ),
        Question("id in capitals", "GET /jobs/{p}-ADD", "200", shows={"id": "<p>-add"}),
        Question("a job that is not there", "GET /jobs/{p}-none", "404 JobNotFound"),
        Question("select", "GET /jobs/{job}?$select=id,state", "200",
                 shows={"id": "<p>-add", "state": "active", "url": ABSENT}),
        Question("select without id", "GET /jobs/{job}?$select=state", "200", shows={"state": "active"},
                 settles=("parameter Select",)),
        Question("select with a path", "GET /jobs/{job}?$select=executionInfo/poolId", "", settles=("parameter Select",)),
        Question("select what does not exist", "GET /jobs/{job}?$select=nosuch", "400 InvalidQueryParameterValue"),
        Question("expand statistics", "GET /jobs/{job}?$expand=stats", "200"),
        Question("expand what cannot be expanded", "GET /jobs/{job}?$expand=nosuch", "400 InvalidQueryParameterValue"),
        Question("task counts", "GET /jobs/{job}/taskcounts", "200",
                 shows={"taskCounts.active": 0, "taskSlotCounts.active": 0}),
        Question("task counts of a job that is not there", "GET /jobs/{p}-none/taskcounts", "404 JobNotFound"),
        Question("preparation status of a job without such tasks", "GET /jobs/{job}/jobpreparationandreleasetaskstatus",
                 "409 JobPreparationTaskOrReleaseTaskNotSpecified"),
    ),
)  # fmt: skip

_ODD = Scenario(
    "odd",
    (
        added(
            metadata=[{"name": "b", "value": "2"}, {"value": "1", "name": "a"}],
            priority=7,
            displayName="jöb",
            commonEnvironmentSettings=[{"value": "x", "name": "A"}],
            constraints={"maxTaskRetryCount": 3, "maxWallClockTime": "PT90M"},
            usesTaskDependencies=True,
            onTaskFailure="performexitoptionsjobaction",
        ),
        Question(
            "get",
            "GET /jobs/{job}",
            "200",
            shows={
                "displayName": "jöb",
                "priority": 7,
                "constraints.maxWallClockTime": "PT1H30M",
                "metadata.0.name": "b",
                "onTaskFailure": "performexitoptionsjobaction",
            },
            order=("commonEnvironmentSettings", "poolInfo", "metadata"),
        ),
        Question("no id", "POST /jobs", "400 MissingRequiredProperty", {"poolInfo": POOL}),
        Question("no pool", "POST /jobs", "400 MissingRequiredProperty", {"id": "{p}-odd1"}),
        Question("an empty pool", "POST /jobs", "", {"id": "{p}-odd2", "poolInfo": {}}),
        Question("an id with a space", "POST /jobs", "400 InvalidPropertyValue", {**JOB, "id": "{p}-a b"}),
        Question("an id with a colon", "POST /jobs", "400 InvalidPropertyValue", {**JOB, "id": "{p}-a:b"},
                 settles=("parameter JobId",)),
        Question("an id of 65 characters", "POST /jobs", "400 InvalidPropertyValue", {**JOB, "id": "{p}-" + "x" * 60}),
        Question("get an id with a colon", "GET /jobs/{p}-a:b", "404 JobNotFound", settles=("parameter JobId",)),
        Question("priority out of range", "POST /jobs", "400 InvalidPropertyValue or 400 OutOfRangeInput",
                 {**JOB, "id": "{p}-odd3", "priority": 1001}, settles=("code OutOfRangeInput",)),
        Question("priority as text", "POST /jobs", "", {**JOB, "id": "{p}-odd4", "priority": "5"}),
        Question("an unknown member", "POST /jobs", "400 InvalidRequestBody or 400 UnsupportedProperty",
                 {**JOB, "id": "{p}-odd5", "nosuch": 1}, settles=("code UnsupportedProperty",)),
        Question("a bad enum", "POST /jobs", "400", {**JOB, "id": "{p}-odd6", "onTaskFailure": "nosuch"},
                 settles=("code InvalidInput",)),
        Question("a bad duration", "POST /jobs", "400",
                 {**JOB, "id": "{p}-odd7", "constraints": {"maxWallClockTime": "soon"}}),
        Question("a duration with a fraction", "POST /jobs", "201",
                 {**JOB, "id": "{p}-odd8", "constraints": {"maxWallClockTime": "PT1.5H"}}),
        Question("how it is shown", "GET /jobs/{p}-odd8", "200", shows={"constraints.maxWallClockTime": "PT1H30M"}),
        Question("a negative duration", "POST /jobs", "400",
                 {**JOB, "id": "{p}-odd9", "constraints": {"maxWallClockTime": "-PT1H"}}),
        Question("a number of retries as text", "POST /jobs", "201",
                 {**JOB, "id": "{p}-odd10", "constraints": {"maxTaskRetryCount": "5"}}),
        Question("its number", "GET /jobs/{p}-odd10", "200", shows={"constraints.maxTaskRetryCount": 5}),
        Question("null members", "POST /jobs", "201", {**JOB, "id": "{p}-odd11", "displayName": None, "constraints": None}),
        Question("metadata of a megabyte less a bit", "POST /jobs", "400 MetadataTooLarge or 201",
                 {**JOB, "id": "{p}-odd14", "metadata": [{"name": "a", "value": "x" * 900_000}]}),
        Question("metadata with a control character", "POST /jobs", "400 InvalidMetadata or 201",
                 {**JOB, "id": "{p}-odd15", "metadata": [{"name": "a\u0001", "value": "x\u0001"}]}),
        Question("an application that does not exist", "POST /jobs", "", settles=(), body={**JOB, "id": "{p}-odd16",
                 "poolInfo": {"poolId": "{p}-no-such-pool"}, "jobManagerTask": {
                     "id": "m", "commandLine": "true", "applicationPackageReferences": [{"applicationId": "no-such-one"}]}}),
        Question("empty metadata name", "POST /jobs", "400 EmptyMetadataKey or 201",
                 {**JOB, "id": "{p}-odd12", "metadata": [{"name": "", "value": ""}]}),
        Question("maxParallelTasks 0", "POST /jobs", "400 InvalidPropertyValue or 400 OutOfRangeInput",
                 {**JOB, "id": "{p}-odd13", "maxParallelTasks": 0}, settles=("code OutOfRangeInput",)),
    ),
)  # fmt: skip

_CHANGE = Scenario(
    "change",
    (
        added(metadata=[{"name": "a", "value": "1"}], priority=5),
        Question("its eTag", "GET /jobs/{job}", "200", keep={"etag": "header:ETag", "modified": "header:Last-Modified"}),
        Question("not changed since", "GET /jobs/{job}", "304", headers={"If-None-Match": "{etag}"}),
        Question("not changed since, by time", "GET /jobs/{job}", "304", headers={"If-Modified-Since": "{modified}"}),
        Question("an eTag in quotes", "GET /jobs/{job}", "304", headers={"If-None-Match": '"{etag}"'},
                 settles=("parameter IfMatch",)),
        Question("another eTag", "GET /jobs/{job}", "412 ConditionNotMet", headers={"If-Match": "0x8DA000000000000"}),
        Question("changed before then", "GET /jobs/{job}", "412 ConditionNotMet",
                 headers={"If-Unmodified-Since": "Fri, 05 Jan 2018 07:16:39 GMT"}),
        Question("a date that is none", "GET /jobs/{job}", "400 InvalidHeaderValue", headers={"If-Modified-Since": "soon"}),
        Question("two conditions against each other", "GET /jobs/{job}", "400 MultipleConditionHeadersNotSupported",
                 headers={"If-Match": "*", "If-None-Match": "*"}),
        Question("patch the priority", "PATCH /jobs/{job}", "200", {"priority": 9},
                 answers={"ETag": PRESENT, "DataServiceId": PRESENT}),
        Question("only that is changed", "GET /jobs/{job}", "200",
                 shows={"priority": 9, "metadata.0.value": "1", "eTag": PRESENT}),
        Question("patch with an old eTag", "PATCH /jobs/{job}", "412 ConditionNotMet", {"priority": 1},
                 headers={"If-Match": "{etag}"}),
        Question("patch with nothing", "PATCH /jobs/{job}", "", {}),
        Question("patch an unknown member", "PATCH /jobs/{job}", "400", {"nosuch": 1}),
        Question("patch what cannot be changed", "PATCH /jobs/{job}", "400", {"usesTaskDependencies": True}),
        Question("patch the pool of an active job", "PATCH /jobs/{job}", "", {"poolInfo": {"poolId": "{p}-other"}}),
        Question("patch the end of tasks", "PATCH /jobs/{job}", "200", {"onAllTasksComplete": "noaction"}),
        Question("patch a job that is not there", "PATCH /jobs/{p}-none", "404 JobNotFound", {"priority": 1}),
        Question("update, all of it", "PUT /jobs/{job}", "200", {"poolInfo": POOL}),
        Question("what was left out is reset", "GET /jobs/{job}", "200", shows={"priority": 0, "metadata": ABSENT}),
        Question("update with an old time", "PUT /jobs/{job}", "412 ConditionNotMet", {"poolInfo": POOL},
                 headers={"If-Unmodified-Since": "Fri, 05 Jan 2018 07:16:39 GMT"}),
    ),
)  # fmt: skip

_DISABLE = Scenario(
    "disable",
    (
        added(),
        Question("disable without a body", "POST /jobs/{job}/disable", "400"),
        Question("disable with a word that is none", "POST /jobs/{job}/disable", "400", {"disableTasks": "nosuch"}),
        Question("disable", "POST /jobs/{job}/disable", "202", {"disableTasks": "requeue"},
                 answers={"DataServiceId": "<account>/jobs/<p>-disable/disable"},
                 settles=("Job_Terminate", "header DataServiceIdUnseen")),
        Question("until it is disabled", "GET /jobs/{job}", "200", until=("state", "disabled"),
                 shows={"state": "disabled", "previousState": "disabling"}),
        Question("disable again", "POST /jobs/{job}/disable", "", {"disableTasks": "wait"}, racing=True),
        Question("a task for a disabled job", "POST /jobs/{job}/tasks", "201", {"id": "t", "commandLine": "true"},
                 settles=("code JobDisabled", "code JobNotActive")),
        Question("the pool of a disabled job", "PATCH /jobs/{job}", "200", {"poolInfo": {"poolId": "{p}-other"}}),
        Question("enable", "POST /jobs/{job}/enable", "202", answers={"DataServiceId": "<account>/jobs/<p>-disable/enable"},
                 settles=("Job_Terminate", "header DataServiceIdUnseen")),
        Question("until it is active", "GET /jobs/{job}", "200", until=("state", "active"),
                 shows={"state": "active", "previousState": PRESENT, "executionInfo.poolId": "<p>-other"}),
        Question("enable again", "POST /jobs/{job}/enable", ""),
        Question("enable a job that is not there", "POST /jobs/{p}-none/enable", "404 JobNotFound"),
    ),
)  # fmt: skip

_SPECIAL = Scenario(
    "special",
    (
        added(jobPreparationTask={"commandLine": "true"}, jobReleaseTask={"commandLine": "true"}),
        Question("how they are shown", "GET /jobs/{job}", "200", shows={
            "jobPreparationTask.id": "jobpreparation", "jobPreparationTask.waitForSuccess": True,
            "jobPreparationTask.rerunOnNodeRebootAfterSuccess": True, "jobPreparationTask.constraints.retentionTime": "P7D",
            "jobPreparationTask.constraints.maxTaskRetryCount": 0, "jobReleaseTask.id": "jobrelease",
            "jobReleaseTask.maxWallClockTime": "PT15M", "jobReleaseTask.retentionTime": "P7D"}),
        Question("their status", "GET /jobs/{job}/jobpreparationandreleasetaskstatus", "200", shows={
            "value": [], "odata\\.metadata": "<account>/$metadata#jobpreparationandreleasetaskstatuslist"}),
        Question("their status by a filter", "GET /jobs/{job}/jobpreparationandreleasetaskstatus?$filter="
                 "jobPreparationTaskExecutionInfo/state eq 'running'", "",
                 settles=("Job_ListPreparationAndReleaseTaskStatus $filter",)),
        Question("a task with the id of the first", "POST /jobs/{job}/tasks", "409 TaskIdSameAsJobPreparationTask",
                 {"id": "jobpreparation", "commandLine": "true"}),
        Question("a task with the id of the other", "POST /jobs/{job}/tasks", "409 TaskIdSameAsJobReleaseTask",
                 {"id": "jobrelease", "commandLine": "true"}),
        Question("a release task alone", "POST /jobs", "",
                 {**JOB, "id": "{p}-special2", "jobReleaseTask": {"commandLine": "true"}}),
        Question("a job manager task", "POST /jobs", "201", {**JOB, "id": "{p}-special3", "constraints": {"maxTaskRetryCount": 2},
                 "jobManagerTask": {"id": "m", "commandLine": "true"}}),
        Question("how it is shown", "GET /jobs/{p}-special3", "200", shows={
            "jobManagerTask.killJobOnCompletion": True, "jobManagerTask.runExclusive": True,
            "jobManagerTask.constraints.maxTaskRetryCount": 2}),
    ),
)  # fmt: skip

SCENARIOS = (_ADD, _ODD, _CHANGE, _DISABLE, _SPECIAL)
