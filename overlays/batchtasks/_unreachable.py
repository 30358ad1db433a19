"""Why no connection could be made: in words that help, and how often another attempt is worth the wait."""

from __future__ import annotations

import re
import socket
import ssl

from attrs import frozen


@frozen
class Hindrance:
    """What stood in the way, what to do about it, and how often a request is tried at most (None: as otherwise)."""

    what: str
    advice: str | None = None
    most_attempts: int | None = None


# Most often a slip in the URL. A machine that has just woken up may say so too, hence not at once.
_ATTEMPTS_AT_A_NAME = 3
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
# Codes of OpenSSL (X509_V_ERR_...): not yet valid and expired; another host and another address.
_OUT_OF_DATE = {9, 10}
_OF_ANOTHER = {62, 64}
# How OpenSSL 1.1 to 3.1, and later ones, call an answer that is not TLS.
_NOT_TLS = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"}
# A proxy that refuses, and will the next time too (not 408 and 429).
_REFUSED_BY_PROXY = re.compile(r"4(?!08|29)\d\d ").match


def hindrance(error: BaseException) -> Hindrance:
    """Tell what kept a connection from being made."""
    what = str(error) or type(error).__name__
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OSError):  # those of httpx come of one
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Hindrance(cause.verify_message or what, _about_certificate(cause.verify_code), 1)
    if isinstance(cause, ssl.SSLError) and cause.reason in _NOT_TLS:
        return Hindrance(what, "The server does not speak TLS; the URL of a local one begins with http://.", 1)
    if isinstance(cause, socket.gaierror) and cause.errno in _NO_SUCH_NAME:
        advice = "Check the host in the account URL; if only a proxy knows it, name the proxy in HTTPS_PROXY."
        return Hindrance(what, advice, _ATTEMPTS_AT_A_NAME)
    return Hindrance(what)


def hindrance_of_proxy(what: str) -> Hindrance:
    """Tell what the words mean in which httpx says that a proxy did not let a request through."""
    if what.startswith(("407", "Requested ", "Invalid username")):  # the last two of a SOCKS proxy
        advice = (
            "The proxy wants a user name and a password that it knows: http://name:password@host:port in HTTPS_PROXY."
        )
        return Hindrance(what, advice, 1)
    return Hindrance(what, "The proxy refused.", 1) if _REFUSED_BY_PROXY(what) else Hindrance(what)


def _about_certificate(code: int) -> str:
    if code in _OUT_OF_DATE:
        return "The certificate is out of date, or the clock of this machine is wrong."
    if code in _OF_ANOTHER:
        return "The certificate is for another host: check the account URL."
    return (
        "Nobody who is trusted here vouches for the certificate. If a proxy of your network puts its own in the place of "
        "the service's, name the file with its authority's certificate in SSL_CERT_FILE."
    )
