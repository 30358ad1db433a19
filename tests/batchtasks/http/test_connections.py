"""Which connections are made, used again and dropped, over real sockets with both clients."""

from __future__ import annotations

import asyncio
import threading

import pytest

from batchtasks import errors as e
from batchtasks_rest._call import Answer
from tests.batchtasks.http.peers import EACH, LONG, Peer, Sender, Serve, always, no_leaks, ok, serving, with_sender
from tests.batchtasks.support import Mode


@pytest.fixture(params=EACH, ids=str)
def mode(request: pytest.FixtureRequest) -> Mode:
    """Each client with each library."""
    found: Mode = request.param
    return found


def meeting(count: int) -> Serve:
    """Answer the first requests of so many connections only when all of them are there; each with its path."""
    barrier = threading.Barrier(count)

    def serve(peer: Peer) -> None:
        while (request := peer.request()) is not None:
            if len(peer.requests) == 1:
                barrier.wait(LONG)
            peer.send(ok(request.line.split(" ")[1].encode()))

    return serve


def test_one_connection_serves_many_requests(mode: Mode) -> None:
    async def use(sender: Sender) -> list[Answer]:
        return [await sender.get(f"/{n}") for n in range(20)]

    with serving(always(ok(b"a"), ok(b""), ok(b"c"))) as server, no_leaks():
        answers = with_sender(mode, server.url, use)
    assert len(server.peers) == 1
    assert [answer.content for answer in answers] == [b"a", b"", *[b"c"] * 18]
    assert [request.line for request in server.requests] == [f"GET /{n} HTTP/1.1" for n in range(20)]


def test_the_connection_used_last_is_used_next(mode: Mode) -> None:
    async def use(sender: Sender) -> None:
        await sender.together(3)
        for _ in range(5):
            await sender.get("/next")

    with serving(meeting(3)) as server:
        with_sender(mode, server.url, use)
    assert sorted(len(peer.requests) for peer in server.peers) == [1, 1, 6]


@pytest.mark.parametrize("patient", [True, False])
def test_a_connection_that_the_server_closed_meanwhile_is_replaced(mode: Mode, patient: bool) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok())

    async def use(sender: Sender) -> None:
        for _ in range(4):
            await sender.get()
            if patient:
                await sender.until(server.peers[-1].over)
            else:  # the event loop has no chance to notice it
                assert server.peers[-1].over.wait(LONG)

    with serving(serve) as server, no_leaks():
        with_sender(mode, server.url, use)
    assert len(server.peers) == 4


def test_what_a_server_says_between_two_requests_is_no_answer(mode: Mode) -> None:
    said = [threading.Event() for _ in range(3)]

    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok(b"mine"))
        assert go_on[peer.number].wait(LONG)
        peer.send(ok(b"not asked for", status="408 Request Timeout"))
        said[peer.number].set()
        peer.request()

    async def use(sender: Sender) -> list[bytes]:
        found = []
        for n in range(3):
            found.append((await sender.get()).content)
            go_on[n].set()
            await sender.until(said[n])
            if mode.name == "async":
                await asyncio.sleep(0.01)  # let the event loop read it
        return found

    go_on = [threading.Event() for _ in range(3)]
    with serving(serve) as server:
        assert with_sender(mode, server.url, use) == [b"mine"] * 3
    assert len(server.peers) == 3


def test_an_answer_to_another_request_is_refused_and_its_connection_closed(mode: Mode) -> None:
    """httpcore takes a second answer that arrives with the first for the answer to the next request."""

    def serve(peer: Peer) -> None:
        while (request := peer.request()) is not None:
            (name,) = request.values("client-request-id")
            answer = ok(name.encode(), f"client-request-id: {name}")
            peer.send(answer * 2 if peer.number == 0 else answer)

    async def use(sender: Sender) -> list[bytes]:
        first = await sender.get(headers={"client-request-id": "1"})
        with pytest.raises(e.ConnectionFailedError, match="answer to another request") as caught:
            await sender.get(headers={"client-request-id": "2"})
        assert caught.value.sent
        return [first.content, (await sender.get(headers={"client-request-id": "3"})).content]

    with serving(serve) as server:
        assert with_sender(mode, server.url, use) == [b"1", b"3"]
    assert len(server.peers) == 2


@pytest.mark.parametrize(
    "answer",
    {
        "it says close": ok(b"x", "Connection: close"),
        "HTTP/1.0": b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx",
    }.items(),
    ids=lambda item: item[0],
)
def test_connections_that_do_not_last(mode: Mode, answer: tuple[str, bytes]) -> None:
    async def use(sender: Sender) -> list[bytes]:
        return [(await sender.get()).content for _ in range(3)]

    with serving(always(answer[1])) as server, no_leaks():
        assert with_sender(mode, server.url, use) == [b"x"] * 3
    assert [len(peer.requests) for peer in server.peers] == [1, 1, 1]


def test_each_request_has_its_own_time_limit(mode: Mode) -> None:
    def serve(peer: Peer) -> None:
        peer.request()
        peer.send(ok())
        peer.request()
        assert peer.receive() == b""

    async def use(sender: Sender) -> None:
        await sender.get(seconds=LONG)
        with pytest.raises(e.RequestTimedOutError):
            await sender.get(seconds=0.1)

    with serving(serve) as server:
        with_sender(mode, server.url, use)
    assert len(server.peers) == 1


def test_connections_are_closed_with_the_client_at_once(mode: Mode) -> None:
    async def use(sender: Sender) -> None:
        await sender.together(3)

    with serving(meeting(3)) as server, no_leaks():
        with_sender(mode, server.url, use)
        for peer in server.peers:
            assert peer.over.wait(LONG)


def test_nothing_is_sent_after_the_end(mode: Mode) -> None:
    async def use(sender: Sender) -> None:
        await sender.get()
        await _close(sender)
        await _close(sender)
        with pytest.raises(e.ConfigurationError, match="has been closed"):
            await sender.get()

    with serving(always()) as server:
        with_sender(mode, server.url, use)
    assert len(server.requests) == 1


async def _close(sender: Sender) -> None:
    ended = sender.backend.close()
    if ended is not None:
        await ended
