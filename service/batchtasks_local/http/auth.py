"""Who may send requests: Shared Key signatures, bearer tokens for development, and no foreign web sites.

The string to sign is built from what was received: the path still percent-encoded, headers as sent. The reference page
and the official clients differ in how they write the query lines (letter case, repeated and empty parameters) and in
the Content-Length of a request without a body, so each form is tried, each in constant time.

The development key is public and a bearer token may be any text, so neither keeps out a web page that is open in the
browser on this machine. The browser itself stops pages of another origin: it asks first before it sends an
Authorization header, and the service does not agree. But a site can point its own host name at 127.0.0.1; then the
browser takes the service for a part of that site. Such a request has the site's name in its Host header and is refused.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, unquote_plus

from batchtasks_local.domain import clock
from batchtasks_local.http import errors
from batchtasks_local.http.exchange import Exchange
from batchtasks_local.settings import DEVELOPMENT_KEY, Settings, is_loopback

SIGNED_HEADERS = (
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "date",
    "if-modified-since",
    "if-match",
    "if-none-match",
    "if-unmodified-since",
    "range",
)
_BEARER = (("WWW-Authenticate", 'Bearer resource="https://batch.core.windows.net/"'),)
_TOKEN = re.compile(r"[A-Za-z0-9\-._~+/]+=*")
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.\-]+)(:\d{1,5})?", re.ASCII)
_HOST_REASON = "It must name this machine, as 127.0.0.1, localhost or [::1], unless a secret key signs the request"


class Authenticator:
    """Checks where a request comes from, and that it is signed with the account's key or carries a bearer token."""

    def __init__(self, settings: Settings) -> None:
        self._account = settings.account
        self._key = settings.key_bytes
        self._key_is_secret = settings.key != DEVELOPMENT_KEY
        self._skew = int(settings.clock_skew * clock.SECOND)
        self._any_token = settings.accept_any_token

    def refuse_foreign_site(self, exchange: Exchange) -> None:
        """Raise InvalidHeaderValue if a foreign site may have made a browser send this request.

        A request without credentials is refused by `check`; a request without a Host header is from no browser.
        """
        credentials, host = exchange.headers.get("authorization"), exchange.headers.get("host")
        if credentials is None or host is None:
            return
        is_signed = credentials.partition(" ")[0].lower() == "sharedkey"
        if not (self._key_is_secret and is_signed) and not is_local_host(host):
            raise errors.invalid_header("Host", host, _HOST_REASON)

    def check(self, exchange: Exchange) -> None:
        """Raise AuthenticationFailed or InvalidAuthenticationInfo unless the request has valid credentials."""
        header = exchange.headers.get("authorization")
        if header is None:
            raise errors.authentication_failed("The Authorization header is missing.", 401, _BEARER)
        scheme, _, rest = header.partition(" ")
        if scheme.lower() == "sharedkey":
            self._check_signature(exchange, rest.strip())
        elif scheme.lower() == "bearer":
            self._check_token(exchange, rest.strip())
        else:
            raise errors.malformed_authorization("The scheme must be SharedKey or Bearer.")

    def _check_signature(self, exchange: Exchange, credential: str) -> None:
        account, colon, signature = credential.partition(":")
        if not colon or not account or not signature:
            raise errors.malformed_authorization(
                "SharedKey must be followed by the account name, a colon and the signature."
            )
        if not hmac.compare_digest(account.encode(), self._account.encode()):
            # The text is recorded.
            what = f"Cannot find the claimed account when trying to GetProperties for the account {account}."
            raise errors.authentication_failed(what)
        self._check_date(exchange)
        candidates = strings_to_sign(exchange, self._account)
        # Every candidate is compared, so that the time taken does not tell which one came close.
        if not sum([hmac.compare_digest(sign(text, self._key), signature.encode()) for text in candidates]):
            detail = (
                f"The MAC signature found in the HTTP request '{signature}' is not the same as any computed signature."
            )
            raise errors.authentication_failed(f"{detail} Server used following string to sign: '{candidates[0]}'.")

    def _check_date(self, exchange: Exchange) -> None:
        text = exchange.headers.get("ocp-date") or exchange.headers.get("date")
        if not text:
            raise errors.authentication_failed("The request has neither an ocp-date nor a Date header.")
        try:
            when = clock.from_http_date(text)
        except ValueError:
            raise errors.authentication_failed(f"The date of the request is not an RFC 1123 date: '{text}'.") from None
        present = clock.wall()
        if abs(present - when) > self._skew:
            detail = f"The date header in the request is incorrect: '{text}'; it is '{clock.http_date(present)}' here."
            raise errors.authentication_failed(detail)

    def _check_token(self, exchange: Exchange, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise errors.malformed_authorization("Bearer must be followed by a token.")
        if not self._any_token:
            raise errors.authentication_failed("This service takes no bearer tokens.", 401, _BEARER)
        if not exchange.client or not is_loopback(exchange.client):
            raise errors.authentication_failed("Bearer tokens are accepted from this machine only.", 401, _BEARER)


def is_local_host(host: str) -> bool:
    """Return whether a Host header names this machine itself, such as `127.0.0.1:10100`, `localhost` or `[::1]:10100`.

    A name that merely resolves to 127.0.0.1 does not: whoever owns a name can point it there.
    """
    found = _HOST.fullmatch(host)
    return found is not None and is_loopback(found["name"])


def is_own_fetch(headers: Mapping[str, str]) -> bool:
    """Return whether the request is from the page itself or typed by its reader, as far as a browser tells.

    Programs do not send this header, and are allowed.
    """
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def sign(text: str, key: bytes) -> bytes:
    """Return the signature of a string to sign, as base64 text."""
    return base64.b64encode(hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest())


def strings_to_sign(exchange: Exchange, account: str) -> list[str]:
    """Return every string over which the request may validly have been signed, the documented one first."""
    resource = f"/{account}{exchange.raw_path}"
    heads = [_head(exchange, length, date) for length in _lengths(exchange) for date in _dates(exchange)]
    tails = dict.fromkeys(_query_forms(exchange.raw_query))
    return [f"{head}{resource}{tail}" for head in heads for tail in tails]


def _head(exchange: Exchange, length: str, date: str) -> str:
    headers = exchange.headers | {"content-length": length, "date": date}
    values = [headers.get(name, "") for name in SIGNED_HEADERS]
    ocp = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers) if name.startswith("ocp-") and headers[name])
    return "\n".join((exchange.method, *values)) + "\n" + ocp


