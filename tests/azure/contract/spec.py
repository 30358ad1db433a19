"""Does an answer agree with the specification: its status, code, headers, and every member of its body?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

from tests.azure.contract.ask import Exchange
from tests.azure.contract.mask import plain
from tests.azure.contract.question import ABSENT, PRESENT, VERSION, Question, member

ROOT = Path(__file__).resolve().parents[3]
METHODS = ("get", "post", "put", "patch", "delete", "head")
# What HTTP, TLS and the servers in front of the service add to any answer; the specification is silent about them.
OF_HTTP = frozenset(
    ("content-length", "content-type", "transfer-encoding", "server", "date", "strict-transport-security", "connection",
     "cache-control", "vary", "allow", "x-content-type-options", "www-authenticate", "content-encoding")
)  # fmt: skip
# In a masked answer these stand for a value of a format.
_MASKED = re.compile(r"<(guid|time|date|account|p|etag|base64|ip|name|secret|form|token)")


@cache
def document(version: str) -> dict[str, Any]:
    """Return the document of a version."""
    path = ROOT / "generated" / "openapi" / "json" / f"{version}.json"
    read: dict[str, Any] = json.loads(path.read_bytes())
    return read


@cache
def codes() -> dict[str, list[int]]:
    """Return the error codes of the specification, and the statuses that each comes with."""
    read = yaml.load((ROOT / "spec" / "openapi.yaml").read_bytes(), Loader=yaml.CSafeLoader)["x-error-codes"]
    return {one["code"]: one["status"] for one in read}


@cache
def _routes(version: str) -> list[tuple[str, re.Pattern[str], dict[str, Any]]]:
    return [
        (
            method.upper(),
            re.compile(re.sub(r"\{filePath\}", ".+", re.sub(r"\{(?!filePath)\w+\}", "[^/]+", path))),
            item[method],
        )
        for path, item in document(version)["paths"].items()
        for method in METHODS
        if method in item
    ]


def operation(request: str, version: str = VERSION) -> dict[str, Any] | None:
    """Return what a version's document says of the operation that a request such as `GET /jobs/j` asks for, or None."""
    method, _, path = request.partition(" ")
    path = path.partition("?")[0]
    found = [stated for verb, pattern, stated in _routes(version) if verb == method and pattern.fullmatch(path)]
    return found[0] if found else None


def differences(question: Question, answer: Exchange) -> list[str]:
    """Return in sentences how an answer differs from the specification and from what the question expects."""
    return [*_unexpected(question, answer), *_against_document(question, answer), *_form(answer)]


def _unexpected(question: Question, answer: Exchange) -> Iterator[str]:
    if question.expect and not {got(answer), str(answer.status)} & set(question.expect.split(" or ")):
        yield f"expected {question.expect}, got {got(answer)}"
        return  # its members are those of another answer
    for path, value in question.shows.items():
        found = member(answer.body, path)
        if not _same(found, value):
            yield f"{path} is {_shown(found)}, expected {_shown(value)}"
    for name, value in question.answers.items():
        found = answer.header(name)
        if not _same(ABSENT if found is None else found, value):
            yield f"header {name} is {found!r}, expected {_shown(value)}"
    yield from _order(question.order, answer.body)


def _order(wanted: tuple[str, ...], body: Any) -> Iterator[str]:
    if wanted and isinstance(body, dict):
        names = [name for name in body if name in wanted]
        if names != [name for name in wanted if name in names]:
            yield f"members come in the order {', '.join(names)}"


def got(answer: Exchange) -> str:
    """Return status and code of an answer, as questions expect them."""
    return f"{answer.status} {answer.code}".strip()


def _same(found: Any, value: Any) -> bool:
    if value is PRESENT or value is ABSENT:
        return (found is ABSENT) == (value is ABSENT)
    return bool(plain(found) == plain(value)) and type(found) is type(value)


def _shown(value: Any) -> str:
    return "absent" if value is ABSENT else "present" if value is PRESENT else json.dumps(value)


