"""The two clients."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self, TypedDict, TypeVar, Unpack

from batchtasks import __version__
from batchtasks._core.backend import AsyncBackend, SyncBackend
from batchtasks._core.executor import AsyncSender, Executor, SyncSender
from batchtasks._core.hooks import Exchange, Hooks
from batchtasks._core.retry import RetryPolicy
from batchtasks._core.sync_async import run_sync
from batchtasks._http.auth import auth_for
from batchtasks._http.origin import read_origin
from batchtasks._http.transport import AsyncUserTransport, Transport, UserTransport
from batchtasks._validation.values import to_seconds, validate_int
from batchtasks.auth import Credential, settings_from
from batchtasks.errors import ConfigurationError
from batchtasks_rest._call import AnyCall
from batchtasks_rest._facts import API_VERSIONS, DEFAULT_API_VERSION
from batchtasks_rest.api import AsyncGroups, Groups

if TYPE_CHECKING:
    from batchtasks._operations.files import AsyncFileOperations, FileOperations
    from batchtasks._operations.tasks import AsyncTaskOperations, TaskOperations

TransportT = TypeVar("TransportT")
BackendT = TypeVar("BackendT", SyncBackend, AsyncBackend)
# The modules of the groups that this package adds methods to.
_EXTENDED = {"task": "batchtasks._operations.tasks", "file": "batchtasks._operations.files"}


class ClientOptions(TypedDict, Generic[TransportT], total=False):
    """The options of a client; see BatchClient."""

    api_version: str
    retry: RetryPolicy
    timeout: timedelta | float
    server_timeout: int | None
    transport: TransportT | None
    on_request: Callable[[AnyCall], object] | None
    on_answer: Callable[[Exchange], object] | None
    token_scope: str | None
    user_agent: str | None
    tracing: bool | None


class _Client(Generic[TransportT, BackendT]):
    """What both clients share."""

    _backend_class: type[BackendT]
    # The method that a transport must have.
    _transport_method: str

    def __init__(
        self,
        url: str,
        credential: Credential,
        *,
        api_version: str = DEFAULT_API_VERSION,
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 - frozen
        timeout: timedelta | float = 60.0,
        server_timeout: int | None = None,
        transport: TransportT | None = None,
        on_request: Callable[[AnyCall], object] | None = None,
        on_answer: Callable[[Exchange], object] | None = None,
        token_scope: str | None = None,
        user_agent: str | None = None,
        tracing: bool | None = None,
    ) -> None:
        """Create a client. Nothing is sent before the first operation.

        Args:
            url: The account's address, such as https://myaccount.westeurope.batch.azure.com. Without a scheme it is https.
                With plain http, access tokens are sent only to this machine itself.
            credential: SharedKeyCredential, an AzureNamedKeyCredential, or an object with `get_token()`, such as the
                credentials of azure-identity.
            api_version: One of `API_VERSIONS` in batchtasks.models. What a version does not have is refused with
                UnsupportedInApiVersionError before it is sent.
            retry: How often and how long requests are tried.
            timeout: A timedelta or seconds that one attempt may take as a whole: to connect, to send, and to receive the
                whole answer. Default: 60, which leaves the service its 30.
            server_timeout: Seconds that the service may take for any request, 1 to 30. Default: the service's, 30.
            transport: A transport of httpx or httpx2, for tests and special networks; it is closed with the client.
            on_request: Called with each Call before it is sent, also before each further attempt.
            on_answer: Called with an Exchange after each attempt.
            token_scope: The scope of access tokens. Default: that of the cloud that `url` is in.
            user_agent: Text to put before this package's own User-Agent.
            tracing: Whether to open OpenTelemetry spans, one for each operation. Default: if the program has imported
                opentelemetry.

        Raises:
            ConfigurationError: Something cannot work.
        """
        if api_version not in API_VERSIONS:
            raise ConfigurationError(f"API version {api_version!r} is not one of {', '.join(API_VERSIONS)}.")
        if not isinstance(retry, RetryPolicy):
            raise ConfigurationError(f"retry must be a RetryPolicy, not {type(retry).__name__}.")
        if server_timeout is not None:
            validate_int(server_timeout, "server_timeout", 1)
        for name, hook in (("on_request", on_request), ("on_answer", on_answer)):
            if hook is not None and (not callable(hook) or iscoroutinefunction(hook)):
                raise ConfigurationError(f"{name} must be a plain function, not {hook!r}.")
        if transport is not None and not callable(getattr(transport, self._transport_method, None)):
            raise ConfigurationError(
                f"{type(self).__name__} takes a transport with {self._transport_method}(), not {transport!r}."
            )
        try:
            if tracing:
                import_module("opentelemetry.trace")
        except ImportError as error:
            raise ConfigurationError("tracing=True needs the package opentelemetry-api.") from error
        self._origin = origin = read_origin(url)
        is_async = self._backend_class.is_async
        auth = auth_for(origin, credential, token_scope, is_async=is_async)
        own_transport = Transport(origin, auth, user_agent_of(user_agent), transport, is_async=is_async)
        self._backend: BackendT = self._backend_class(own_transport, Hooks(on_request, on_answer))
        self._executor = Executor(
            backend=self._backend,
            api_version=api_version,
            retry=retry,
            timeout=to_seconds(timeout, "timeout", minimum=0.001),
            server_timeout=server_timeout,
            origin=origin,
            tracing=tracing,
        )

    @classmethod
    def from_env(cls, credential: Credential | None = None, **options: Unpack[ClientOptions[TransportT]]) -> Self:
        """Return a client for the account that environment variables name.

        The variables are BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY; with a `credential` only the first.
        If none of the three is set, AZ_BATCH_ACCOUNT_URL and AZ_BATCH_AUTHENTICATION_TOKEN are used: a task has them if
        its job granted it a token.

        Args:
            credential: A credential to use instead of the account's key.
            options: The options of the class.

        Raises:
            ConfigurationError: A variable is missing; the text names it.
        """
        url, found = settings_from(credential)
        return cls(url, found, **options)

    @property
    def url(self) -> str:
        """The account's address, without a slash at the end."""
        return self._origin.url

    @property
    def api_version(self) -> str:
        """The API version of the client."""
        return self._executor.api_version

    def _operations(self, group: str) -> Any:
        generated = import_module(f"batchtasks_rest.api.{group}")
        module = import_module(_EXTENDED[group]) if group in _EXTENDED else generated
        executor, is_async, title = self._executor, self._backend.is_async, group.title().replace("_", "")
        operations = getattr(module, f"Async{title}Operations" if is_async else f"{title}Operations")
        sender = AsyncSender(executor) if is_async else SyncSender(executor)
        return operations(executor.calls(getattr(generated, f"{title}Calls")), sender)

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} cannot be copied or pickled: create one in each process.")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.url!r}, api_version={self.api_version!r})"


