"""The two backends over real sockets: what cannot be seen through a mocked transport."""

from __future__ import annotations

import asyncio
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from batchtasks import AsyncBatchClient, BatchClient, RetryPolicy, SharedKeyCredential
from batchtasks import errors as e
from batchtasks._core.backend import AsyncBackend, SyncBackend
from batchtasks._core.sync_async import run_sync
from batchtasks_rest._call import Answer, Call
from tests.batchtasks.support import KEY, Mode, backend_of

ONCE = RetryPolicy(attempts=1)
Serve = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """A server that many clients can reach at once: with the five that may wait by default, the others try again later."""

    request_queue_size = 256


@contextmanager
def server(serve: Serve) -> Iterator[str]:
    """A server on loopback whose requests are handled by `serve`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _serve(self) -> None:
            serve(self)

        do_GET = do_POST = do_DELETE = do_PUT = do_HEAD = _serve

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_port}"
        finally:
            http.shutdown()
            thread.join(10)


def reply(handler: BaseHTTPRequestHandler, content: bytes = b'{"id": "t"}', status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def test_a_real_exchange(mode: Mode) -> None:
    seen: list[tuple[str, str, str | None]] = []

    def serve(handler: BaseHTTPRequestHandler) -> None:
        length = handler.headers["Content-Length"]
        handler.rfile.read(int(length or 0))
        seen.append((handler.command, handler.path, length))
        reply(handler)

    with server(serve) as url:
        assert mode.run(lambda c: c.task.get("j", "t", select="id,state"), url=url).id == "t"
        mode.run(lambda c: c.task.delete("j", "t"), url=url)
        mode.run(lambda c: c.task.update("j", "t"), url=url)
    assert seen == [
        ("GET", "/jobs/j/tasks/t?$select=id,state&api-version=2025-06-01", None),
        ("DELETE", "/jobs/j/tasks/t?api-version=2025-06-01", "0"),
        ("PUT", "/jobs/j/tasks/t?api-version=2025-06-01", "2"),
    ]


def test_nobody_listens(mode: Mode) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(e.ConnectionFailedError) as caught:
            mode.run(lambda c: c.task.get("j", "t"), url=url, retry=ONCE)
    assert not caught.value.sent
    assert url in str(caught.value)


def test_the_answer_breaks_off(mode: Mode) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        handler.close_connection = True

    with server(serve) as url, pytest.raises(e.ConnectionFailedError, match="broke") as caught:
        mode.run(lambda c: c.task.get("j", "t"), url=url, retry=ONCE)
    assert caught.value.sent


def test_no_http_at_all(mode: Mode) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
        handler.close_connection = True

    with server(serve) as url, pytest.raises(e.ConnectionFailedError):
        mode.run(lambda c: c.task.get("j", "t"), url=url, retry=ONCE)


def test_a_body_that_is_not_what_its_encoding_says(mode: Mode) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", "3")
        handler.end_headers()
        handler.wfile.write(b"abc")

    with server(serve) as url, pytest.raises(e.UnreadableAnswerError, match="cannot be read"):
        mode.run(lambda c: c.task.get("j", "t"), url=url, retry=ONCE)


def test_the_answer_does_not_come(mode: Mode) -> None:
    """On a connection that is there: to make one may take longer than the time limit."""
    seen: list[str] = []
    done = threading.Event()

    def serve(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.path)
        if len(seen) == 1:
            reply(handler)
            return
        done.wait(10)
        handler.close_connection = True

    def use(client: Any) -> Any:
        if isinstance(client, BatchClient):
            client.task.get("j", "t")
            return client.task.get("j", "t", timeout=0.05)

        async def go() -> Any:
            await client.task.get("j", "t")
            return await client.task.get("j", "t", timeout=0.05)

        return go()

    with server(serve) as url:
        with pytest.raises(e.RequestTimedOutError, match="waiting for") as caught:
            mode.run(use, url=url, retry=ONCE)
        done.set()
    assert caught.value.sent


def test_headers_that_http_does_not_allow_are_not_quoted(mode: Mode) -> None:
    with server(reply) as url, pytest.raises(e.InvalidInputError, match="the value of x-a") as caught:
        mode.run(lambda c: c.task.get("j", "t", headers={"x-a": "secret\r\nInjected: 1"}), url=url)
    assert "secret" not in str(caught.value)


def test_a_kept_connection_that_was_closed_meanwhile(mode: Mode) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        reply(handler)
        handler.close_connection = True  # without having said so

    def use(client: Any) -> Any:
        if isinstance(client, BatchClient):
            return [client.task.get("j", "t").id for _ in range(5)]

        async def go() -> Any:
            return [(await client.task.get("j", "t")).id for _ in range(5)]

        return go()

    with server(serve) as url:
        assert mode.run(use, url=url) == ["t"] * 5


def _call(path: str) -> Call[None]:
    return Call("Task_Get", "GET", path, {}, {}, (200,), lambda answer: None)


async def _fan_out(backend: SyncBackend | AsyncBackend, size: int, calls: int) -> list[str]:
    """Have `size` attempts in flight until all are done."""
    finished: list[str] = []
    async with aclosing(backend.pool(size)) as pool:
        started = 0
        while len(finished) < calls:
            while started < calls and started - len(finished) < size:
                pool.start(_call(f"/{started}"), f"tag{started}")
                started += 1
            outcome = await pool.next_finished(10)
            assert outcome is not None
            tag, answer = outcome
            assert isinstance(answer, Answer)
            assert answer.content == f"/{tag.removeprefix('tag')}".encode()
            finished.append(tag)
    return finished


@pytest.mark.parametrize("size", [1, 3, 120])
def test_attempts_in_the_background(mode: Mode, size: int) -> None:
    most, now, lock = [0], [0], threading.Lock()

    def serve(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        reply(handler, handler.path.encode())
        with lock:
            now[0] -= 1

    with server(serve) as url:
        if mode.name == "sync":
            with mode.client(url) as client:
                finished = run_sync(_fan_out(backend_of(client), size, 50))
        else:

            async def main() -> list[str]:
                async with mode.client(url) as client:
                    return await _fan_out(backend_of(client), size, 50)

            finished = asyncio.run(main())
    assert sorted(finished) == sorted(f"tag{n}" for n in range(50))
    assert most[0] <= size


def test_failures_in_the_background_are_outcomes(mode: Mode) -> None:
    async def use(backend: SyncBackend | AsyncBackend) -> Any:
        async with aclosing(backend.pool(2)) as pool:
            assert await pool.next_finished(0) is None
            pool.start(_call("/"), 1)
            return await pool.next_finished(10)

    url = "http://127.0.0.1:1"
    if mode.name == "sync":
        with mode.client(url) as client:
            outcome = run_sync(use(backend_of(client)))
    else:

        async def main() -> Any:
            async with mode.client(url) as client:
                return await use(backend_of(client))

        outcome = asyncio.run(main())
    assert outcome[0] == 1
    assert isinstance(outcome[1], e.ConnectionFailedError)


def test_leaving_a_pool_does_not_wait_for_what_is_in_flight(mode: Mode) -> None:
    done, started = threading.Event(), threading.Event()

    def serve(handler: BaseHTTPRequestHandler) -> None:
        started.set()
        done.wait(20)
        handler.close_connection = True

    async def use(backend: SyncBackend | AsyncBackend) -> None:
        async with aclosing(backend.pool(1)) as pool:
            for number in range(3):
                pool.start(_call(f"/{number}"), number)
            assert await pool.next_finished(0.05) is None
            if mode.name == "sync":
                assert started.wait(10)
            else:
                assert await asyncio.to_thread(started.wait, 10)

    with server(serve) as url:
        if mode.name == "sync":
            with mode.client(url) as client:
                run_sync(use(backend_of(client)))
        else:

            async def main() -> None:
                async with mode.client(url) as client:
                    await use(backend_of(client))

            asyncio.run(main())
        assert not done.is_set()
        done.set()


@pytest.mark.parametrize("has_begun", [False, True])
def test_a_request_that_somebody_else_cancels_has_an_outcome(has_begun: bool) -> None:
    """A program that cancels all tasks of its event loop does not know which of them are ours."""

    async def main(url: str) -> Any:
        async with AsyncBatchClient(url, SharedKeyCredential("a", KEY)) as client:
            others = asyncio.all_tasks()
            async with aclosing(backend_of(client).pool(1)) as pool:
                pool.start(_call("/"), 1)
                if has_begun:
                    assert await pool.next_finished(0.05) is None
                for task in asyncio.all_tasks() - others:
                    task.cancel()
                return await pool.next_finished(20)

    done = threading.Event()

    def serve(handler: BaseHTTPRequestHandler) -> None:
        done.wait(20)

    with server(serve) as url:
        tag, outcome = asyncio.run(main(url))
        done.set()
    assert tag == 1
    assert isinstance(outcome, asyncio.CancelledError)


class Contended(queue.SimpleQueue[Any]):
    """A queue from which a thread takes something whenever somebody looks whether there is anything."""

    def empty(self) -> bool:
        is_empty = super().empty()
        if not is_empty:
            self.get()
        return is_empty


def test_leaving_a_pool_does_not_wait_if_a_thread_takes_the_last_request_just_then() -> None:
    """It once did, for ever: after a deadline or an interruption that met requests which were just being started."""
    with BatchClient("http://127.0.0.1:1", SharedKeyCredential("a", KEY)) as client:
        pool: Any = backend_of(client).pool(0)
        pool._jobs = Contended()
        pool.start(_call("/"), 1)
        leaving = threading.Thread(target=run_sync, args=(pool.aclose(),), daemon=True)
        leaving.start()
        leaving.join(30)
        assert not leaving.is_alive()


def test_a_pool_that_was_left_makes_no_request_that_it_had_not_begun() -> None:
    made, proceed = list[str](), threading.Event()

    def serve(handler: BaseHTTPRequestHandler) -> None:
        made.append(handler.path)
        proceed.wait(20)
        reply(handler)

    with server(serve) as url, BatchClient(url, SharedKeyCredential("a", KEY)) as client:
        pool: Any = backend_of(client).pool(1)
        before = threading.enumerate()
        for number in range(3):
            pool.start(_call(f"/{number}"), number)
        while not made:
            assert run_sync(pool.next_finished(0.01)) is None
        run_sync(pool.aclose())
        proceed.set()
        assert run_sync(pool.next_finished(20))[0] == 0
        while any(one.name == "batchtasks-1" for one in threading.enumerate() if one not in before):
            assert run_sync(pool.next_finished(0.01)) is None
    assert made == ["/0"]


def test_many_threads_may_use_one_client() -> None:
    with server(reply) as url, BatchClient(url, SharedKeyCredential("a", KEY)) as client:
        found: list[Any] = []
        threads = [threading.Thread(target=lambda: found.append(client.task.get("j", "t").id)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    assert found == ["t"] * 20


def test_a_flow_that_would_suspend_over_the_blocking_backend_is_a_bug_that_shows() -> None:
    with pytest.raises(RuntimeError, match="tried to suspend"):
        run_sync(asyncio.sleep(0))
    assert issubclass(SyncBackend, object)
