"""The floor: a bare http.client loop that sends bodies made before, and for lists reads the JSON and nothing more."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

from measure import JOB, arguments, measure

HEADERS = {
    "Content-Type": "application/json; odata=minimalmetadata",
    "Accept": "application/json",
    "client-request-id": "00000000-0000-4000-8000-000000000000",
    "ocp-date": "Tue, 05 Nov 2024 10:00:00 GMT",
    "Authorization": "SharedKey bench:wtikWOgeOCqgLIAKyavzIiQ+XXkeB2l2Alp7OiF1rWU=",
}


def send_all(netloc: str, bodies: list[bytes]) -> None:
    """One lane: a connection of its own, one request after the other."""
    connection = HTTPConnection(netloc)
    for body in bodies:
        connection.request("POST", f"/jobs/{JOB}/addtaskcollection?api-version=2025-06-01", body, HEADERS)
        connection.getresponse().read()


def main() -> None:
    operation, url, count, lanes = arguments()
    netloc = urlsplit(url).netloc
    bodies = [
        json.dumps(
            {"value": [{"id": f"t{i}", "commandLine": "/bin/true"} for i in range(s, min(s + 100, count))]}
        ).encode()
        for s in range(0, count if operation == "add" else 0, 100)
    ]

    def add(count: int) -> int:
        asked = bodies[: -(-count // 100)]
        if lanes == 1:
            send_all(netloc, asked)
            return count
        with ThreadPoolExecutor(lanes) as pool:
            list(pool.map(lambda lane: send_all(netloc, asked[lane::lanes]), range(lanes)))
        return count

    def walk(most: int) -> int:
        connection = HTTPConnection(netloc)
        seen, link = 0, f"{url}/jobs/{JOB}/tasks?api-version=2025-06-01"
        while link and seen < most:
            connection.request("GET", link.removeprefix(url), headers=HEADERS)
            page = json.loads(connection.getresponse().read())
            seen, link = seen + len(page["value"]), page.get("odata.nextLink", "")
        return seen

    measure(add if operation == "add" else walk, count)


main()
