"""A neutral stub of the two task operations that matter for speed: add collection and list. It keeps nothing.

Its answers have the form of recorded ones of the service: in chunks, with the same headers.

    python stub_server.py [--delay SECONDS] [--tasks N]      prints its port

`--delay` is the service time of every answer; `--tasks` how many completed tasks a list holds, 1,000 a page. It does no
more than it must, so that what is measured is the client.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import queue
import re
import threading
import time

PAGE = 1000
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_SKIP = re.compile(rb"skiptoken=(\d+)")
_CHUNK = 65_536
_HEAD = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json;odata=minimalmetadata\r\n"
    b"Server: stub\r\nrequest-id: 00000000-0000-0000-0000-000000000000\r\n"
    b"Strict-Transport-Security: max-age=31536000; includeSubDomains\r\nX-Content-Type-Options: nosniff\r\n"
    b"DataServiceVersion: 3.0\r\nDate: Tue, 05 Nov 2024 10:00:00 GMT\r\n\r\n"
)


class Stub:
    """What is answered."""

    def __init__(self, delay: float, tasks: int) -> None:
        self.delay = delay
        self.tasks = tasks
        self.base = ""
        self._pages: dict[int, bytes] = {}

    def answer(self, head: bytes, body: bytes) -> bytes:
        """The whole answer to a request."""
        return _whole(self.added(body)) if head.startswith(b"POST") else self.page(head)

    def added(self, body: bytes) -> bytes:
        """A success for every task of the body."""
        results = ",".join(
            f'{{"status":"Success","taskId":"{task["id"]}","eTag":"0x8DB77E9635B0BE3",'
            f'"lastModified":"2023-06-28T15:07:28.1053667Z","location":"{self.base}/jobs/job1/tasks/{task["id"]}"}}'
            for task in json.loads(body)["value"]
        )
        return f'{{"odata.metadata":"{self.base}/$metadata#taskaddresult","value":[{results}]}}'.encode()

    def page(self, head: bytes) -> bytes:
        """The answer with one page of completed tasks; made once, then kept."""
        found = _SKIP.search(head.split(b"\r\n", 1)[0])
        start = int(found.group(1)) if found else 0
        if start not in self._pages:
            self._pages[start] = _whole(self._render(start))
        return self._pages[start]

    def _render(self, start: int) -> bytes:
        end = min(start + PAGE, self.tasks)
        page = {"odata.metadata": f"{self.base}/$metadata#tasks", "value": [self._task(n) for n in range(start, end)]}
        if end < self.tasks:
            page["odata.nextLink"] = f"{self.base}/jobs/job1/tasks?api-version=2024-02-01.19.0&$skiptoken={end}"
        return json.dumps(page).encode()

    def _task(self, number: int) -> dict[str, object]:
        url, node = f"{self.base}/jobs/job1/tasks/t{number}", f"{self.base}/pools/pool1/nodes/tvm_1"
        return {
            "id": f"t{number}",
            "url": url,
            "eTag": "0x8DC0DBE42D1E1FE",
            "creationTime": "2024-01-05T07:16:37.5685707Z",
            "lastModified": "2024-01-05T07:16:39.576627Z",
            "state": "completed",
            "stateTransitionTime": "2024-01-05T07:22:13.466372Z",
            "previousState": "running",
            "previousStateTransitionTime": "2024-01-05T07:22:13.310139Z",
            "commandLine": "/bin/sh -c 'echo hello'",
            "userIdentity": {"autoUser": {"scope": "pool", "elevationLevel": "nonadmin"}},
            "constraints": {
                "maxWallClockTime": "P10675199DT2H48M5.4775807S",
                "retentionTime": "P7D",
                "maxTaskRetryCount": 3,
            },
            "requiredSlots": 1,
            "executionInfo": {
                "startTime": "2024-01-05T07:22:13.357005Z",
                "endTime": "2024-01-05T07:22:13.466372Z",
                "exitCode": 0,
                "result": "success",
                "retryCount": 0,
                "requeueCount": 0,
            },
            "nodeInfo": {
                "affinityId": "TVM:tvm_1",
                "nodeUrl": node,
                "poolId": "pool1",
                "nodeId": "tvm_1",
                "taskRootDirectory": f"workitems/job1/job-1/t{number}",
                "taskRootDirectoryUrl": f"{node}/files/workitems/job1/job-1/t{number}",
            },
        }


def _whole(content: bytes) -> bytes:
    """An answer with its content in chunks."""
    chunks = [content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)]
    return b"".join([_HEAD, *(b"%x\r\n%b\r\n" % (len(batch), batch) for batch in chunks), b"0\r\n\r\n"])


class Later:
    """Sends answers when they are due; the event loop's own timers are up to two milliseconds late."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self._loop = asyncio.get_running_loop()
        self._waiting: queue.SimpleQueue[tuple[float, asyncio.Transport, bytes]] = queue.SimpleQueue()
        threading.Thread(target=self._send, daemon=True).start()

    def add(self, arrived: float, transport: asyncio.Transport, answer: bytes) -> None:
        self._waiting.put((arrived + self.delay, transport, answer))

    def _send(self) -> None:
        while True:
            due, transport, answer = self._waiting.get()
            time.sleep(max(0.0, due - time.perf_counter()))
            self._loop.call_soon_threadsafe(transport.write, answer)


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive and Content-Length, as far as the clients use it."""

    def __init__(self, stub: Stub, later: Later | None) -> None:
        self._stub = stub
        self._later = later
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        arrived = time.perf_counter()
        self._buffer += data
        while (request := self._take()) is not None:
            answer = self._stub.answer(*request)
            if self._later:
                self._later.add(arrived, self._transport, answer)
            else:
                self._transport.write(answer)

    def _take(self) -> tuple[bytes, bytes] | None:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self._buffer[:end])
        found = _LENGTH.search(head)
        total = end + 4 + (int(found.group(1)) if found else 0)
        if len(self._buffer) < total:
            return None
        body = bytes(self._buffer[end + 4 : total])
        del self._buffer[:total]
        return head, body


async def serve(stub: Stub) -> None:
    """Listen on a free port, print it, and serve until killed."""
    later = Later(stub.delay) if stub.delay else None
    server = await asyncio.get_running_loop().create_server(lambda: Connection(stub, later), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    stub.base = f"http://127.0.0.1:{port}"
    for start in range(0, stub.tasks, PAGE):
        stub.page(b"?skiptoken=%d\r\n" % start)
    print(port, flush=True)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--tasks", type=int, default=0)
    options = parser.parse_args()
    asyncio.run(serve(Stub(options.delay, options.tasks)))


if __name__ == "__main__":
    main()
