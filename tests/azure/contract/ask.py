"""Ask an account: send each question, keep the masked answer, and delete every job that was made."""

from __future__ import annotations

import contextlib
import json
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpx
from attrs import define, field, frozen

from tests.azure.contract.account import Account
from tests.azure.contract.mask import Mask
from tests.azure.contract.question import ABSENT, VERSION, Question, Scenario, fill, member

JSON = "application/json; odata=minimalmetadata"
# Lists of the whole account, which hold what belongs to others.
_LISTS = ("/jobs", "/pools", "/jobschedules", "/applications")
_POLL = 0.5
_QUICK_POLL = 0.05


class NotOursError(AssertionError):
    """A question would touch, or show, what this run did not make. It was not sent."""


@frozen
class Exchange:
    """One request and its answer, without names."""

    scenario: str
    question: str
    request: str
    sent_headers: list[tuple[str, str]]
    sent: Any
    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: Any
    seconds: float = 0.0

    def header(self, name: str) -> str | None:
        """Return the value of a header of the answer, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def code(self) -> str:
        """The code of an error, or nothing."""
        return str(self.body.get("code", "")) if isinstance(self.body, dict) and self.status >= 400 else ""

    @property
    def key(self) -> tuple[str, str]:
        return self.scenario, self.question


def new_prefix() -> str:
    """Return a random beginning for the ids of a run."""
    return f"ask-{secrets.token_hex(5)}"


@define
class Asker:
    """Asks one account.

    Args:
        account: The account.
        prefix: The beginning of the id of every job that is made.
        patience: Seconds to wait for a state that a question waits for.
        transport: Sends the requests; the network by default.
        made: The ids of the jobs that were made.
        attempts: How often to try to delete a job; the pauses grow by a second.
    """

    account: Account
    prefix: str = field(factory=new_prefix)
    patience: float = 30.0
    transport: httpx.BaseTransport | None = None
    made: list[str] = field(factory=list)
    attempts: int = 3
    _client: httpx.Client | None = None

    def __enter__(self) -> Asker:
        self._client = httpx.Client(base_url=self.account.url, timeout=60, transport=self.transport)
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    def ask(self, scenarios: Iterable[Scenario]) -> Iterator[Exchange]:
        """Ask the questions of scenarios, and yield each answer."""
        for scenario in scenarios:
            names = {"p": self.prefix, "job": f"{self.prefix}-{scenario.name}"}
            mask = self.new_mask()
            for question in scenario.questions:
                if question.needs == "key" and not self.account.has_key:
                    continue
                yield self._ask(scenario, question, names, mask)
            self.clean_up(
                lambda text: None
            )  # at most a few jobs are active at once; what is left is tried again at the end

    def new_mask(self) -> Mask:
        """Return what masks the answers of a scenario."""
        marks = {self.account.url: "<account>", self.account.name: "<name>", self.prefix: "<p>"}
        return Mask([*((text, marks.get(text, "<secret>")) for text in self.account.secrets), (self.prefix, "<p>")])

    def _ask(self, scenario: Scenario, question: Question, names: dict[str, str], mask: Mask) -> Exchange:
        request = self._request(question, names)
        self._check_ours(request)
        started = time.monotonic()
        answer = self._send(request, question)
        end = started + self.patience * (3 if question.is_long else 1)
        while question.until and not _shows(answer, question.until) and time.monotonic() < end:
            time.sleep(_QUICK_POLL if self.patience < 10 else _POLL)
            answer = self._send(self._request(question, names), question)
        for name, source in question.keep.items():
            names[name] = _kept(answer, source, self.account.url)
        return _exchange(scenario, question, answer, mask, time.monotonic() - started, self.prefix)

    def _request(self, question: Question, names: dict[str, str]) -> httpx.Request:
        assert self._client is not None
        method, _, path = question.request.partition(" ")
        path = str(fill(path, names))
        if question.version is not None:
            path += ("&" if "?" in path else "?") + f"api-version={question.version}"
        body = fill(question.body, names)
        content = body.encode() if isinstance(body, str) else None if body is None else json.dumps(body).encode()
        headers: dict[str, str | None] = {"Accept": "application/json"}
        if content is not None:
            headers["Content-Type"] = JSON
        headers |= fill(question.headers, names)
        kept = {name: value for name, value in headers.items() if value is not None}
        request = self._client.build_request(method, path, content=content, headers=kept)
        for name in ("User-Agent", "Accept-Encoding", "Connection"):
            request.headers.pop(name, None)
        if content is None and method != "GET":
            request.headers.setdefault("Content-Length", "0")
        return request

    def _send(self, request: httpx.Request, question: Question) -> httpx.Response:
        assert self._client is not None
        return self._client.send(request, auth=self.account.auth(question.auth))

    def _check_ours(self, request: httpx.Request) -> None:
        """Refuse a request that is not about a job of this run; note the job that it makes before it is sent."""
        prefix, path, method = self.prefix.lower(), request.url.path.lower(), request.method
        if path.startswith((f"/jobs/{prefix}-", f"/pools/{prefix}-")):
            if method == "PUT" and path.count("/") == 2:
                self._note(request.url.path.split("/")[2])
            return
        if method == "POST" and path == "/jobs":
            if (job_id := _id_of(request.content)) and not job_id.lower().startswith(f"{prefix}-"):
                raise NotOursError(f"would make the job {job_id!r}")
            self._note(job_id)
            return
        if method == "POST" and path in ("/pools", "/jobschedules") and not _could_make(request.content):
            return  # it lacks what is required, and cannot make anything
        if method not in ("GET", "HEAD") and path.startswith(("/jobs", "/pools", "/jobschedules", "/nodes")):
            raise NotOursError(f"would send {method} {request.url.path}")

    def _note(self, job_id: str) -> None:
        if job_id and job_id not in self.made:
            self.made.append(job_id)

    def clean_up(self, tell: Callable[[str], object] = print) -> list[str]:
        """Delete the jobs that were made; return the ids of those that could not be deleted."""
        self.made[:] = [job_id for job_id in self.made if not self._is_deleted(job_id)]
        if self.made:
            tell(f"Could not delete: {', '.join(self.made)}. Delete these jobs yourself.")
        return list(self.made)

    def _is_deleted(self, job_id: str) -> bool:
        assert self._client is not None
        question = Question("clean up", "", auth="usual")
        for attempt in range(self.attempts):
            with contextlib.suppress(httpx.HTTPError):
                path = f"/jobs/{job_id}?api-version={VERSION}"
                answer = self._send(self._client.build_request("DELETE", path), question)
                # 400: the id was refused when the job was added, too.
                if answer.status_code in (202, 400, 404) or "JobBeingDeleted" in answer.text:
                    return True
            time.sleep(attempt)
        return False


def _could_make(content: bytes) -> bool:
    """Return whether a body has what is required of a pool or a job schedule."""
    return b"vmsize" in content.lower() or b"schedule" in content.lower()


def _id_of(content: bytes) -> str:
    try:
        body = json.loads(content)
    except ValueError:
        return ""
    found = body.get("id") if isinstance(body, dict) else None
    return found if isinstance(found, str) else ""


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def _shows(answer: httpx.Response, wanted: tuple[str, Any]) -> bool:
    path, value = wanted
    if path == "status":
        return bool(answer.status_code == value)
    return bool(member(_json(answer), path) == value)


def _kept(answer: httpx.Response, source: str, url: str) -> str:
    """Return a header or a member of an answer; of a link, what follows the account's address and the api-version."""
    kind, _, name = source.partition(":")
    if kind == "header":
        return str(answer.headers.get(name, ""))
    found = member(_json(answer), source)
    if found is ABSENT or not isinstance(found, str):
        return "/jobs/none"
    return found.removeprefix(url)


