"""Ctrl-C, cancellation and exceptions of the caller's own: the exception carries a report, and the report is true."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import batchtasks._bulk
from batchtasks import BulkAddError, BulkReport, ConfigurationError, JobNotFoundError, RetryPolicy
from batchtasks._bulk import methods
from tests.batchtasks.bulk import scripted as s
from tests.batchtasks.bulk.checks import Trial

HOME = str(Path(batchtasks._bulk.__file__).parent)


class Interrupting:
    """Raises KeyboardInterrupt before the n-th line that the bulk package runs."""

    def __init__(self, line: int) -> None:
        self.left = line

    def __call__(self, frame: FrameType, event: str, arg: object) -> Any:
        if not frame.f_code.co_filename.startswith(HOME):
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
        return self


# The tasks that are added in the end; of the others t-0 is there before, t-4 is refused, one repeats an id, one has no good one.
WANTED = {"t-0", "t-1", "t-2", "t-3", "t-5", "t-6"}
TASKS = [
    *s.make_tasks(4),
    {"id": "T-2", "commandLine": "true"},
    {"id": "no good id", "commandLine": "true"},
    *s.make_tasks(7)[4:],
]


def faulty_service() -> s.Service:
    """A service that does something else with each request."""
    service = s.Service(7)
    faults = [None, None, s.lost(), s.some_server_errors(0.5), s.page(502), s.refused(), s.forgotten_rows(0.5)]
    service.faults = [*faults, s.too_many_for_it(1)]
    service.is_bad = lambda task: task["id"] == "t-4"
    # In the first request, whose answer is not lost: after a lost one nobody could tell it from an own one.
    service.has("t-0")
    return service


def interrupted(concurrency: int, is_async: bool, line: int) -> tuple[Trial, list[Any], BulkReport | None, bool]:
    """Run a call with an interruption; return the input that is left, the report and whether the call ran to its end."""
    options: dict[str, Any] = {"concurrency": concurrency, "is_async": is_async, "existing": "verify"}
    trial = Trial(faulty_service(), TASKS, max_tasks=2, retry=RetryPolicy(attempts=4), **options)
    source = iter(TASKS)
    before = sys.gettrace()
    sys.settrace(Interrupting(line))
    try:
        trial.run(source)
    except KeyboardInterrupt as interruption:
        report = getattr(interruption, "report", None)
        return trial, list(source), report, False
    finally:
        sys.settrace(before)
    return trial, list(source), None, True


# Not before every line: the loops come by each line of the source often enough. The slow tests come by more often.
@pytest.mark.parametrize(
    ("concurrency", "is_async", "step"),
    [
        (1, False, 9),
        (1, True, 19),
        *(
            pytest.param(concurrency, is_async, 7 if is_async else 3, marks=pytest.mark.slow)
            for concurrency in (1, 3)
            for is_async in (False, True)
        ),
    ],
)
def test_an_interruption_at_any_line_loses_nothing(concurrency: int, is_async: bool, step: int) -> None:
    """Before whatever line it strikes: all tasks pulled are in the report, once, and `added` is what the service has."""
    line = reports = 0
    while True:
        line += step
        trial, left, report, ran_through = interrupted(concurrency, is_async, line)
        if ran_through:
            break
        if report is None:
            # Before the first task was pulled, or after the last was settled.
            assert len(left) == len(TASKS) or not left
            continue
        reports += 1
        check_counts(trial, left, report)
        if line % 7 == 0:
            finish(trial, left, report)
    assert reports > 1350 / step


@pytest.mark.parametrize("is_async", [False, True])
@pytest.mark.parametrize("is_resumed", [False, True])
def test_an_interruption_at_the_start_leaves_all_to_another_call(is_async: bool, is_resumed: bool) -> None:
    """What is not added is in `resume`; before the call took over what another has left, it is also still there."""
    reports = 0
    for line in range(1, 250):
        service, given = s.Service(), iter(s.make_tasks(5))
        rest: Any = given
        trial = Trial(service, [], max_tasks=2, concurrency=2, is_async=is_async)
        if is_resumed:
            service.faults = [s.nothing_done(403, "X")]
            rest = Trial(service, [], max_tasks=2, concurrency=1, is_async=is_async).run(given).resume
        before = sys.gettrace()
        sys.settrace(Interrupting(line))
        try:
            trial.run(rest)
        except KeyboardInterrupt as interruption:
            report: BulkReport | None = getattr(interruption, "report", None)
        else:
            break
        finally:
            sys.settrace(before)
        rest = rest if report is None else report.resume
        reports += report is not None
        assert (0 if report is None else report.added) + len(list(rest)) == 5
    assert reports > 50


def check_counts(trial: Trial, left: list[Any], report: BulkReport) -> None:
    """Hold the report to the service: `left` is the input that was not pulled."""
    assert report.pulled == len(TASKS) - len(left)
    # None if it struck after the end of the work.
    assert isinstance(report.stopped, KeyboardInterrupt) or (report.stopped is None and not left)
    unknown = {str(outcome.task_id) for outcome in report.unknown}
    failed = {str(outcome.task_id) for outcome in report.failed if outcome.task_id}
    unsent = {task["id"] for task in report.unsent}
    assert len(unknown | failed | unsent) == len(report.unknown) + len(report.failed) + len(report.unsent)
    created = set(trial.service.tasks) - trial.service.before
    assert not created & (failed | unsent)
    assert len(created - unknown) == report.added


def finish(trial: Trial, left: list[Any], report: BulkReport) -> None:
    """Go on where the call ended: everything that can be added is there in the end."""
    trial.service.faults = []
    report.untouched = iter(left)
    second = Trial(trial.service, []).run(report.resume)
    assert not second.unsent
    assert not second.unknown
    assert set(trial.service.tasks) == WANTED
    # t-0 counts as added if the call was interrupted while it was sent: nobody could tell it from an own one then.
    assert len(WANTED) - 1 <= report.added + second.added <= len(WANTED)


@pytest.mark.parametrize("is_async", [False, True])
@pytest.mark.parametrize("concurrency", [1, 3])
@pytest.mark.parametrize("step", [13, pytest.param(5, marks=pytest.mark.slow)])
def test_an_interruption_of_a_resumed_call_loses_nothing(concurrency: int, is_async: bool, step: int) -> None:
    """What the first call had left unknown is still known to the second, at whatever line that one is interrupted."""
    line = reports = 0
    while True:
        line += step
        service = s.Service()
        service.faults = [None, s.lost(), s.lost(), s.lost()]
        retry = RetryPolicy(attempts=1)
        first = Trial(service, s.make_tasks(9), concurrency=3, max_tasks=2, retry=retry).run()
        assert (first.added, len(first.unknown)) == (3, 6)
        rest, sent = first.resume, len(service.requests)
        before = sys.gettrace()
        sys.settrace(Interrupting(line))
        try:
            Trial(service, [], concurrency=concurrency, max_tasks=2, is_async=is_async).run(rest)
            break
        except KeyboardInterrupt as interruption:
            second: BulkReport | None = getattr(interruption, "report", None)
        finally:
            sys.settrace(before)
        if second is None:
            # Before the call had begun, or after its end.
            assert rest or len(service.requests) > sent
            continue
        reports += 1
        third = Trial(service, []).run(second.resume)
        assert (third.ok, third.existed) == (True, 0)
        assert first.added + second.added + third.added == len(service.tasks) == 9
    assert reports > 500 / step


def test_what_is_left_stays_left_if_the_next_call_cannot_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as that of an AsyncBatchClient without an event loop of asyncio."""

    def refuse(backend: s.ScriptedBackend, size: int) -> Any:
        raise ConfigurationError("no event loop")

    service = s.Service()
    service.always = s.timed_out(done=False)
    rest = s.add(service, s.make_tasks(3), retry=RetryPolicy(attempts=1)).resume
    monkeypatch.setattr(s.ScriptedBackend, "pool", refuse)
    with pytest.raises(ConfigurationError):
        s.add(service, rest)
    assert [task["id"] for task in rest] == ["t-0", "t-1", "t-2"]


