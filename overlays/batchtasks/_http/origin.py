"""The scheme, host and port of an account: the only address that its credentials are sent to."""

from __future__ import annotations

import re
import urllib.request

import httpx
from attrs import frozen

from batchtasks.errors import ConfigurationError

_PORTS = {"http": 80, "https": 443}
# A name of DNS in ASCII, or an IPv6 address.
_LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
is_host = re.compile(rf"{_LABEL}(\.{_LABEL})*\.?|[0-9a-f:.]*:[0-9a-f:.]*").fullmatch


@frozen
class Origin:
    """An account's address; `url` has no slash at its end, `prefix` is its path (mostly empty), `netloc` host and port.

    The host is in lower case and as DNS knows it: bücher.example is xn--bcher-kva.example.
    """

    scheme: str
    host: str
    port: int
    prefix: str
    netloc: str
    url: str

    @property
    def is_loopback(self) -> bool:
        """Whether the address is the loopback of this machine."""
        return self.host in ("localhost", "::1") or re.fullmatch(r"127(\.\d+){3}", self.host) is not None

    def owns(self, scheme: str, host: str, port: int | None) -> bool:
        """Return whether an address belongs to this origin."""
        same_host = host.strip("[]").lower() == self.host
        return scheme == self.scheme and same_host and (port or _PORTS.get(scheme)) == self.port


def read_origin(url: str) -> Origin:
    """Return the origin of an account URL; without a scheme it is https, as the Azure command line prints it."""
    if not isinstance(url, str):
        raise ConfigurationError(f"The account URL must be text, not {type(url).__name__}.")
    text = url.strip()
    if "@" in text:  # refused first, because the other errors quote the URL
        raise ConfigurationError("The account URL must not contain a user name or password: it has an @.")
    try:
        parts = httpx.URL(text if "://" in text else f"https://{text}")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise ConfigurationError(f"The account URL {url!r} cannot be read: {error}.") from None
    scheme, host, netloc = parts.scheme, parts.raw_host.decode("ascii"), parts.netloc.decode("ascii")
    port = _PORTS.get(scheme, 0) if parts.port is None else parts.port
    if scheme not in _PORTS or not 0 < port < 65536 or not is_host(host) or text.isalnum():  # one word names an account
        example = "https://myaccount.westeurope.batch.azure.com"
        raise ConfigurationError(f"The account URL {url!r} is not of the form https://host[:port], such as {example}.")
    if parts.query or parts.fragment:
        raise ConfigurationError(f"The account URL must end after the host: {parts.host} is followed by more.")
    prefix = parts.raw_path.decode("ascii").rstrip("/?")
    return Origin(scheme, host, port, prefix, netloc, f"{scheme}://{netloc}{prefix}")


def proxy_address(origin: Origin) -> str | None:
    """Return the proxy that the environment or the system names for an origin, as it is; none for this machine itself."""
    if origin.is_loopback or urllib.request.proxy_bypass(f"{origin.host}:{origin.port}"):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(origin.scheme) or proxies.get("all") or None