def _lengths(exchange: Exchange) -> tuple[str, ...]:
    """Return Content-Length as sent, and for a request without a body also the other way to write that."""
    length = exchange.headers.get("content-length", "")
    if exchange.method in ("GET", "HEAD") or length not in ("", "0"):
        return (length,)
    return ("0", "") if length else ("", "0")


def _dates(exchange: Exchange) -> tuple[str, ...]:
    """Return Date as sent; beside an ocp-date it counts as empty."""
    date = exchange.headers.get("date", "")
    return ("", date) if date and exchange.headers.get("ocp-date") else (date,)


def _query_forms(raw: str) -> Iterable[str]:
    """Yield the query lines as the reference page writes them, as the official clients do, each also with a plus."""
    for decode in (unquote_plus, unquote):
        pairs = [(decode(name), decode(value)) for name, _, value in (p.partition("=") for p in raw.split("&") if p)]
        yield _lines(pairs, fold=True, every=True)
        yield _lines([pair for pair in pairs if pair[1]], fold=False, every=False)
        yield _lines(pairs, fold=False, every=True)


def _lines(pairs: list[tuple[str, str]], *, fold: bool, every: bool) -> str:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name.lower() if fold else name, []).append(value)
    return "".join(
        f"\n{name}:{','.join(sorted(values[name])) if every else values[name][0]}" for name in sorted(values)
    )
