"""From a raw request to an operation with checked parameters and a checked body.

The path is read segment by segment from the raw URL, so `%2F` in the name of a file stays part of the name.
"""

from __future__ import annotations

from batchtasks_local.http import errors
from batchtasks_local.http.contract.documents import Contract, Contracts, Operation, Parameter, Place
from batchtasks_local.http.exchange import Exchange
from batchtasks_local.http.lists import SKIP_TOKEN

API_VERSION = "api-version"
_TIMEOUT = "timeout"
_BOOLEANS = ("true", "false")
_NOWHERE = Place()


def find(contract: Contract, method: str, segments: list[str]) -> tuple[str, tuple[str, ...]]:
    """Return the name of the operation that a request asks for, and the ids in its path."""
    place, ids = contract.root, list[str]()
    for number, segment in enumerate(segments):
        word = segment.lower() if segment.lower() in place.words else None
        place = place.words.get(word, _NOWHERE)
        if word is None:
            ids.append(segment)
        if place.takes_rest:
            ids[-1] = "/".join(segments[number:])
            break
    if not place.verbs or not all(ids):
        raise errors.resource_not_found("There is no operation at this path")
    if method not in place.verbs:
        raise errors.unsupported_verb(method, place.verbs)
    return place.verbs[method], tuple(ids)


def choose_contract(exchange: Exchange, contracts: Contracts) -> None:
    """Read the api-version of the request."""
    given = [value for name, value in exchange.pairs() if name.lower() == API_VERSION]
    if not given:
        raise errors.missing_query(API_VERSION)
    contract = contracts.get(given[0])
    if contract is None:
        raise errors.unsupported_version(given[0], contracts.versions)
    exchange.contract = contract


def parse(exchange: Exchange) -> None:
    """Find the operation of the request, and check its parameters and the type of its body."""
    name, exchange.ids = find(exchange.contract, exchange.method, exchange.segments())
    exchange.operation = operation = exchange.contract.operations[name]
    exchange.query = _query(exchange, operation)
    if operation.body is not None:
        _check_type(exchange)


def read_body(exchange: Exchange) -> None:
    """Check the body of the request; a large one takes up to half a second."""
    if exchange.operation.body is not None:
        exchange.content = exchange.operation.body.read(exchange.body)


def _query(exchange: Exchange, operation: Operation) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in exchange.pairs():
        key = name.lower()
        parameter = _parameter(key, operation)
        if parameter is None:
            names = ", ".join(one.name for one in operation.query.values())
            raise errors.unsupported_query(name, value, f"This operation takes {names}")
        if key in found:
            raise errors.invalid_query(name, value, "It is given more than once")
        _check(parameter, name, value)
        found[key] = value
    for key, parameter in operation.query.items():
        if parameter.required and key not in found:
            raise errors.missing_query(parameter.name)
    return found


def _parameter(key: str, operation: Operation) -> Parameter | None:
    if key == SKIP_TOKEN and "maxresults" in operation.query:
        return Parameter(SKIP_TOKEN, "string")
    return operation.query.get(key)


def _check(parameter: Parameter, name: str, value: str) -> None:
    if parameter.type == "integer":
        _check_number(parameter, name, value)
    elif parameter.type == "boolean" and value.lower() not in _BOOLEANS:
        raise errors.invalid_query(name, value, "It must be true or false")


def _check_number(parameter: Parameter, name: str, value: str) -> None:
    if not value.removeprefix("-").isdecimal() or not value.isascii() or len(value) > 18:
        raise errors.invalid_query(name, value, "It must be a whole number")
    least, most = parameter.least, parameter.most
    if name.lower() == _TIMEOUT:
        most = None  # a larger value counts as the limit
    if (least is not None and int(value) < least) or (most is not None and int(value) > most):
        raise errors.query_out_of_range(name, value, least or 0, most or 2**31 - 1)


def _check_type(exchange: Exchange) -> None:
    """Accept JSON with any parameters, and also a body without a Content-Type."""
    if not exchange.body:
        return
    encoding = exchange.headers.get("content-encoding", "identity")
    if encoding.strip().lower() != "identity":
        raise errors.unsupported_header("Content-Encoding", encoding, "The body must be sent without an encoding")
    given = exchange.headers.get("content-type")
    if given is None:
        return
    if given.partition(";")[0].strip().lower() != "application/json":
        raise errors.invalid_header("Content-Type", given, "It must be application/json; odata=minimalmetadata")
