"""The account that is asked: its address, and how requests to it are signed, rightly or wrongly."""

from __future__ import annotations

import base64
import importlib.util
import time
from collections.abc import Callable, Generator, Mapping
from email.utils import formatdate
from typing import Any

import httpx
from attrs import field, frozen

from batchtasks._http.auth import auth_for
from batchtasks._http.origin import read_origin
from batchtasks._http.shared_key import signature, string_to_sign
from batchtasks.auth import SharedKeyCredential
from batchtasks.errors import ConfigurationError

URL, NAME, KEY = "BATCH_ACCOUNT_URL", "BATCH_ACCOUNT_NAME", "BATCH_ACCOUNT_KEY"
_WRONG_KEY = base64.b64encode(b"this is the key of no account at all").decode()


class NoAccountError(Exception):
    """No account can be asked; the message is for the person at the terminal."""


class SignedWith(httpx.Auth):
    """Signs as told, without a second attempt: the answer to each signature is what is asked for."""

    def __init__(self, name: str, key: bytes, *, late: float = 0.0, lower_names: bool = False) -> None:
        self._name, self._key, self._late, self._lower_names = name, key, late, lower_names

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the date and the signature."""
        request.headers["ocp-date"] = formatdate(time.time() - self._late, usegmt=True)
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        headers = dict(request.headers)
        text = string_to_sign(self._name, request.method, path, query, headers, lower_names=self._lower_names)
        request.headers["Authorization"] = f"SharedKey {self._name}:{signature(self._key, text)}"
        yield request


class WithHeader(httpx.Auth):
    """Sends an Authorization header as it is given, or none."""

    def __init__(self, value: str | None) -> None:
        self._value = value

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header."""
        if self._value is not None:
            request.headers["Authorization"] = self._value
        yield request


@frozen
class Account:
    """An account and a way to sign requests to it."""

    url: str
    name: str
    key: bytes | None = field(default=None, repr=False)
    credential: Any = field(default=None, repr=False)
    _usual: list[httpx.Auth] = field(factory=list, repr=False)

    @property
    def has_key(self) -> bool:
        return self.key is not None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be in a recording: the key, and every name that leads to the account."""
        host = httpx.URL(self.url).host
        labels = host.split(".")[:2] if host.endswith((".com", ".net", ".cn", ".de", ".us")) else []
        key = base64.b64encode(self.key).decode() if self.key else ""
        return tuple(text for text in (self.url, host, key, self.name, *labels) if text)

    def auth(self, kind: str) -> httpx.Auth:
        """Return the auth of a kind; all but `usual` are ways to be refused or to ask about signatures."""
        key, name = self.key or b"", self.name
        wrong = base64.b64decode(_WRONG_KEY)
        kinds: dict[str, Callable[[], httpx.Auth]] = {
            "usual": self._usual_auth,
            "none": lambda: WithHeader(None),
            "no scheme": lambda: WithHeader("x"),
            "scheme alone": lambda: WithHeader("SharedKey"),
            "basic": lambda: WithHeader("Basic eDp5"),
            "token without meaning": lambda: WithHeader("Bearer x"),
            "foreign token": lambda: WithHeader(f"Bearer {_foreign_token()}"),
            "wrong key": lambda: SignedWith(name, wrong),
            "unknown account": lambda: SignedWith("nosuchaccountatall", wrong),
            "late": lambda: SignedWith(name, key, late=3600),
            "lower names": lambda: SignedWith(name, key, lower_names=True),
        }
        return kinds[kind]()

    def _usual_auth(self) -> httpx.Auth:
        if self.key is not None:
            return SignedWith(self.name, self.key)
        if not self._usual:  # one for all requests, so that one token serves them all
            self._usual.append(auth_for(read_origin(self.url), self.credential, None))
        return self._usual[0]


def _foreign_token() -> str:
    """Return a token in the form of Entra's that nobody has signed, and that ended long ago."""
    parts = [b'{"typ":"JWT","alg":"RS256"}', b'{"aud":"https://batch.core.windows.net/","exp":1500000000}', b"none"]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def from_environment(environment: Mapping[str, str]) -> Account:
    """Return the account that the environment names.

    Raises:
        NoAccountError: A variable is missing or cannot be right.
    """
    given = {name: environment.get(name, "").strip() for name in (URL, NAME, KEY)}
    if not given[URL] or (given[KEY] and not given[NAME]):
        raise NoAccountError(
            f"No account to ask: {URL if not given[URL] else NAME} is not set. Set {URL} (such as "
            f"https://myaccount.westeurope.batch.azure.com), {NAME} and {KEY}; or leave {KEY} out and be signed in for "
            "azure-identity, with `az login` for example. Asking costs nothing: no pool and no node is made."
        )
    try:
        url = read_origin(given[URL]).url
        if given[KEY]:
            return Account(url, given[NAME], SharedKeyCredential(given[NAME], given[KEY])._key)
    except ConfigurationError as error:
        raise NoAccountError(str(error)) from None
    return Account(url, given[NAME] or httpx.URL(url).host.split(".")[0], credential=_default_credential())


def _default_credential() -> Any:
    if importlib.util.find_spec("azure") is None or importlib.util.find_spec("azure.identity") is None:
        raise NoAccountError(
            f"{KEY} is not set, and azure-identity is not installed here: set {KEY}, or `pip install azure-identity` "
            "and sign in."
        )
    from azure.identity import DefaultAzureCredential

    return DefaultAzureCredential()