def test_the_exception_tells_where_the_report_is() -> None:
    """The note of the exception says what was reached."""

    def ends() -> Iterator[dict[str, Any]]:
        yield from s.make_tasks(250)
        raise KeyboardInterrupt

    service = s.Service()
    with pytest.raises(KeyboardInterrupt) as caught:
        s.add(service, ends(), concurrency=4)
    report = caught.value.report  # type: ignore[attr-defined]
    assert report.added == 200
    assert len(report.unsent) == 50
    assert "200 of 250 tasks added" in caught.value.__notes__[0]
    assert "report.resume" in caught.value.__notes__[0]


class InterruptingTask(Mapping[str, Any]):
    """A task during whose encoding Ctrl-C is pressed."""

    def __getitem__(self, name: str) -> Any:
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        raise KeyboardInterrupt

    def __len__(self) -> int:
        return 2


@pytest.mark.parametrize("place", [0, 3])
def test_the_task_that_is_being_encoded_is_not_lost(place: int) -> None:
    """Whether it is the first of its request or not."""
    tasks: list[Any] = [*s.make_tasks(place), InterruptingTask(), *s.make_tasks(5, "later")]
    with pytest.raises(KeyboardInterrupt) as caught:
        s.add(s.Service(), tasks)
    report = caught.value.report  # type: ignore[attr-defined]
    assert report.unsent == tasks[: place + 1]
    assert list(report.resume) == tasks


