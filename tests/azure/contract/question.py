"""A question to an account: one request, and what the specification and the local service say about its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

VERSION = "2025-06-01"

# The value of a member that must not be there.
ABSENT = object()
# The value of a member that must be there, whatever it is.
PRESENT = object()


@frozen
class Question:
    """One request and what is expected.

    Attributes:
        name: What is asked, in a few words; unique within its scenario.
        request: Method and path with query, without api-version, such as `GET /jobs/{job}`. `{job}` is the job of the
            scenario, `{p}` the random prefix of all ids; `{name}` is what an earlier question kept.
        expect: Status and, for an error, code, such as `404 JobNotFound`. Several are separated by `or`. Empty: unknown.
        body: A JSON value, or text that is sent as it is.
        headers: More headers; None leaves one out that would be sent.
        shows: Members of the answer by path (`executionInfo.retryCount`, `value.0.status`) and their values as they are
            after masking; ABSENT, PRESENT.
        answers: Headers of the answer and their values after masking; ABSENT, PRESENT.
        order: Members of the answer that must come in this order.
        keep: Names for what the answer says, such as `{"etag": "header:ETag", "next": "odata\\.nextLink"}`.
        until: A member and its value; the request is repeated until the answer shows it or patience ends.
        is_long: It may take three times as long as others.
        settles: Places of spec/unconfirmed.md and open points that the answer speaks about.
        version: The api-version; None sends none.
        auth: `usual`, or one of the ways to be refused (see `Account.auth`).
        racing: The answer depends on the moment; it is recorded, and not compared between accounts.
        needs: `key` if it can only be asked with an account key.
    """

    name: str
    request: str
    expect: str = ""
    body: Any = None
    headers: Mapping[str, str | None] = field(factory=dict)
    shows: Mapping[str, Any] = field(factory=dict)
    answers: Mapping[str, Any] = field(factory=dict)
    order: tuple[str, ...] = ()
    keep: Mapping[str, str] = field(factory=dict)
    until: tuple[str, Any] | None = None
    is_long: bool = False
    settles: tuple[str, ...] = ()
    version: str | None = VERSION
    auth: str = "usual"
    racing: bool = False
    needs: str = ""


@frozen
class Scenario:
    """Questions that are asked one after the other, with a job of their own in mind."""

    name: str
    questions: tuple[Question, ...]


def fill(value: Any, names: Mapping[str, str]) -> Any:
    """Return a value with `{name}` replaced in all of its texts."""
    if isinstance(value, str):
        for name, text in names.items():
            value = value.replace("{" + name + "}", text)
        return value
    if isinstance(value, Mapping):
        return {fill(key, names): fill(inside, names) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [fill(inside, names) for inside in value]
    return value


def member(body: Any, path: str) -> Any:
    """Return the member of a JSON value at a path, or ABSENT. A dot within a name is written as `\\.`."""
    for part in path.replace("\\.", "\0").split("."):
        name = part.replace("\0", ".")
        if isinstance(body, list) and name.isdigit() and int(name) < len(body):
            body = body[int(name)]
        elif isinstance(body, dict) and name in body:
            body = body[name]
        else:
            return ABSENT
    return body
