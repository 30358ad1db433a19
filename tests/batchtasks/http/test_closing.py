"""What becomes of connections when a client is closed or forgotten, or an event loop ends."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from batchtasks import AsyncBatchClient, BatchClient
from batchtasks import errors as e
from batchtasks._core.sync_async import run_sync
from batchtasks_rest._call import Answer, Call
from tests.batchtasks.http.peers import LONG, Peer, always, no_leaks, ok, serving, silent_at_first, when_told
from tests.batchtasks.support import KEY, Mode, backend_of

TASK = ok(b'{"id": "t"}')
ASYNC = Mode("async")
SYNC = Mode("sync")


def test_clients_that_are_closed_leave_nothing_behind(mode: Mode) -> None:
    with serving(always(TASK)) as server, no_leaks():
        assert mode.run(lambda c: c.task.get("j", "t"), url=server.url).id == "t"


def test_a_blocking_client_that_is_simply_dropped() -> None:
    with serving(always(TASK)) as server, no_leaks():
        for _ in range(3):
            assert SYNC.client(server.url).task.get("j", "t").id == "t"
        for peer in server.peers:
            assert peer.over.wait(LONG)


def test_an_asynchronous_client_that_is_simply_dropped() -> None:
    async def use() -> None:
        await ASYNC.client(server.url).task.get("j", "t")
        gc.collect()
        assert await asyncio.to_thread(server.peers[0].over.wait, LONG)

    with serving(always(TASK)) as server, no_leaks():
        asyncio.run(use())


PROGRAM = """
import atexit, sys
from batchtasks import BatchClient, SharedKeyCredential
if sys.argv[3] == "late":
    atexit.register(lambda: print(client.task.get("j", "late").id))
