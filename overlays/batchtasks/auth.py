"""Credentials: the account's key, access tokens of Microsoft Entra, and the token that a running task may have.

Any object with `get_token()` is taken as a token credential (all of azure-identity, blocking or not), any object with
`named_key` as azure-core's AzureNamedKeyCredential, whose key may change while the client is in use.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import time
from typing import Any, NamedTuple, Protocol

from batchtasks.errors import ConfigurationError

# The audience itself ends in a slash, hence two of them (TypeSpec of the service; azure-batch 15.1.0).
DEFAULT_SCOPE = "https://batch.core.windows.net//.default"
# The audiences of the other clouds (the Azure command line's table of clouds, `batchResourceId`).
_SCOPES = {
    ".chinacloudapi.cn": "https://batch.chinacloudapi.cn//.default",
    ".usgovcloudapi.net": "https://batch.core.usgovcloudapi.net//.default",
}


def scope_for(host: str) -> str:
    """Return the scope of access tokens for the cloud that a host is in."""
    return next((scope for suffix, scope in _SCOPES.items() if host.endswith(suffix)), DEFAULT_SCOPE)


class TokenProvider(Protocol):
    """A credential of azure-identity, or an object like it; `get_token` may be a coroutine function."""

    def get_token(self, *scopes: str) -> Any:
        """Return an object with `token` and `expires_on` (seconds since 1970)."""


class NamedKey(Protocol):
    """azure-core's AzureNamedKeyCredential, or an object like it."""

    @property
    def named_key(self) -> Any:
        """A pair of `name` and `key`."""


class SharedKeyCredential:
    """An account's name and one of its two keys.

    Args:
        account_name: The name of the Batch account.
        account_key: The key as the portal shows it: Base64 text.

    Raises:
        ConfigurationError: The name or the key cannot be right.
    """

    __slots__ = ("_key", "account_name")

    def __init__(self, account_name: str, account_key: str) -> None:
        self.account_name = account_name
        self._key, account_key = _decode_key(account_key), ""  # a traceback that shows variables must not show the key
        if not isinstance(account_name, str) or not re.fullmatch(r"[A-Za-z0-9._-]+", account_name):
            raise ConfigurationError(f"{account_name!r} is not the name of a Batch account.")
        self._use(self._key)

    def update(self, account_key: str) -> None:
        """Use another key from the next request on; clients that use this credential follow."""
        key, account_key = _decode_key(account_key), ""
        self._use(key)

    def _use(self, key: bytes) -> None:
        if not key:
            raise ConfigurationError(
                "The account key is not Base64 text; copy key1 or key2 of the Batch account as the portal shows it."
            )
        self._key = key

    def __repr__(self) -> str:
        return f"SharedKeyCredential({self.account_name!r}, '***')"


class TaskTokenCredential:
    """The token of AZ_BATCH_AUTHENTICATION_TOKEN, which is in the environment of a task that was granted one."""

    __slots__ = ("_token",)

    def __init__(self, token: str) -> None:
        if not isinstance(token, str) or not token.strip():
            raise ConfigurationError("The token is empty; a task finds it in AZ_BATCH_AUTHENTICATION_TOKEN.")
        self._token = token.strip()

    def get_token(self, *scopes: str) -> _FixedToken:
        """Return the token; it is valid as long as the task runs."""
        return _FixedToken(self._token, time.time() + 365 * 86400)

    def __repr__(self) -> str:
        return "TaskTokenCredential('***')"


class _FixedToken(NamedTuple):
    token: str
    expires_on: float

    def __repr__(self) -> str:
        return "_FixedToken('***')"


Credential = SharedKeyCredential | NamedKey | TokenProvider


def _decode_key(key: str) -> bytes:
    """Return the bytes of an account key, none if it is not Base64. The caller raises, without the key in the text."""
    try:
        return base64.b64decode(key.strip(), validate=True)
    except (binascii.Error, ValueError, AttributeError):
        return b""


URL, NAME, KEY = "BATCH_ACCOUNT_URL", "BATCH_ACCOUNT_NAME", "BATCH_ACCOUNT_KEY"
TASK_URL, TASK_TOKEN = "AZ_BATCH_ACCOUNT_URL", "AZ_BATCH_AUTHENTICATION_TOKEN"


def settings_from(credential: Credential | None) -> tuple[str, Credential]:
    """Return the account URL of the environment and a credential: the given one, the account's key, or a running task's token.

    Raises:
        ConfigurationError: A variable that is needed is not set; the text names it.
    """
    names = (URL, NAME, KEY, TASK_URL, TASK_TOKEN)
    given = {name: value for name in names if (value := os.environ.get(name, "").strip())}
    url = given.get(URL) or given.get(TASK_URL)
    if credential is not None:
        if url is None:
            raise ConfigurationError(
                f"{URL} is not set: it is the account's address, such as https://myaccount.westeurope.batch.azure.com."
            )
        return url, credential
    if URL not in given and NAME not in given and KEY not in given and TASK_TOKEN in given and url is not None:
        return url, TaskTokenCredential(given[TASK_TOKEN])
    missing = [name for name in (URL, NAME, KEY) if name not in given]
    if missing:
        raise ConfigurationError(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set. Set {URL}, {NAME} and {KEY}; "
            f"or pass a credential; inside a task {TASK_URL} and {TASK_TOKEN} serve too."
        )
    return given[URL], SharedKeyCredential(given[NAME], given[KEY])
