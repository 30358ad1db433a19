"""Which connections are made, used again and dropped, over real sockets in both colours."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from batchtasks import _idle
from batchtasks import errors as e
from batchtasks._http.async_connections import AsyncConnections
from batchtasks._http.idle import LONGEST_IDLE
from batchtasks_rest._call import Answer
from tests.overlay.support import Colour
from tests.overlay.wire import LONG, Peer, Serve, Wire, always, no_leaks, ok, on_wire, request_to, serving, when_told


class Clock:
    """Seconds that pass when a test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(_idle, "monotonic", clock)
    return clock


def meeting(count: int) -> Serve:
    """Answer the first requests of so many connections only when all of them are there; each with its path."""
    barrier = threading.Barrier(count)

    def serve(peer: Peer) -> None:
        while (request := peer.request()) is not None:
            if len(peer.requests) == 1:
                barrier.wait(LONG)
            peer.send(ok(request.line.split(" ")[1].encode()))

    return serve


def test_one_connection_serves_many_requests(colour: Colour) -> None:
    async def use(wire: Wire) -> list[Answer]:
        return [await wire.get(f"/{n}") for n in range(20)]

    with serving(always(ok(b"a"), ok(b""), ok(b"c"))) as server, no_leaks():
        answers = on_wire(colour, server.url, use)
    assert len(server.peers) == 1
    assert [answer.content for answer in answers] == [b"a", b"", *[b"c"] * 18]
    assert [request.line for request in server.requests] == [f"GET /{n} HTTP/1.1" for n in range(20)]


@pytest.mark.parametrize("room", [1, 3])
def test_no_more_connections_than_there_is_room_for(colour: Colour, room: int) -> None:
    now, most, lock = [0], [0], threading.Lock()

    def serve(peer: Peer) -> None:
        while (request := peer.request()) is not None:
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            peer.send(ok(request.line.split(" ")[1].encode()))
            with lock:
                now[0] -= 1

    with serving(serve) as server, no_leaks():
        answers = on_wire(colour, server.url, lambda wire: wire.together(40), room=room)
    assert [answer.content for answer in answers] == [f"/{n}".encode() for n in range(40)]
    assert len(server.peers) <= room
    assert most[0] <= room


def test_the_connection_used_last_is_used_next(colour: Colour) -> None:
    async def use(wire: Wire) -> None:
        await wire.together(3)
        for _ in range(5):
            await wire.get("/next")

    with serving(meeting(3)) as server:
        on_wire(colour, server.url, use)
    assert sorted(len(peer.requests) for peer in server.peers) == [1, 1, 6]


def test_a_connection_that_was_idle_for_too_long_is_not_used_again(colour: Colour, clock: Clock) -> None:
    async def use(wire: Wire) -> None:
        for idle in (0.0, LONGEST_IDLE - 0.01, LONGEST_IDLE):
            clock.now += idle
            await wire.get()

    with serving(always()) as server:
        on_wire(colour, server.url, use)
    assert [len(peer.requests) for peer in server.peers] == [2, 1]


def test_connections_that_are_too_many_are_closed_when_they_are_old(colour: Colour, clock: Clock) -> None:
    async def use(wire: Wire) -> int:
        await wire.together(3)
        for _ in range(2):
            clock.now += LONGEST_IDLE * 0.6
            await wire.get("/next")
        unused = [peer for peer in server.peers if len(peer.requests) == 1]
        for peer in unused:
            await wire.until(peer.over)
        return len(unused)

    with serving(meeting(3)) as server:
        assert on_wire(colour, server.url, use) == 2


@pytest.mark.parametrize("patient", [True, False])
def test_a_connection_that_the_server_closed_meanwhile_is_replaced(colour: Colour, patient: bool) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok())

    async def use(wire: Wire) -> None:
        for _ in range(4):
            await wire.get()
            if patient:
                await wire.until(server.peers[-1].over)
            else:  # the event loop has no chance to notice it
                assert server.peers[-1].over.wait(LONG)

    with serving(serve) as server, no_leaks():
        on_wire(colour, server.url, use)
    assert len(server.peers) == 4


