"""Who is asking: Shared Key, tokens of Microsoft Entra, and the token that a running task may be given.

Anything that has `get_token()` is taken for a token credential (all of azure-identity, blocking or not), anything with
`named_key` for azure-core's AzureNamedKeyCredential, whose key may be changed while the client is in use.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator
from typing import Any, NamedTuple, Protocol

from batchtasks._origin import Origin
from batchtasks._outgoing import Outgoing
from batchtasks._shared_key import decode_key, signature, string_to_sign
from batchtasks._times import http_date
from batchtasks._tokens import Hands, TokenKeeper, TokenProvider
from batchtasks.errors import ConfigurationError, ForeignOriginError
from batchtasks_rest._call import Answer

# The audience ends in a slash itself, hence two of them (TypeSpec of the service; azure-batch 15.1.0).
DEFAULT_SCOPE = "https://batch.core.windows.net//.default"
# The audiences of the other clouds (the Azure command line's table of clouds, `batchResourceId`).
_SCOPES = {
    ".chinacloudapi.cn": "https://batch.chinacloudapi.cn//.default",
    ".usgovcloudapi.net": "https://batch.core.usgovcloudapi.net//.default",
}


def scope_for(host: str) -> str:
    """Tell the scope of tokens for the cloud that a host is in."""
    return next((scope for suffix, scope in _SCOPES.items() if host.endswith(suffix)), DEFAULT_SCOPE)


class NamedKey(Protocol):
    """azure-core's AzureNamedKeyCredential, or an object like it."""

    @property
    def named_key(self) -> Any:
        """A pair of `name` and `key`."""


class SharedKeyCredential:
    """An account's name and one of its two keys.

    The key is the Base64 text that the portal shows. `update` changes it while clients are using it. Raises
    ConfigurationError if the name or the key cannot be right.
    """

    __slots__ = ("_key", "account_name")

    def __init__(self, account_name: str, account_key: str) -> None:
        if not isinstance(account_name, str) or not re.fullmatch(r"[A-Za-z0-9._-]+", account_name):
            raise ConfigurationError(f"{account_name!r} is not the name of a Batch account.")
        self.account_name = account_name
        key, account_key = decode_key(account_key), ""  # so that no traceback that shows variables can show the key
        self._use(key)

    def update(self, account_key: str) -> None:
        """Use another key from the next request on."""
        key, account_key = decode_key(account_key), ""
        self._use(key)

    def _use(self, key: bytes | None) -> None:
        if key is None:
            raise ConfigurationError(
                "The account key is not Base64 text; copy key1 or key2 of the Batch account as the portal shows it."
            )
        self._key = key

    def __repr__(self) -> str:
        return f"SharedKeyCredential({self.account_name!r}, '***')"


class TaskTokenCredential:
    """The token of AZ_BATCH_AUTHENTICATION_TOKEN, which a task finds in its environment if its job granted one."""

    __slots__ = ("_token",)

    def __init__(self, token: str) -> None:
        if not isinstance(token, str) or not token.strip():
            raise ConfigurationError("The token is empty; a task finds it in AZ_BATCH_AUTHENTICATION_TOKEN.")
        self._token = token.strip()

    def get_token(self, *scopes: str) -> _FixedToken:
        """Give the token; it is valid for as long as the task runs."""
        return _FixedToken(self._token, time.time() + 365 * 86400)

    def __repr__(self) -> str:
        return "TaskTokenCredential('***')"


class _FixedToken(NamedTuple):
    token: str
    expires_on: float

    def __repr__(self) -> str:
        return "_FixedToken('***')"


Credential = SharedKeyCredential | NamedKey | TokenProvider


class _KeyStamp:
    """Puts a Shared Key signature on requests."""

    def __init__(self, credential: SharedKeyCredential | NamedKey) -> None:
        self._credential = credential
        self._lower_names = False

    def _account_and_key(self) -> tuple[str, bytes]:
        credential = self._credential
        if not isinstance(credential, SharedKeyCredential):
            credential = SharedKeyCredential(*credential.named_key)
        return credential.account_name, credential._key

    def put_on(self, request: Outgoing) -> None:
        request.headers["ocp-date"] = http_date()
        path, _, query = request.address.target.partition("?")
        account, key = self._account_and_key()
        headers = {name.lower(): value for name, value in request.headers.items()}
        text = string_to_sign(account, request.method, path, query, headers, lower_names=self._lower_names)
        request.headers["Authorization"] = f"SharedKey {account}:{signature(key, text)}"

    def other_way(self, request: Outgoing, answer: Answer) -> bool:
        """After a refusal: whether signing query names in the other letter case may help, and if so do that now."""
        names = [pair.partition("=")[0] for pair in request.address.target.partition("?")[2].split("&")]
        if answer.status != 403 or all(name == name.lower() for name in names):
            return False
        self._lower_names = not self._lower_names
        return True


class _TokenStamp:
    """Puts the current token on requests."""

    def __init__(self, keeper: TokenKeeper) -> None:
        self.keeper = keeper

    def put_on(self, request: Outgoing) -> None:
        request.headers["Authorization"] = self.keeper.header

    def other_way(self, request: Outgoing, answer: Answer) -> bool:
        return False


class AccountAuth:
    """Signs every attempt afresh, for one origin only."""

    def __init__(self, origin: Origin, credential: Credential, scope: str = DEFAULT_SCOPE) -> None:
        self._origin = origin
        self._stamp = _stamp_for(origin, credential, scope)

    def __repr__(self) -> str:
        return f"AccountAuth({self._origin.url!r})"

    async def make_ready(self, hands: Hands) -> bool:
        """Make sure that the next request can be signed; True when a new token had to be fetched."""
        return isinstance(self._stamp, _TokenStamp) and await self._stamp.keeper.refresh(hands)

    def forget_token(self) -> bool:
        """Throw the token away after the service refused it; False when there is none to renew."""
        if not isinstance(self._stamp, _TokenStamp) or isinstance(self._stamp.keeper.provider, TaskTokenCredential):
            return False
        self._stamp.keeper.forget()
        return True

    def sign(self, request: Outgoing) -> Generator[None, Answer, None]:
        """Sign; after the answer again if a query name in mixed case, spelled another way, may be what was refused."""
        where = request.address
        if not self._origin.owns(where.scheme, where.host, where.port):
            raise ForeignOriginError(
                f"{where.scheme}://{where.host} is not {self._origin.url}: no credentials go there."
            )
        self._stamp.put_on(request)
        answer = yield
        if self._stamp.other_way(request, answer):
            self._stamp.put_on(request)
            answer = yield
            # Still refused: the spelling was not the reason, so the first way stays.
            self._stamp.other_way(request, answer)


def _stamp_for(origin: Origin, credential: Any, scope: str) -> _KeyStamp | _TokenStamp:
    if isinstance(credential, SharedKeyCredential) or hasattr(credential, "named_key"):
        return _KeyStamp(credential)
    if not callable(getattr(credential, "get_token", None)):
        raise ConfigurationError(
            f"{type(credential).__name__} is no credential: pass SharedKeyCredential(account, key), "
            "an AzureNamedKeyCredential, or anything with get_token() such as azure.identity.DefaultAzureCredential()."
        )
    if origin.scheme != "https" and not origin.is_loopback:
        raise ConfigurationError(f"A token would go to {origin.url} unencrypted: use https.")
    return _TokenStamp(TokenKeeper(credential, scope))