# What Python calls it in the TypeError for arguments that are missing or unknown.
_Client.__init__.__qualname__ = "Client"


class BatchClient(_Client[UserTransport, SyncBackend], Groups):
    """A client of one Batch account; every call blocks until it is done. Many threads may use it at once.

    Use it in a `with` statement, or call `close` at the end.
    """

    _backend_class = SyncBackend
    _transport_method = "handle_request"

    task: TaskOperations
    """Task operations, with those on many tasks, `wait` and more."""
    file: FileOperations
    """File operations, with those on files of any size."""

    def close(self) -> None:
        """Refuse further calls, and close the connections when the requests in flight have ended."""
        run_sync(self._backend.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class AsyncBatchClient(_Client[AsyncUserTransport, AsyncBackend], AsyncGroups):
    """A client of one Batch account; every call is to be awaited, under asyncio.

    Use it in an `async with` statement, or await `close` at the end.
    """

    _backend_class = AsyncBackend
    _transport_method = "handle_async_request"

    task: AsyncTaskOperations
    file: AsyncFileOperations

    async def close(self) -> None:
        """Refuse further calls, and close the connections when the requests in flight have ended."""
        await self._backend.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()


def user_agent_of(prefix: str | None) -> str:
    """Return the User-Agent header, with the caller's text in front."""
    own = f"batchtasks/{__version__} Python/{'.'.join(map(str, sys.version_info[:3]))}"
    if prefix is None:
        return own
    if not isinstance(prefix, str) or not prefix.isascii() or not prefix.isprintable():
        raise ConfigurationError("user_agent must be printable ASCII text.")
    return f"{prefix} {own}"
