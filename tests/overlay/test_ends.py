"""What becomes of connections when a client is closed or forgotten, or an event loop ends."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Coroutine
from typing import Any, cast

import pytest
from batchtasks._http.async_connections import AsyncConnections, _haste

from batchtasks import AsyncBatchClient, BatchClient
from batchtasks import errors as e
from batchtasks._core.sync_async import run_sync
from batchtasks_rest._call import Answer, Call
from tests.overlay.support import KEY, Colour
from tests.overlay.wire import LONG, Peer, always, no_leaks, ok, request_to, serving, silent_at_first, when_told

TASK = ok(b'{"id": "t"}')
async_method = Colour("awaiting")
sync_method = Colour("blocking")


def test_clients_that_are_closed_leave_nothing_behind(colour: Colour) -> None:
    with serving(always(TASK)) as server, no_leaks():
        assert colour.run(lambda c: c.task.get("j", "t"), url=server.url).id == "t"


def test_a_blocking_client_that_is_simply_dropped() -> None:
    with serving(always(TASK)) as server, no_leaks():
        for _ in range(3):
            assert sync_method.client(server.url).task.get("j", "t").id == "t"
        for peer in server.peers:
            assert peer.over.wait(LONG)


def test_an_asynchronous_client_that_is_simply_dropped() -> None:
    async def use() -> None:
        for _ in range(3):
            assert (await async_method.client(server.url).task.get("j", "t")).id == "t"

    with serving(always(TASK)) as server, no_leaks():
        asyncio.run(use())
        for peer in server.peers:
            assert peer.over.wait(LONG)


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


def test_one_client_in_two_event_loops() -> None:
    with serving(always(TASK)) as server, no_leaks():
        client = async_method.client(server.url)

        async def use(*, end: bool = False) -> None:
            assert [(await client.task.get("j", "t")).id for _ in range(3)] == ["t"] * 3
            if end:
                await client.close()

        for end in (False, False, True):
            asyncio.run(use(end=end))
    assert [len(peer.requests) for peer in server.peers] == [3, 3, 3]


def test_closing_in_another_event_loop() -> None:
    with serving(always(TASK)) as server, no_leaks():
        client = async_method.client(server.url)

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
        client = async_method.client(server.url)
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


@pytest.mark.parametrize("closed", [True, False])
def test_an_event_loop_that_is_not_tidied_up(closed: bool) -> None:
    """Connections of a loop that ended badly can be closed in another one, too late for their transports."""

    async def make() -> AsyncConnections:
        connections = AsyncConnections(1, tls=False)
        await connections.send(request_to(server.url))
        return connections

    with serving(always()) as server:
        loop = asyncio.new_event_loop()
        connections = loop.run_until_complete(make())
        (_, kept) = connections._idle._kept[0]
        if closed:
            loop.close()
        asyncio.run(connections.close())
        assert connections._idle._kept == []
        if closed:  # else Python warns of it, and rightly
            kept._transport._sock.close()  # type: ignore[attr-defined]
            kept._transport._sock = None  # type: ignore[attr-defined]
        else:
            loop.run_until_complete(kept.ended)
            loop.close()


def test_requests_under_way_when_the_event_loop_ends() -> None:
    begun = threading.Event()

    async def use() -> None:
        client = async_method.client(server.url)
        under_way = asyncio.create_task(client.task.get("j", "t"))
        await asyncio.to_thread(begun.wait, LONG)
        del client
        assert not under_way.done()

    with serving(silent_at_first(begun)) as server, no_leaks():
        asyncio.run(use())
        assert server.peers[0].over.wait(LONG)


def test_closing_a_client_with_requests_under_way(colour: Colour) -> None:
    begun, go_on = threading.Event(), threading.Event()

    with serving(when_told(begun, go_on, TASK)) as server, no_leaks():
        assert _close_early(colour.client(server.url), begun, go_on) == "t"
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


def test_closing_a_client_with_requests_in_the_background(colour: Colour) -> None:
    begun, go_on = threading.Event(), threading.Event()

    async def use(client: Any) -> list[Any]:
        async with client._port.pool(1) as pool:
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

    with serving(when_told(begun, go_on, TASK)) as server, no_leaks():
        client = colour.client(server.url)
        outcomes = run_sync(use(client)) if isinstance(client, BatchClient) else asyncio.run(use(client))
    assert isinstance(outcomes[0], Answer)
    assert {type(outcome) for outcome in outcomes} <= {Answer, e.ConfigurationError}


def test_many_users_of_one_client_get_their_own_answers(colour: Colour) -> None:
    def serve(peer: Peer) -> None:
        while (request := peer.request()) is not None:
            task = request.line.partition("/tasks/")[2].partition("?")[0]
            peer.send(ok(f'{{"id": "{task}"}}'.encode()))

    ids = [f"t{n}" for n in range(200)]
    with serving(serve) as server, no_leaks():
        client = colour.client(server.url)
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


class _Foreign:
    """What asyncio's own transports are, without being of their class, as with uvloop."""

    def __init__(self, own: Any) -> None:
        self._own = own

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)


class _Loop(asyncio.SelectorEventLoop):
    """A loop that notes how it is asked for connections, and whose transports are foreign."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[dict[str, Any]] = []

    async def create_connection(self, *args: Any, **options: Any) -> Any:
        self.asked.append(options)
        _, connection = await super().create_connection(*args, **options)
        connection.connection_made(_Foreign(connection._transport))
        return None, connection


def _own_kind_of_task(loop: asyncio.AbstractEventLoop, work: Any, **options: Any) -> Any:
    return asyncio.Task(work, loop=loop, **options)


@pytest.mark.parametrize("factory", [None, _own_kind_of_task])
def test_event_loops_of_other_makes(factory: Any) -> None:
    async def use() -> list[str | None]:
        loop.set_task_factory(factory)
        async with async_method.client(server.url) as client:
            return [(await client.task.get("j", "t")).id for _ in range(3)]

    with serving(always(TASK)) as server, no_leaks(), asyncio.Runner(loop_factory=_Loop) as runner:
        loop = runner.get_loop()
        assert runner.run(use()) == ["t"] * 3
        assert isinstance(loop, _Loop)
        # CPython up to 3.13.0 cannot race eager tasks for a connection, which another factory may make.
        assert [options.get("happy_eyeballs_delay") for options in loop.asked] == [None if factory else 0.25]
    assert _haste(cast(asyncio.AbstractEventLoop, object())) == {}
