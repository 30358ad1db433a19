"""What only the async client takes: async iterables and async callbacks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from batchtasks import BatchTasksError, BulkReport, InvalidInputError, JobNotFoundError, TaskOutcome
from batchtasks._bulk import methods
from batchtasks._core.sync_async import run_sync
from tests.batchtasks.bulk import scripted as s


async def slowly(number: int) -> AsyncIterator[dict[str, Any]]:
    for each in s.make_tasks(number):
        await asyncio.sleep(0)
        yield each


def test_an_async_iterable_is_for_the_async_client() -> None:
    service = s.Service()

    async def main() -> BulkReport:
        return await methods.add_collection(
            s.executor(s.ScriptedBackend(service, is_async=True)), "job", slowly(250), concurrency=2
        )

    assert asyncio.run(main()).added == 250
    with pytest.raises(InvalidInputError, match="AsyncBatchClient"):
        s.add(s.ScriptedBackend(service), slowly(5))


def test_an_interrupted_async_input_is_resumed() -> None:
    service = s.Service()
    service.faults = [None, s.nothing_done(404, "JobNotFound")]

    async def main() -> list[int]:
        executor = s.executor(s.ScriptedBackend(service, is_async=True))
        first = await methods.add_collection(executor, "job", slowly(500), concurrency=1, raise_on_failure=False)
        assert first.resume.is_async
        with pytest.raises(TypeError, match="async iterable"):
            iter(first.resume)
        with pytest.raises(InvalidInputError, match="AsyncBatchClient"):
            s.add(s.ScriptedBackend(service), first.resume)
        second = await methods.add_collection(executor, "job", first.resume, concurrency=1)
        return [first.added, len(first.failed), second.added]

    assert asyncio.run(main()) == [100, 100, 400]


def test_an_async_generator_does_not_outlive_its_event_loop() -> None:
    """What it had yet to give is lost then, and the next call says so; it does what the first has left."""
    service = s.Service()
    service.faults = [None, s.nothing_done(404, "JobNotFound")]
    first = s.add(s.ScriptedBackend(service, is_async=True), slowly(500), concurrency=1)
    assert (first.added, len(first.failed)) == (100, 100)
    service.faults = [s.nothing_done(429)]
    with pytest.raises(BatchTasksError, match="async generator of the tasks is closed") as caught:
        s.add(s.ScriptedBackend(service, is_async=True), first.resume)
    report: BulkReport = caught.value.report  # type: ignore[attr-defined]
    assert (report.added, report.ok) == (100, False)
    assert not report.resume


@pytest.mark.parametrize("is_async", [False, True])
def test_of_a_generator_that_an_exception_has_ended_nothing_is_left(is_async: bool) -> None:
    """Also if it is what another call has left; the tasks that it gave are not lost."""
    service, backends = s.Service(), [s.ScriptedBackend(s.Service(), is_async=is_async) for _ in range(2)]

    def ends() -> Iterator[dict[str, Any]]:
        yield from s.make_tasks(250)
        raise ZeroDivisionError

    async def ends_slowly() -> AsyncIterator[dict[str, Any]]:
        for each in ends():
            yield each

    async def main() -> Any:
        first = methods.add_collection(
            s.executor(backends[0]), "job", ends_slowly() if is_async else ends(), concurrency=1
        )
        service.faults = [s.nothing_done(404, "JobNotFound")]
        with pytest.raises(JobNotFoundError) as caught:
            await first
        rest = caught.value.report.resume  # type: ignore[attr-defined]
        with pytest.raises(ZeroDivisionError) as ended:
            await methods.add_collection(s.executor(backends[1]), "job", rest, concurrency=1)
        return ended.value

    for backend in backends:
        backend.service = service
    error = asyncio.run(main()) if is_async else run_sync(main())
    assert "generator" in error.__notes__[-1]
    report: BulkReport = error.report
    assert report.untouched is None
    assert report.added == 200
    assert len(list(report.resume)) == 50


class Numbers:
    """An async iterator of its own, which a cancellation does not end."""

    def __init__(self, number: int) -> None:
        self.left = iter(s.make_tasks(number))

    def __aiter__(self) -> Numbers:
        return self

    async def __anext__(self) -> dict[str, Any]:
        await asyncio.sleep(0)
        try:
            return next(self.left)
        except StopIteration:
            raise StopAsyncIteration from None


def test_a_resumed_async_input_can_be_cancelled_and_resumed_again() -> None:
    service = s.Service()

    async def cancelled(tasks: Any, after: int) -> Any:
        call = methods.add_collection(
            s.executor(s.ScriptedBackend(service, is_async=True)), "job", tasks, concurrency=1
        )
        running = asyncio.ensure_future(call)
        while len(service.tasks) < after:  # noqa: ASYNC110 - nothing else would tell
            await asyncio.sleep(0)
        for _ in range(20):
            await asyncio.sleep(0)
        running.cancel()
        try:
            await running
        except asyncio.CancelledError as error:
            return error.report.resume  # type: ignore[attr-defined]

    async def main() -> BulkReport:
        rest = await cancelled(Numbers(1000), 200)
        rest = await cancelled(rest, 500)
        return await methods.add_collection(s.executor(s.ScriptedBackend(service, is_async=True)), "job", rest)

    assert asyncio.run(main()).ok
    assert len(service.tasks) == 1000


def test_async_callbacks_are_for_the_async_client() -> None:
    seen: list[object] = []

    async def callback(value: object) -> None:
        await asyncio.sleep(0)
        seen.append(value)

    async def main() -> None:
        executor = s.executor(s.ScriptedBackend(s.Service(), is_async=True))
        await methods.add_collection(executor, "job", s.make_tasks(150), on_result=callback, progress=callback)

    asyncio.run(main())
    assert sum(isinstance(value, TaskOutcome) for value in seen) == 150
    with pytest.raises(InvalidInputError, match="on_result"):
        s.add(s.ScriptedBackend(s.Service()), [], on_result=callback)
