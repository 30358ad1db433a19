"""The report and its errors: their words, their numbers, going on from them, and pickling them."""

from __future__ import annotations

import pickle
import traceback

import pytest
from attrs import evolve

from batchtasks import BulkAddError, BulkError, BulkProgress, BulkReport, TaskOutcome
from batchtasks._bulk.report import in_one_line
from batchtasks.errors import (
    AuthenticationError,
    ConnectionFailedError,
    InvalidInputError,
    InvalidRequestError,
    JobNotFoundError,
    ThrottledError,
    TokenError,
)


def failed(task_id: str | None, position: int | None = None) -> TaskOutcome:
    error = InvalidRequestError(
        "One of the values is bad.\nMore.",
        status_code=400,
        code="InvalidPropertyValue",
        values=[("PropertyName", "constraints"), ("Reason", "negative")],
    )
    return TaskOutcome(task_id, "failed", error, position, task={"id": task_id})


WHY = "InvalidPropertyValue: One of the values is bad (property constraints, reason negative)"


def test_the_words_for_none() -> None:
    assert str(BulkReport(job_id="job1")) == "0 of 0 tasks added (job 'job1')."
    assert str(BulkReport(job_id="job1", added=1)) == "1 of 1 task added (job 'job1')."


def test_the_words_for_one() -> None:
    error = BulkAddError(BulkReport(job_id="job1", added=2, existed=1, failed=[failed("t1")]))
    assert str(error) == f"2 of 4 tasks added (job 'job1'); 1 existed before; 1 failed: t1 ({WHY})."


def test_the_words_for_many() -> None:
    report = BulkReport(job_id="job1", added=12_000, failed=[failed(f"t{n}") for n in range(2005)], unsent=[1] * 1500)
    report.unknown = [TaskOutcome("u1", "unknown", ConnectionFailedError("The exchange broke off."))]
    report.stopped = JobNotFoundError("The job does not exist.", status_code=404, code="JobNotFound")
    assert str(BulkAddError(report)) == (
        f"12,000 of 15,506 tasks added (job 'job1'); 2,005 failed: t0 ({WHY}), t1 ({WHY}), t2 ({WHY}) and 2,002 more;"
        " the outcome of 1 is unknown: u1 (ConnectionFailedError: The exchange broke off); 1,500 not sent;"
        " the call was stopped by JobNotFound: The job does not exist."
    )


@pytest.mark.parametrize(("number", "end"), [(3, f"t2 ({WHY})."), (4, f"t2 ({WHY}) and 1 more.")])
def test_three_are_named(number: int, end: str) -> None:
    assert str(BulkReport(job_id="j", failed=[failed(f"t{n}") for n in range(number)])).endswith(end)


def test_outcomes_are_the_same_whatever_object_the_task_was() -> None:
    assert TaskOutcome("t", "added", task={"id": "t"}) == TaskOutcome("t", "added", task=None)


def test_the_task_of_an_outcome_is_not_shown() -> None:
    """Its environment may have secrets."""
    assert "secret" not in repr(TaskOutcome("t", "added", task={"environmentSettings": "secret"}))


def test_a_task_without_an_id_is_named_by_its_place() -> None:
    assert f"1 failed: the task at position 7 ({WHY})" in str(BulkReport(job_id="j", failed=[failed(None, 7)]))


def test_the_words_of_the_other_operations() -> None:
    report = BulkReport(job_id="j", verb="deleted", added=3, existed=2)
    assert str(report) == "3 of 5 tasks deleted (job 'j'); 2 were so before."
    assert (report.done, report.already) == (3, 2)


def test_errors_in_one_line() -> None:
    assert in_one_line(None) == "no reason known"
    assert in_one_line(KeyboardInterrupt()) == "KeyboardInterrupt"
    assert in_one_line(ThrottledError("Too many requests.", status_code=429)) == "429: Too many requests"


def test_ok_and_raising() -> None:
    BulkReport(job_id="j", added=3, existed=1).raise_if_incomplete()
    for report in (
        BulkReport(job_id="j", failed=[failed("a")]),
        BulkReport(job_id="j", unsent=[1]),
        BulkReport(job_id="j", failed=[failed("a")], stopped=failed("a").error),
        BulkReport(job_id="j", unsent=[1], stopped=KeyboardInterrupt()),
    ):
        assert not report.ok
        with pytest.raises(BulkAddError) as caught:
            report.raise_if_incomplete()
        assert caught.value.report is report
        assert caught.value.__cause__ is report.stopped
    with pytest.raises(BulkError) as other:
        BulkReport(job_id="j", verb="deleted", unsent=[1]).raise_if_incomplete()
    assert not isinstance(other.value, BulkAddError)


