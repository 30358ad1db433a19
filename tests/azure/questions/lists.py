"""Lists: pages, filters, their order, and what they refuse."""

from __future__ import annotations

from tests.azure.contract.question import ABSENT, PRESENT, Question, Scenario
from tests.azure.questions.collections import tasks
from tests.azure.questions.jobs import JOB, added

_T = "GET /jobs/{job}/tasks"
_J = "GET /jobs?$filter=startswith(id,'{p}-jobs')"
_SETTLES = ("Task_List $filter",)


def _filter(name: str, text: str, expect: str = "200") -> Question:
    return Question(name, f"{_T}?$select=id&$filter={text}", expect, settles=_SETTLES)


_TASKS = Scenario(
    "list",
    (
        added(),
        Question("five tasks", "POST /jobs/{job}/addtaskcollection", "200", tasks("t10", "t2", "A", "b", "t1")),
        Question("ordered by id", f"{_T}?$select=id", "200", shows={
            "value.0.id": "A", "value.1.id": "b", "value.2.id": "t1", "value.3.id": "t10", "value.4.id": "t2",
            "odata\\.nextLink": ABSENT}),
        Question("a page of two", f"{_T}?maxresults=2&$select=id", "200", shows={"value.2": ABSENT, "odata\\.nextLink": PRESENT},
                 keep={"next": "odata\\.nextLink"},
                 settles=("CloudTaskListResult.odata.nextLink", "section 6: the form of $skiptoken")),
        Question("the next page", "GET {next}", "200", version=None, keep={"next": "odata\\.nextLink"},
                 shows={"value.0.id": "t1", "value.1.id": "t10", "value.2": ABSENT}),
        Question("the last page", "GET {next}", "200", version=None, shows={"value.0.id": "t2", "odata\\.nextLink": ABSENT}),
        Question("a skip token that is none", f"{_T}?$skiptoken=nosuch", "400"),
        Question("pages of zero", f"{_T}?maxresults=0", "400"),
        Question("pages of 1001", f"{_T}?maxresults=1001", "400"),
        Question("pages of a word", f"{_T}?maxresults=many", "400 InvalidQueryParameterValue"),
        Question("whole tasks", f"{_T}?maxresults=1", "200", shows={"value.0.state": "active"}),
        Question("with statistics", f"{_T}?maxresults=1&$expand=stats", "200"),
        _filter("by state", "state eq 'active'"),
        _filter("by state in capitals", "state eq 'ACTIVE'", ""),
        _filter("by a state that is none", "state eq 'nosuch'", "400 InvalidQueryParameterValue"),
        _filter("by id", "id eq 't1'"),
        _filter("by the beginning of the id", "startswith(id,'t')"),
        _filter("by id in capitals", "id eq 'T1'", ""),
        _filter("by time", "stateTransitionTime ge DateTime'2020-01-01T00:00:00Z'"),
        _filter("by time in lower case", "stateTransitionTime ge datetime'2020-01-01T00:00:00Z'", ""),
        _filter("by exit code", "executionInfo/exitCode eq 0"),
        _filter("by retries", "executionInfo/retryCount gt 0", ""),
        _filter("by node", "nodeInfo/nodeId eq 'x'", ""),
        _filter("two of them", "state eq 'active' and id ge 't'"),
        _filter("one of two", "id eq 't1' or id eq 't2'"),
        _filter("with not", "not (id eq 't1')", ""),
        _filter("a greater id", "id gt 't1'", ""),
        _filter("by a member that cannot be filtered by", "commandLine eq 'true'", "400 InvalidQueryParameterValue"),
        _filter("not a filter", "nosuch", "400 InvalidQueryParameterValue"),
        _filter("a quote within", "id eq 'a''b'"),
        _filter("an empty filter", "", ""),
        Question("an unknown parameter", f"{_T}?nosuch=1", "400 UnsupportedQueryParameter"),
        Question("a parameter twice", f"{_T}?maxresults=1&maxresults=2", "400"),
        Question("of a job that is not there", "GET /jobs/{p}-none/tasks", "404 JobNotFound"),
    ),
)  # fmt: skip

_JOBS = Scenario(
    "jobs",
    (
        added(),
        Question("a second job", "POST /jobs", "201", {**JOB, "id": "{p}-jobs2"}),
        Question("by id", f"{_J}&$select=id,state", "200", shows={"value.0.id": PRESENT, "value.0.url": ABSENT}),
        Question("a page of one", f"{_J}&maxresults=1&$select=id", "200", keep={"next": "odata\\.nextLink"},
                 shows={"odata\\.nextLink": PRESENT}, settles=("section 6: the form of $skiptoken",)),
        Question("its second page", "GET {next}", "200", version=None, shows={"value.0.id": PRESENT}),
        Question("by state", f"{_J} and state eq 'active'&$select=id", "200", settles=("Job_List $filter",)),
        Question("by the time of the last change", f"{_J} and lastModified ge DateTime'2020-01-01T00:00:00Z'&$select=id", "200",
                 settles=("Job_List $filter",)),
        Question("by the pool", f"{_J} and executionInfo/poolId eq '{{p}}-no-such-pool'&$select=id", "200",
                 settles=("Job_List $filter",)),
        Question("by a pool that is greater", f"{_J} and executionInfo/poolId gt 'a'&$select=id", "",
                 settles=("Job_List $filter",)),
        Question("by priority", f"{_J} and priority eq 0&$select=id", "", settles=("Job_List $filter",)),
        Question("by a beginning of the pool", f"{_J} and startswith(executionInfo/poolId,'x')&$select=id", "",
                 settles=("Job_List $filter",)),
    ),
)  # fmt: skip

SCENARIOS = (_TASKS, _JOBS)