def test_an_exception_of_the_callers_own_carries_the_report_too() -> None:
    """A callback that raises ends the call; what is in flight is still taken in."""

    def fails(outcome: object) -> None:
        raise ZeroDivisionError

    service = s.Service()
    with pytest.raises(ZeroDivisionError) as caught:
        s.add(service, s.make_tasks(1000), concurrency=4, on_result=fails)
    report = caught.value.report  # type: ignore[attr-defined]
    assert report.added == len(service.tasks) == 400
    assert report.pulled == 400
    assert len(list(report.resume)) == 600
    assert "generator" not in "".join(caught.value.__notes__)


@pytest.mark.usefixtures("both_modes")
@pytest.mark.parametrize("place", ["callback", "input"])
@pytest.mark.parametrize("stop", [False, True])
def test_another_call_that_fails_in_a_callback_or_in_the_input_keeps_its_report(place: str, stop: bool) -> None:
    other, service = s.Service(), s.Service()
    other.is_bad = lambda task: task["id"] == "other-1"
    other.always = s.nothing_done(404, "JobNotFound") if stop else None

    def call_other(outcome: object = None) -> None:
        backend = s.ScriptedBackend(other, is_async=False)
        s.add(backend, s.make_tasks(3, "other"), raise_on_failure=True)

    def tasks() -> Iterator[dict[str, Any]]:
        yield from s.make_tasks(250)
        call_other()

    given = tasks() if place == "input" else s.make_tasks(250)
    with pytest.raises(BulkAddError) as caught:
        s.add(service, given, concurrency=1, on_result=None if place == "input" else call_other)
    report, cause = caught.value.report, caught.value.__cause__
    assert report.added == len(service.tasks) > 0
    assert isinstance(cause, JobNotFoundError if stop else BulkAddError)
    assert report.stopped is cause
    failed = ["other-0", "other-1", "other-2"] if stop else ["other-1"]
    assert [outcome.task_id for outcome in cause.report.failed] == failed  # type: ignore[union-attr]
    assert str(caught.value) == str(report)
    assert len(list(report.resume)) == 250 - report.added
    assert ("generator" in "".join(getattr(cause, "__notes__", []))) is (place == "input")
    with pytest.raises(BulkAddError):
        report.raise_if_incomplete()


@pytest.mark.usefixtures("both_modes")
def test_an_error_that_stops_two_calls_has_the_report_of_the_second() -> None:
    """A credential may raise the same exception each time."""
    service, refusal = s.Service(), ConfigurationError("no token")
    service.always = lambda service, tasks: refusal
    for number in (3, 5):
        with pytest.raises(ConfigurationError) as caught:
            s.add(service, s.make_tasks(number), raise_on_failure=True)
        assert caught.value.report.pulled == number  # type: ignore[attr-defined]


class SuspendingBackend(s.ScriptedBackend):
    """A backend that really suspends, so that it can be cancelled."""

    async def next_finished(self, timeout: float | None) -> Any:  # noqa: ASYNC109
        await asyncio.sleep(0)
        if len(self.service.requests) > 6 and timeout != 0:
            await asyncio.sleep(60)
        return await super().next_finished(timeout)


def test_a_cancelled_task_carries_the_report() -> None:
    """Cancellation stops sending; requests in flight end as unknown, all else is told as it is."""
    service = s.Service()

    async def main() -> BulkReport:
        backend = SuspendingBackend(service, is_async=True)
        call = methods.add_collection(s.executor(backend), "job", s.make_tasks(5000), concurrency=2)
        task = asyncio.ensure_future(call)
        while len(service.requests) < 7:  # noqa: ASYNC110 - nothing else would tell
            await asyncio.sleep(0)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError as cancelled:
            report: BulkReport = cancelled.report  # type: ignore[attr-defined]
            return report
        raise AssertionError("not cancelled")

    report = asyncio.run(main())
    assert len(service.requests) == 7
    assert report.added + len(report.unknown) == len(service.tasks) == report.pulled
    assert len(report.unknown) in (100, 200)
    assert isinstance(report.stopped, asyncio.CancelledError)
    assert s.add(service, report.resume).ok
    assert len(service.tasks) == 5000