client = BatchClient(sys.argv[1], SharedKeyCredential("a", sys.argv[2]))
print(client.task.get("j", "t").id)
"""


@pytest.mark.parametrize("late", [True, False])
def test_a_program_that_ends_without_closing_its_client(late: bool) -> None:
    """It may use the client to the very last; if it does not, nothing is said about what it leaves open."""
    with serving(always(TASK)) as server:
        command = [sys.executable, "-X", "dev", "-c", PROGRAM, server.url, KEY, "late" if late else ""]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["t"] * (2 if late else 1)
    assert late or done.stderr == ""


def test_one_client_in_one_event_loop_after_the_other() -> None:
    with serving(always(TASK)) as server, no_leaks():
        client = ASYNC.client(server.url)

        async def use(*, end: bool = False) -> None:
            assert [(await client.task.get("j", "t")).id for _ in range(3)] == ["t"] * 3
            if end:
                await client.close()

        for end in (False, False, True):
            asyncio.run(use(end=end))
            assert server.peers[-1].over.wait(LONG), "the connections of a loop are closed with it"
    assert [len(peer.requests) for peer in server.peers] == [3, 3, 3]


@pytest.mark.parametrize("closing", [True, False])
def test_one_client_in_two_event_loops_at_once(closing: bool) -> None:
    """Each loop keeps its own connection; the client is closed in one of them, or in none."""
    turn = threading.Barrier(2, timeout=LONG)

    async def use(client: AsyncBatchClient, closes: bool) -> None:
        for _ in range(4):
            await asyncio.to_thread(turn.wait)
            assert (await client.task.get("j", "t")).id == "t"
        await asyncio.to_thread(turn.wait)
        if closes:
            await client.close()
        await asyncio.to_thread(turn.wait)

    with serving(always(TASK)) as server, no_leaks():
        client = ASYNC.client(server.url)
        with ThreadPoolExecutor(2) as pool:
            done = [pool.submit(asyncio.run, use(client, closes)) for closes in (closing, False)]
        assert [one.result() for one in done] == [None, None]
        assert [len(peer.requests) for peer in server.peers] == [4, 4]
        assert all(peer.over.wait(LONG) for peer in server.peers)


def test_closing_in_another_event_loop() -> None:
    with serving(always(TASK)) as server, no_leaks():
        client = ASYNC.client(server.url)

        async def use() -> None:
            await client.task.get("j", "t")

        asyncio.run(use())
        asyncio.run(client.close())
        with pytest.raises(e.ConfigurationError, match="has been closed"):
            asyncio.run(use())


def test_closing_that_is_cancelled() -> None:
    complaints: list[Any] = []

    async def use() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context))
        client = ASYNC.client(server.url)
        await client.task.get("j", "t")
        closing = asyncio.create_task(client.close())
        await asyncio.sleep(0)
        closing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await closing
        await asyncio.sleep(0.01)

    with serving(always(TASK)) as server, no_leaks():
        asyncio.run(use())
    assert complaints == []


def test_requests_under_way_when_the_event_loop_ends() -> None:
    begun = threading.Event()

    async def use() -> None:
        client = ASYNC.client(server.url)
        under_way = asyncio.create_task(client.task.get("j", "t"))
        await asyncio.to_thread(begun.wait, LONG)
        del client
        assert not under_way.done()

    with serving(silent_at_first(begun)) as server, no_leaks():
        asyncio.run(use())
        assert server.peers[0].over.wait(LONG)


def test_closing_a_client_with_requests_under_way(mode: Mode) -> None:
    begun, go_on = threading.Event(), threading.Event()

    with serving(when_told(begun, go_on, TASK)) as server, no_leaks():
        assert _close_early(mode.client(server.url), begun, go_on) == "t"
        assert server.peers[0].over.wait(LONG)


def _close_early(client: BatchClient | AsyncBatchClient, begun: threading.Event, go_on: threading.Event) -> Any:
    if isinstance(client, AsyncBatchClient):

        async def main() -> Any:
            under_way = asyncio.create_task(client.task.get("j", "t"))
            assert await asyncio.to_thread(begun.wait, LONG)
            await client.close()
            go_on.set()
            return (await under_way).id

        return asyncio.run(main())
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(client.task.get("j", "t").id))
    thread.start()
    assert begun.wait(LONG)
    client.close()
    go_on.set()
    thread.join(LONG)
    return found[0]


def test_closing_a_client_with_requests_in_the_background(mode: Mode) -> None:
    begun, go_on = threading.Event(), threading.Event()

    async def use(client: Any) -> list[Any]:
        pool = backend_of(client).pool(1)
        try:
            for n in range(3):
                pool.start(Call("Test", "GET", "/", {}, {}, (200,), lambda answer: None), n)
            if isinstance(client, BatchClient):
                assert begun.wait(LONG)
                client.close()
            else:
                assert await asyncio.to_thread(begun.wait, LONG)
                await client.close()
            go_on.set()
            return [(await pool.next_finished(LONG))[1] for _ in range(3)]
        finally:
            await pool.aclose()

    with serving(when_told(begun, go_on, TASK)) as server, no_leaks():
        client = mode.client(server.url)
        outcomes = run_sync(use(client)) if isinstance(client, BatchClient) else asyncio.run(use(client))
    assert isinstance(outcomes[0], Answer)
    assert {type(outcome) for outcome in outcomes} <= {Answer, e.ConfigurationError}


def test_many_users_of_one_client_get_their_own_answers(mode: Mode) -> None:
    def serve(peer: Peer) -> None:
        while (request := peer.request()) is not None:
            task = request.line.partition("/tasks/")[2].partition("?")[0]
            peer.send(ok(f'{{"id": "{task}"}}'.encode()))

    ids = [f"t{n}" for n in range(200)]
    with serving(serve) as server, no_leaks():
        client = mode.client(server.url)
        assert _all_at_once(client, ids) == ids
    assert len(server.peers) <= 20


def _all_at_once(client: BatchClient | AsyncBatchClient, ids: list[str]) -> list[str | None]:
    """Get tasks with 20 threads, or 20 tasks of an event loop."""
    found: dict[str, str | None] = {}

    def work(mine: list[str]) -> None:
        assert isinstance(client, BatchClient)
        found.update({one: client.task.get("j", one).id for one in mine})

    async def work_async(mine: list[str]) -> None:
        assert isinstance(client, AsyncBatchClient)
        for one in mine:
            found[one] = (await client.task.get("j", one)).id

    async def main(works: list[Coroutine[Any, Any, None]]) -> None:
        assert isinstance(client, AsyncBatchClient)
        async with client:
            await asyncio.gather(*works)

    if isinstance(client, AsyncBatchClient):
        asyncio.run(main([work_async(ids[n::20]) for n in range(20)]))
    else:
        threads = [threading.Thread(target=work, args=(ids[n::20],)) for n in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LONG)
        client.close()
    return [found[one] for one in ids]