def _against_document(question: Question, answer: Exchange) -> Iterator[str]:
    version = question.version or VERSION
    if not (ROOT / "generated" / "openapi" / "json" / f"{version}.json").exists():
        return
    stated = operation(answer.request, version)
    if stated is None:
        return
    status = str(answer.status)
    response = stated["responses"].get(status)
    if response is None and answer.status < 400:
        yield f"status {status} is not in the specification"
        return
    response = _resolve(version, response or stated["responses"]["default"])
    yield from _headers(version, response, answer)
    yield from _body(version, response, answer)
    if answer.code and answer.code not in codes():
        yield f"the code {answer.code} is not in the specification"
    elif answer.code and answer.status not in codes()[answer.code]:
        yield f"the code {answer.code} comes with status {status}"


def _resolve(version: str, part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        found: Any = document(version)
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def _headers(version: str, response: dict[str, Any], answer: Exchange) -> Iterator[str]:
    stated = {name.lower() for name in response.get("headers", {})}
    sent = {name.lower() for name, _ in answer.headers} - OF_HTTP
    asked = {name.lower() for name, _ in answer.sent_headers}
    if answer.status == 304 or answer.status >= 400:
        stated |= {"dataserviceversion", "request-id", "client-request-id", "retry-after", "etag", "last-modified"}
    for name in sorted(sent - stated):
        yield f"header {name} is not in the specification"
    for name, header in response.get("headers", {}).items():
        needed = "x-unconfirmed" not in _resolve(version, header) and name.lower() not in (
            "retry-after",
            "content-length",
        )
        if name.lower() == "client-request-id":
            needed = "return-client-request-id" in asked
        if needed and name.lower() not in sent and (answer.status < 400 or name.lower() == "request-id"):
            yield f"header {name} is missing"


def _body(version: str, response: dict[str, Any], answer: Exchange) -> Iterator[str]:
    schemas = [part["schema"] for kind, part in response.get("content", {}).items() if "json" in kind]
    if answer.body is None or not schemas:
        if answer.body is not None and answer.status < 400:
            yield "a body comes that is not in the specification"
        return
    for error in _validator(version, json.dumps(schemas[0])).iter_errors(answer.body):
        if _is_mask(error):
            continue
        where = ".".join(map(str, error.instance_path)) or "the body"
        yield f"{where}: {error.message}"


def _is_mask(error: jsonschema_rs.ValidationError) -> bool:
    return isinstance(error.instance, str) and _MASKED.search(error.instance) is not None


@cache
def _validator(version: str, schema: str) -> jsonschema_rs.Validator:
    schemas = _closed(document(version)["components"]["schemas"])
    whole = {"$ref": "#/$defs/it", "$defs": {"it": _closed(json.loads(schema))}, "components": {"schemas": schemas}}
    made: jsonschema_rs.Validator = jsonschema_rs.Draft202012Validator(whole)
    return made


def _closed(schema: Any) -> Any:
    """Return a copy of a schema that allows no other members, and the letter case that answers have."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _closed(part) for name, part in schema.items()}
    # One without a type is a part of another, such as a rule about one member.
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        made.setdefault("unevaluatedProperties" if "allOf" in schema else "additionalProperties", False)
    if "x-written-as" in schema:
        made["enum"] = [*schema["enum"], *schema["x-written-as"].values()]
    return made


def _form(answer: Exchange) -> Iterator[str]:
    """What was recorded of every answer: chunks, lengths, the reason phrase."""
    length, is_head = answer.header("content-length"), answer.request.startswith("HEAD ")
    chunked = answer.header("transfer-encoding") == "chunked"
    if answer.status == 200 and answer.body is not None and not chunked:
        yield "form: a 200 with a body is not chunked"
    if answer.status >= 400 and not is_head and length is None:
        yield "form: an error has no Content-Length"
    if answer.status >= 400 and is_head and (length is not None or answer.header("content-type")):
        yield "form: a HEAD that fails has Content-Type or Content-Length"
    message = member(answer.body, "message.value")
    if isinstance(message, str) and answer.reason != message.split("\n")[0].strip():
        yield "form: the reason phrase is not the first line of the message"