def test_reports_and_errors_can_be_pickled() -> None:
    """All but the untouched rest of the input."""
    report = BulkReport(job_id="j", added=1, failed=[failed("a")], unsent=[{"id": "b"}], untouched=iter([1]))
    error = pickle.loads(pickle.dumps(BulkAddError(report)))
    assert isinstance(error, BulkAddError)
    assert str(error) == str(BulkAddError(report))
    assert (error.report.added, error.report.pulled) == (1, 3)
    assert list(error.report.resume) == [{"id": "b"}]
    outcome = pickle.loads(pickle.dumps(failed("a")))
    assert outcome.error.property_name == "constraints"


def test_what_remains() -> None:
    """Unknown ones, failures that may pass or are not theirs, unsent ones, the rest; not what was refused for good."""
    busy = ThrottledError("busy", status_code=503, code="ServerBusy")
    wrong_key = AuthenticationError("no", status_code=403, code="AuthenticationFailed")
    report = BulkReport(
        job_id="j",
        failed=[
            failed("a"),
            TaskOutcome("x", "failed", wrong_key, task="X"),
            TaskOutcome("b", "failed", busy, task="B"),
            TaskOutcome("y", "failed", TokenError("none"), task="Y"),
        ],
        unknown=[TaskOutcome("c", "unknown", busy, task="C")],
        unsent=["D"],
        untouched=iter(["E", "F"]),
    )
    assert report.resume
    assert list(report.resume) == ["C", "X", "B", "Y", "D", "E", "F"]
    assert list(report.resume) == ["C", "X", "B", "Y", "D"]
    assert not BulkReport(job_id="j", failed=[failed("a")]).resume


def test_a_long_report_is_shown_in_short() -> None:
    """At the prompt, or in the traceback of a test."""
    report = BulkReport(job_id="j", failed=[failed("t0")] * 100_000)
    assert repr(report) == f"<BulkReport: {report}>"
    assert "100,000 failed: t0 (" in repr(report)
    assert len(repr(BulkAddError(report))) < 500


def test_errors_are_shown_where_they_are_imported_from() -> None:
    for kind in (BulkError, BulkAddError):
        assert kind.__module__ == "batchtasks"
        shown = traceback.format_exception_only(kind(BulkReport(job_id="j", unsent=[1])))
        assert shown == [f"batchtasks.{kind.__name__}: 0 of 1 task added (job 'j'); 1 not sent.\n"]


def test_progress_is_one_sentence() -> None:
    progress = BulkProgress(1200, 1000, 20, 3, 100, 1234.5)
    numbers = "1,000 added, 20 existed before, 3 failed, 100 sent again (1,234 a second)."
    assert str(progress) == f"1,200 tasks sent: {numbers}"
    assert str(evolve(progress, total=5000)) == f"1,200 of 5,000 tasks sent: {numbers}"
    assert str(BulkProgress(1, 1, 0, 0, 0, 2.0, verb="deleted")) == (
        "1 task sent: 1 deleted, 0 were so before, 0 failed, 0 sent again (2 a second)."
    )


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (TaskOutcome("t1", "added"), "Task 't1' was added."),
        (TaskOutcome("t1", "existed"), "Task 't1' existed before."),
        (TaskOutcome("t1", "done"), "Task 't1': done."),
        (TaskOutcome("t1", "already"), "Task 't1' was so before."),
        (TaskOutcome("t1", "unsent"), "Task 't1' was not sent."),
        (failed("t1"), f"Task 't1' failed: {WHY}."),
        (failed(None, 7), f"The task at position 7 failed: {WHY}."),
        (
            TaskOutcome("t1", "unknown", TokenError("none.")),
            "The outcome of task 't1' is unknown: TokenError: none.",
        ),
    ],
)
def test_an_outcome_is_one_sentence(outcome: TaskOutcome, sentence: str) -> None:
    assert str(outcome) == sentence


def test_a_notebook_shows_a_table() -> None:
    """With the five counts, the first few failures and what stopped the call; nothing in it is taken for HTML."""
    odd = TaskOutcome("t<1>", "failed", InvalidInputError("<script>"))
    report = BulkReport(job_id="j&j", added=1200, failed=[odd] * 20, stopped=JobNotFoundError("Gone.", status_code=404))
    html = report._repr_html_()
    assert html.startswith("<table>")
    assert "<td>1,200</td>" in html
    assert html.count("t&lt;1&gt;") == 10
    assert "<script>" not in html
    assert "j&amp;j" in html
    assert "404: Gone" in html
    assert "Job j&amp;j, 0 requests, 0.0 s" in html
    assert "Job j, 1 request, 0.0 s" in BulkReport(job_id="j", requests=1)._repr_html_()


def test_the_counts_by_name() -> None:
    report = BulkReport(job_id="j", added=1, existed=2, failed=[failed("a")], unsent=[1, 2])
    assert report.counts == {"added": 1, "existed": 2, "failed": 1, "unknown": 0, "unsent": 2}
    assert list(BulkReport(job_id="j", verb="deleted").counts)[:2] == ["deleted", "already"]
