"""The credentials of azure-batch 14, and those of msrest and azure-identity."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

from attrs import field, frozen

from batchtasks.auth import Credential, SharedKeyCredential, _FixedToken
from batchtasks.errors import ConfigurationError


class SharedKeyCredentials(SharedKeyCredential):
    """An account's name and one of its two keys."""

    __slots__ = ()

    def __init__(self, account_name: str, key: str) -> None:
        given, key = [key], ""  # a traceback that shows variables must not show the key
        super().__init__(account_name, given.pop())


def credential_of(given: Any) -> Credential:
    """Return the credential of this package; one of msrest puts a header on a session of requests."""
    if hasattr(given, "get_token") or not hasattr(given, "signed_session"):
        found: Credential = given
        return found
    key: Any = getattr(given, "auth", None)
    is_shared_key = hasattr(key, "_account_name") and hasattr(key, "_key")
    return SharedKeyCredential(key._account_name, key._key) if is_shared_key else _SessionToken(given)


@frozen
class _SessionToken:
    """Takes the token of an msrest credential, which knows itself when to renew it."""

    _credential: Any = field(repr=False)

    def get_token(self, *scopes: str) -> _FixedToken:
        session = SimpleNamespace(headers={}, auth=None)
        signed = self._credential.signed_session(session) or session
        scheme, _, token = str(signed.headers.get("Authorization", "")).partition(" ")
        if scheme.lower() != "bearer":
            kind = type(self._credential).__name__
            raise ConfigurationError(f"{kind} gave no bearer token; pass a credential of azure-identity as it is.")
        return _FixedToken(token, time.time() + 60)
