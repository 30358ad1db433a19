"""A cheap client of a Batch service: raw HTTP on one connection, requests signed with Shared Key. Standard library only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from email.utils import formatdate
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, unquote, urlsplit

JSON = "application/json; odata=minimalmetadata"
Headers = dict[str, str]


def versioned(path: str, **query: str) -> str:
    """A path with its api-version and other parameters, `$` before those that OData names."""
    pairs = {"api-version": "2025-06-01", **{f"${name}": value for name, value in query.items()}}
    return f"{path}?{'&'.join(f'{name}={quote(value)}' for name, value in pairs.items())}"


class Signed:
    """One connection to a service, for one account."""

    def __init__(self, url: str, account: str, key: str) -> None:
        self._account, self._key = account, base64.b64decode(key)
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=600)

    def headers(self, verb: str, path: str, body: bytes | None = None) -> Headers:
        """The headers of a request with its signature, for whoever wants them made ahead of time."""
        headers = {"ocp-date": formatdate(usegmt=True)} | ({} if body is None else {"Content-Type": JSON})
        length = "" if verb == "GET" else str(len(body or b""))
        lines = [verb, "", "", length, "", headers.get("Content-Type", ""), "", "", "", "", "", ""]
        place, _, query = path.partition("?")
        lines += [f"ocp-date:{headers['ocp-date']}", f"/{self._account}{place}"]
        lines += sorted(unquote(pair).replace("=", ":", 1) for pair in query.split("&"))
        digest = hmac.new(self._key, "\n".join(lines).encode(), hashlib.sha256).digest()
        return headers | {"Authorization": f"SharedKey {self._account}:{base64.b64encode(digest).decode()}"}

    def send(self, verb: str, path: str, body: bytes | None = None, headers: Headers | None = None) -> bytes:
        """Send a request; the body of the answer, which must be a good one."""
        self._connection.request(verb, path, body, headers or self.headers(verb, path, body))
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{verb} {path}: {answer.status} {content[:500]!r}")
        return content

    def add_job(self, job: str) -> None:
        """Add a job."""
        self.send("POST", versioned("/jobs"), json.dumps({"id": job, "poolInfo": {"poolId": "pool1"}}).encode())

    def counts(self, job: str) -> Any:
        """How many tasks are in which state."""
        return json.loads(self.send("GET", versioned(f"/jobs/{job}/taskcounts")))["taskCounts"]


def collections(prefix: str, count: int, command_line: str = "/bin/true") -> list[bytes]:
    """The bodies that add so many tasks, 100 each."""
    return [
        json.dumps(
            {"value": [{"id": f"{prefix}{n}", "commandLine": command_line} for n in range(s, min(s + 100, count))]}
        ).encode()
        for s in range(0, count, 100)
    ]