def _exchange(
    scenario: Scenario, question: Question, answer: httpx.Response, mask: Mask, seconds: float, prefix: str
) -> Exchange:
    request = answer.request
    content = _without_others(answer, prefix)
    sent = mask.body(request.content) if len(request.content) < 20_000 else f"<{len(request.content)} bytes>"
    return Exchange(
        scenario.name,
        question.name,
        mask.text(f"{request.method} {request.url.raw_path.decode()}"),
        [(name, mask.header(name, value)) for name, value in _headers(request) if name.lower() != "host"],
        sent,
        answer.status_code,
        mask.text(answer.extensions.get("reason_phrase", b"").decode("ascii", "replace")),
        [(name, mask.header(name, value)) for name, value in _headers(answer)],
        mask.body(content),
        round(seconds, 1),
    )


def _headers(message: httpx.Request | httpx.Response) -> list[tuple[str, str]]:
    return [(name.decode("ascii"), value.decode("latin-1")) for name, value in message.headers.raw]


def _without_others(answer: httpx.Response, prefix: str) -> bytes:
    """Return the body; a list without what belongs to others."""
    body = _json(answer)
    is_list = answer.request.url.path.rstrip("/") in _LISTS and isinstance(body, dict)
    if not is_list or not isinstance(body.get("value"), list):
        return answer.content
    ours = [one for one in body["value"] if isinstance(one, dict) and _is_ours(one, prefix)]
    return json.dumps({**body, "value": ours}).encode()


def _is_ours(item: dict[str, Any], prefix: str) -> bool:
    return str(item.get("id", "")).lower().startswith(prefix.lower()) or not {"id", "displayName", "url"} & set(item)
