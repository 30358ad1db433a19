"""A client that is used on both sides of a fork, as multiprocessing makes one on Linux."""

from __future__ import annotations

import multiprocessing
import threading

import httpx
import pytest

from batchtasks import BatchClient, SharedKeyCredential
from batchtasks.errors import ConfigurationError
from tests.batchtasks.http.peers import LONG, Peer, ok, serving
from tests.batchtasks.support import KEY, backend_of

pytestmark = [
    pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system has no fork"),
    # Python 3.12 and later say that it may, which is what is tried here.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def echo(peer: Peer) -> None:
    """Answer with the id that was asked for."""
    while (request := peer.request()) is not None:
        task_id = request.line.split("/")[4].partition("?")[0]
        peer.send(ok(b'{"id": "%s"}' % task_id.encode()))


def read(client: BatchClient, name: str) -> bool:
    return all(client.task.get("j", f"{name}-{i}").id == f"{name}-{i}" for i in range(50))


def answers_of(client: BatchClient, count: int) -> list[bool]:
    """What forked children got that read at the same time as this process."""
    context = multiprocessing.get_context("fork")
    found = context.SimpleQueue()
    children = [context.Process(target=lambda name=f"child{n}": found.put(read(client, name))) for n in range(count)]
    for child in children:
        child.start()
    right = [read(client, "parent"), *(found.get() for _ in children)]
    for child in children:
        child.join(LONG)
    return right


def test_processes_do_not_read_each_others_answers() -> None:
    with serving(echo) as server, BatchClient(server.url, SharedKeyCredential("a", KEY)) as client:
        assert read(client, "before")
        assert answers_of(client, 3) == [True] * 4
        assert len(server.peers) == 4


def test_a_transport_of_the_parent_is_not_used_in_a_child() -> None:
    """Both would read from its connections, and each could take the answers of the other."""
    with serving(echo) as server, httpx.HTTPTransport() as transport:
        client = BatchClient(server.url, SharedKeyCredential("a", KEY), transport=transport)
        assert read(client, "before")
        found = multiprocessing.get_context("fork").SimpleQueue()
        child = multiprocessing.get_context("fork").Process(target=lambda: found.put(refusal_of(client)))
        child.start()
        child.join(LONG)
        assert child.exitcode == 0
        assert "after the fork" in found.get()
        assert read(client, "after")
        assert len(server.peers) == 1


def refusal_of(client: BatchClient) -> str:
    with client, pytest.raises(ConfigurationError) as caught:
        client.task.get("j", "child")
    return str(caught.value)


def test_a_lock_that_another_thread_holds_at_the_fork_is_not_waited_for() -> None:
    with serving(echo) as server, BatchClient(server.url, SharedKeyCredential("a", KEY)) as client:
        held, done = threading.Event(), threading.Event()

        def hold() -> None:
            with backend_of(client)._lock:
                held.set()
                done.wait(LONG)

        thread = threading.Thread(target=hold)
        thread.start()
        assert held.wait(LONG)
        context = multiprocessing.get_context("fork")
        found = context.SimpleQueue()
        child = context.Process(target=lambda: found.put(read(client, "child")))
        child.start()
        done.set()
        child.join(LONG)
        thread.join(LONG)
        assert child.exitcode == 0
        assert found.get()
