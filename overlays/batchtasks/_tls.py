"""The certificates that https is checked against: those of httpx, or of SSL_CERT_FILE and SSL_CERT_DIR."""

from __future__ import annotations

import os
import ssl

import httpx

from batchtasks.errors import ConfigurationError


def new_context() -> ssl.SSLContext:
    """Make a context for HTTP/1.1."""
    try:
        if file := os.environ.get("SSL_CERT_FILE"):
            open(file, "rb").close()  # httpx before 0.28 overlooks that there is none
        context = httpx.create_ssl_context()
    except OSError as error:
        named = [f"{name}={os.environ[name]}" for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)]
        where = next(iter(named), "those of the package certifi")  # in this order httpx looks for them
        raise ConfigurationError(f"The certificates to trust cannot be read: {where} ({error}).") from error
    context.set_alpn_protocols(["http/1.1"])
    return context
