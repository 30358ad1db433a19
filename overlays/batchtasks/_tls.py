"""The certificates that https is checked against: those of httpx, or of SSL_CERT_FILE and SSL_CERT_DIR."""

from __future__ import annotations

import ssl

import httpx


def new_context() -> ssl.SSLContext:
    """Make a context for HTTP/1.1."""
    context = httpx.create_ssl_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