@pytest.mark.parametrize("late", [True, False])
def test_what_a_server_says_between_two_requests_is_no_answer(colour: Colour, late: bool) -> None:
    heard, said = ([threading.Event() for _ in range(3)] for _ in range(2))

    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok(b"mine"))
        assert not late or heard[peer.number].wait(LONG)
        peer.send(ok(b"not asked for", status="408 Request Timeout"))
        said[peer.number].set()
        peer.request()

    async def use(wire: Wire) -> list[bytes]:
        found = []
        for n in range(3):
            found.append((await wire.get()).content)
            heard[n].set()
            await wire.until(said[n])
            if colour.name == "awaiting":
                await asyncio.sleep(0.01)  # let the event loop read it
        return found

    with serving(serve) as server:
        assert on_wire(colour, server.url, use) == [b"mine"] * 3
    assert len(server.peers) == 3


@pytest.mark.parametrize(
    "answer",
    {
        "it says close": ok(b"x", "Connection: close"),
        "HTTP/1.0": b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx",
        "more than an answer": ok(b"x") + b"HTTP/1.1 200 OK\r\n",
        "two answers": ok(b"x") * 2,
    }.items(),
    ids=lambda item: item[0],
)
def test_connections_that_do_not_last(colour: Colour, answer: tuple[str, bytes]) -> None:
    async def use(wire: Wire) -> list[bytes]:
        return [(await wire.get()).content for _ in range(3)]

    with serving(always(answer[1])) as server, no_leaks():
        assert on_wire(colour, server.url, use) == [b"x"] * 3
    assert [len(peer.requests) for peer in server.peers] == [1, 1, 1]


def test_each_request_has_its_own_time_limit(colour: Colour) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok())
        peer.request()
        assert peer.receive() == b""

    async def use(wire: Wire) -> None:
        await wire.get(seconds=LONG)
        with pytest.raises(e.RequestTimedOutError):
            await wire.get(seconds=0.1)

    with serving(serve) as server:
        on_wire(colour, server.url, use)
    assert len(server.peers) == 1


def test_an_idle_connection_holds_no_request_and_no_answer(colour: Colour) -> None:
    async def use(wire: Wire) -> list[bool]:
        request = request_to(wire.url, method="POST", content=b"x")
        seen: list[Callable[[], Any]] = [weakref.ref(request), weakref.ref((await wire.send(request)).headers)]
        del request
        if colour.name == "awaiting":
            await asyncio.sleep(0)  # the event loop's own turn still holds them
        gc.collect()
        return [found() is None for found in seen]

    with serving(always()) as server:
        assert on_wire(colour, server.url, use) == [True, True]


def test_nothing_is_left_in_the_event_loop() -> None:
    async def use(wire: Wire) -> None:
        assert isinstance(wire.connections, AsyncConnections)
        await wire.together(3)
        loop: Any = asyncio.get_running_loop()
        kept = [connection for _, connection in wire.connections._idle._kept]
        assert [timer for timer in loop._scheduled if not timer.cancelled()] == []
        await wire.connections.close()
        assert [connection.ended.done() for connection in kept] == [True] * 3

    with serving(meeting(3)) as server:
        on_wire(Colour("awaiting"), server.url, use)


def test_connections_are_closed_with_the_client_at_once(colour: Colour) -> None:
    async def use(wire: Wire) -> None:
        await wire.together(3)

    with serving(meeting(3)) as server, no_leaks():
        on_wire(colour, server.url, use)
        for peer in server.peers:
            assert peer.over.wait(LONG)


def test_nothing_is_sent_after_the_end(colour: Colour) -> None:
    async def use(wire: Wire) -> None:
        await wire.get()
        await _close(wire)
        await _close(wire)
        with pytest.raises(e.ConfigurationError, match="has been closed"):
            await wire.get()

    with serving(always()) as server:
        on_wire(colour, server.url, use)
    assert len(server.requests) == 1


async def _close(wire: Wire) -> None:
    ended = wire.connections.close()
    if ended is not None:
        await ended


def test_closing_lets_those_in_flight_finish_and_nobody_else_begin(colour: Colour) -> None:
    begun, go_on = threading.Event(), threading.Event()

    async def use(wire: Wire) -> list[Any]:
        if colour.name == "awaiting":
            under_way = asyncio.create_task(wire.together(3))
            await wire.until(begun)
            await _close(wire)
            go_on.set()
            return await under_way

        def close() -> None:
            begun.wait(LONG)
            wire.connections.close()
            go_on.set()

        closing = threading.Thread(target=close)
        closing.start()
        outcomes = await wire.together(3)
        closing.join(LONG)
        return outcomes

    with serving(when_told(begun, go_on, ok(b"in time"))) as server, no_leaks():
        outcomes = on_wire(colour, server.url, use, room=1)
        assert server.peers[0].over.wait(LONG)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Answer", *["ConfigurationError"] * 2]
    assert len(server.requests) == 1
