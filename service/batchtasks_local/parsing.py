"""From a raw request to an operation with checked parameters and a checked body."""

from __future__ import annotations

from batchtasks_local import errors, routes
from batchtasks_local.contract import Contracts, Operation, Parameter
from batchtasks_local.exchange import Exchange
from batchtasks_local.paging import TOKEN

API_VERSION = "api-version"
_TIMEOUT = "timeout"
_BOOLEANS = ("true", "false")


def choose_contract(exchange: Exchange, contracts: Contracts) -> None:
    """Read the api-version."""
    given = [value for name, value in _pairs(exchange) if name.lower() == API_VERSION]
    if not given:
        raise errors.missing_query(API_VERSION)
    exchange.contract = contracts.get(given[0])
    if exchange.contract is None:
        raise errors.unsupported_version(given[0], contracts.versions)


def parse(exchange: Exchange) -> None:
    """Find the operation; check its parameters and its body."""
    assert exchange.contract is not None
    name, exchange.ids = routes.find(exchange.method, _segments(exchange))
    operation = exchange.contract.operations.get(name)
    if operation is None:
        raise errors.resource_not_found()
    exchange.operation = operation
    exchange.query = _query(exchange, operation)
    if operation.body is not None:
        _check_type(exchange)
        exchange.content = operation.body.read(exchange.body)


def _pairs(exchange: Exchange) -> list[tuple[str, str]]:
    try:
        return exchange.pairs()
    except UnicodeDecodeError:
        raise errors.url_failed_to_parse("The query is not UTF-8") from None


def _segments(exchange: Exchange) -> list[str]:
    try:
        return exchange.segments()
    except UnicodeDecodeError:
        raise errors.url_failed_to_parse("The path is not UTF-8") from None


def _query(exchange: Exchange, operation: Operation) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _pairs(exchange):
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
    if key == TOKEN and "maxresults" in operation.query:
        return Parameter(TOKEN, "string")
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
        most = None  # more than the limit counts as the limit
    if (least is not None and int(value) < least) or (most is not None and int(value) > most):
        raise errors.query_out_of_range(name, value, least or 0, most or 2**31 - 1)


def _check_type(exchange: Exchange) -> None:
    """JSON with any parameters; a client that names no type at all is believed to mean JSON."""
    if not exchange.body:
        return
    coded = exchange.headers.get("content-encoding", "identity")
    if coded.strip().lower() != "identity":
        raise errors.unsupported_header("Content-Encoding", coded, "The body must be sent as it is")
    given = exchange.headers.get("content-type")
    if given is None:
        return
    if given.partition(";")[0].strip().lower() != "application/json":
        raise errors.invalid_header("Content-Type", given, "It must be application/json; odata=minimalmetadata")
