"""What only the awaiting client takes: async iterables and async callbacks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from batchtasks import BulkReport, InvalidInputError, TaskOutcome
from batchtasks._bulk import methods
from tests.batchtasks.bulk import scripted as s


async def slowly(number: int) -> AsyncIterator[dict[str, Any]]:
    for each in s.make_tasks(number):
        await asyncio.sleep(0)
        yield each


def test_an_async_iterable_is_for_the_awaiting_client() -> None:
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


def test_async_callbacks_are_for_the_awaiting_client() -> None:
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
