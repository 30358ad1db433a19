"""From an exception of httpx to one of this package: what happened, whether the request was sent, and what to do."""

from __future__ import annotations

import re
import socket
import ssl
from types import ModuleType
from typing import Any, TypeAlias

from batchtasks import errors
from batchtasks._http.origin import Origin, proxy_address
from batchtasks_rest._call import AnyCall

# What prevented a connection, what to do, and how often a request is tried at most (None: no such limit).
Diagnosis: TypeAlias = tuple[str, str | None, int | None]

# A host name that does not exist is mostly a typing error. A machine that has just woken up may report it too.
_ATTEMPTS_FOR_A_NAME = 3
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
# By codes of OpenSSL (X509_V_ERR_...): not yet valid and expired; another host name and another address.
_ABOUT_CERTIFICATE = {
    **dict.fromkeys((9, 10), "The certificate is out of date, or the clock of this machine is wrong."),
    **dict.fromkeys((62, 64), "The certificate is for another host: check the account URL."),
}
_UNTRUSTED = (
    "The certificate is not signed by an authority that this machine trusts. If a proxy of your network replaces the "
    "service's certificate, name the file with the certificate of its authority in SSL_CERT_FILE."
)
# The names that OpenSSL 1.1 to 3.1, and later ones, give to an answer that is not TLS.
_NOT_TLS = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"}
# A proxy that refuses will refuse the next time too (but for 408 and 429).
_REFUSED_BY_PROXY = re.compile(r"4(?!08|29)\d\d ").match


def failure_of(library: ModuleType, error: Exception, call: AnyCall, origin: Origin) -> errors.BatchTasksError:
    """Return our exception for one of `library` (httpx or httpx2).

    `sent` is False only where the library says that no connection was there to send with.
    """
    where: dict[str, Any] = {"method": call.method, "path": call.path}
    # Without the proxy's user name and password.
    proxy = (proxy_address(origin) or "").rpartition("@")[2].rpartition("://")[2]
    via = f"; through the proxy {proxy}" if proxy else ""
    text = _text_of(error) + via
    if isinstance(error, library.UnsupportedProtocol):
        return errors.ConfigurationError(f"{origin.url} cannot be reached: {text}")
    if isinstance(error, library.LocalProtocolError):
        return errors.InvalidInputError(f"{call.method} {call.path} is not what HTTP allows.")
    if isinstance(error, library.TimeoutException):
        sent = not isinstance(error, (library.ConnectTimeout, library.PoolTimeout))
        doing = "waiting for" if sent else "connecting to"
        what = f"{call.method} {call.path} timed out {doing} {origin.url} ({text})."
        return errors.RequestTimedOutError(what, sent=sent, **where)
    if isinstance(error, (library.ConnectError, library.ProxyError)):
        is_proxy = isinstance(error, library.ProxyError)
        why, advice, most = diagnose_proxy_error(str(error)) if is_proxy else diagnose_connect_error(error)
        what = f"The connection to {origin.url} could not be made ({why}{via})."
        return errors.ConnectionFailedError(what, sent=False, hint=advice, max_attempts=most, **where)
    return broken_connection(text, call, origin)


def broken_connection(why: str, call: AnyCall, origin: Origin) -> errors.ConnectionFailedError:
    """Return the exception for a connection that broke after a request may have been sent."""
    what = f"The connection to {origin.url} broke ({why})."
    return errors.ConnectionFailedError(what, sent=True, method=call.method, path=call.path)


def diagnose_connect_error(error: BaseException) -> Diagnosis:
    """Return what prevented a connection, from the error of the operating system that caused the library's."""
    what = _text_of(error)
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OSError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message or what, _ABOUT_CERTIFICATE.get(cause.verify_code, _UNTRUSTED), 1
    if isinstance(cause, ssl.SSLError) and cause.reason in _NOT_TLS:
        return what, "The server speaks http, not https: use http://... if it is the local service.", 1
    if isinstance(cause, socket.gaierror) and cause.errno in _NO_SUCH_NAME:
        advice = "Check the host in the account URL; if only a proxy knows it, name the proxy in HTTPS_PROXY."
        return what, advice, _ATTEMPTS_FOR_A_NAME
    return what, None, None


def diagnose_proxy_error(what: str) -> Diagnosis:
    """Return why a proxy refused, from httpx's text."""
    if what.startswith(("407", "Requested ", "Invalid username")):  # the last two are of a SOCKS proxy
        advice = "The proxy needs a user name and a password: http://name:password@host:port in HTTPS_PROXY."
        return what, advice, 1
    return (what, "The proxy refused.", 1) if _REFUSED_BY_PROXY(what) else (what, None, None)


def _text_of(error: BaseException) -> str:
    """Return the text of an error, or of the error that caused it: those of asyncio's streams have none."""
    cause: BaseException | None = error
    while cause is not None:
        if str(cause):
            return str(cause)
        cause = cause.__cause__ or cause.__context__
    return type(error).__name__
