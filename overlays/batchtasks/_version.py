"""The version of this package (a test compares it with what is installed) and how it calls itself."""

from __future__ import annotations

import sys

from batchtasks.errors import ConfigurationError

__version__ = "0.1.0"


def user_agent_of(prefix: str | None) -> str:
    """Give the User-Agent header, with the caller's own name in front."""
    own = f"batchtasks/{__version__} Python/{'.'.join(map(str, sys.version_info[:3]))}"
    if prefix is None:
        return own
    if not isinstance(prefix, str) or not prefix.isascii() or not prefix.isprintable():
        raise ConfigurationError("user_agent must be printable ASCII text.")
    return f"{prefix} {own}"
