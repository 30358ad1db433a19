"""One run of work on a service by the cheap client; prints what it cost, as the other clients do.

python load.py (add | list | run) JOB COUNT LANES URL ACCOUNT KEY cold

`add`: bulk add, bodies and signatures made before, over so many connections. `list`: a walk over all pages.
`run`: add tasks and wait until all are completed.
"""

from __future__ import annotations

import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from measure import measure
from signed import Headers, Signed, collections, versioned

_NEXT = re.compile(rb'"odata\.nextLink":"([^"]*)"')


class Load:
    """Work on one job."""

    def __init__(self, job: str, count: int, lanes: int, service: tuple[str, str, str]) -> None:
        self.job, self.count, self.lanes, self.service = job, count, lanes, service
        self.client = Signed(*service)
        self.place = versioned(f"/jobs/{job}/addtaskcollection")

    def prepare(self) -> list[tuple[bytes, Headers]]:
        """A new job, and the requests that fill it."""
        self.client.add_job(self.job)
        return [(body, self.client.headers("POST", self.place, body)) for body in collections("t", self.count)]

    def lane(self, requests: list[tuple[bytes, Headers]]) -> int:
        """Send requests on a connection of one's own; how many tasks were acknowledged."""
        client = Signed(*self.service)
        return sum(client.send("POST", self.place, *request).count(b'"Success"') for request in requests)

    def add(self, requests: list[tuple[bytes, Headers]]) -> int:
        with ThreadPoolExecutor(self.lanes) as pool:
            return sum(pool.map(self.lane, (requests[number :: self.lanes] for number in range(self.lanes))))

    def walk(self) -> int:
        seen, path = 0, versioned(f"/jobs/{self.job}/tasks")
        while path:
            page = self.client.send("GET", path)
            seen += page.count(b'"eTag"')
            found = _NEXT.search(page, len(page) - 1000)
            path = found.group(1).decode().removeprefix(self.service[0]) if found else ""
        return seen

    def run(self, requests: list[tuple[bytes, Headers]]) -> int:
        self.add(requests)
        while (done := int(self.client.counts(self.job)["succeeded"])) < self.count:
            time.sleep(0.02)
        return done


def main() -> None:
    operation, job, count, lanes, url, account, key, _ = sys.argv[1:]
    load = Load(job, int(count), int(lanes), (url, account, key))
    if operation == "list":
        measure(lambda _: load.walk(), load.count)
    else:
        requests = load.prepare()
        measure(lambda _: (load.add if operation == "add" else load.run)(requests), load.count)


main()
