"""The two clients."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from inspect import iscoroutinefunction
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, Self, TypedDict, TypeVar, Unpack

from batchtasks._attempt import Route
from batchtasks._environment import settings_from
from batchtasks._observe import Exchange, Observer
from batchtasks._origin import read_origin
from batchtasks._ports import AwaitingPort, BlockingPort
from batchtasks._retry import RetryPolicy
from batchtasks._send import Desk
from batchtasks._through_httpx import AsyncTransport, Transport
from batchtasks._times import to_seconds
from batchtasks._tracing import Tracing
from batchtasks._version import user_agent_of
from batchtasks.auth import AccountAuth, Credential, scope_for
from batchtasks.errors import ConfigurationError, InvalidInputError
from batchtasks_rest._call import Call
from batchtasks_rest._facts import API_VERSIONS, DEFAULT_API_VERSION

if TYPE_CHECKING:
    from batchtasks.file_operations import AsyncFileOperations, FileOperations
    from batchtasks.job_operations import AsyncJobOperations, JobOperations
    from batchtasks.task_operations import AsyncTaskOperations, TaskOperations

TransportT = TypeVar("TransportT")


class ClientOptions(TypedDict, Generic[TransportT], total=False):
    """The options of a client; see BatchClient."""

    api_version: str
    retry: RetryPolicy
    timeout: timedelta | float
    server_timeout: int | None
    transport: TransportT | None
    on_request: Callable[[Call[Any]], object] | None
    on_answer: Callable[[Exchange], object] | None
    token_scope: str | None
    user_agent: str | None
    tracing: bool | None


class _Client(Generic[TransportT]):
    """What both clients share.

    Args:
        url: The account's address, such as https://myaccount.westeurope.batch.azure.com; https is added if no scheme is
            given. Plain http is taken for Shared Key, and for tokens if the host is this machine.
        credential: SharedKeyCredential, an AzureNamedKeyCredential, or anything with `get_token()`, such as what
            azure-identity has.
        api_version: One of 2022-01-01.15.0, 2024-02-01.19.0, 2024-07-01.20.0, 2025-06-01 (the default) and 2026-10-01.
            What a version does not have is refused with UnsupportedInApiVersion before it is sent.
        retry: How often and how long requests are tried.
        timeout: A timedelta or seconds to wait for the service at any one time: for a connection, to take the request,
            and for each part of the answer. Default: 60, which leaves the service its 30.
        server_timeout: Seconds that the service may take for any request, 1 to 30. Default: the service's, 30.
        transport: An httpx transport to use, for tests and special networks; closed with the client.
        on_request: Is called with each Call before it is sent, also before each further attempt.
        on_answer: Is called with an Exchange after each attempt.
        token_scope: The scope that tokens are asked for. Default: that of the cloud that `url` is in.
        user_agent: Text to put in front of this package's own User-Agent.
        tracing: Whether to make OpenTelemetry spans, one an operation. Default: if the program has imported opentelemetry.

    Raises ConfigurationError if something cannot work. Nothing is sent before the first operation.
    """

    # The method of a transport that this client sends with.
    _send_with: ClassVar[str]

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
        on_request: Callable[[Call[Any]], object] | None = None,
        on_answer: Callable[[Exchange], object] | None = None,
        token_scope: str | None = None,
        user_agent: str | None = None,
        tracing: bool | None = None,
    ) -> None:
        if api_version not in API_VERSIONS:
            raise ConfigurationError(f"API version {api_version!r} is not one of {', '.join(API_VERSIONS)}.")
        if not isinstance(retry, RetryPolicy):
            raise ConfigurationError(f"retry must be a RetryPolicy, not {type(retry).__name__}.")
        _check_server_timeout(server_timeout)
        for name, hook in (("on_request", on_request), ("on_answer", on_answer)):
            if hook is not None and (not callable(hook) or iscoroutinefunction(hook)):
                raise ConfigurationError(f"{name} must be a plain function, not {hook!r}.")
        if transport is not None and not callable(getattr(transport, self._send_with, None)):
            raise ConfigurationError(
                f"{type(self).__name__} takes a transport with {self._send_with}(), not {transport!r}."
            )
        origin = read_origin(url)
        self._route = Route(
            origin=origin,
            auth=AccountAuth(origin, credential, token_scope or scope_for(origin.host)),
            timeout=to_seconds(timeout, "timeout", least=0.001),
            user_agent=user_agent_of(user_agent),
            observer=Observer(on_request, on_answer),
            transport=transport,
        )
        self._desk = Desk(
            port=self._make_port(self._route),
            api_version=api_version,
            retry=retry,
            server_timeout=server_timeout,
            origin=origin,
            tracing=Tracing(tracing, origin.host, origin.port),
            port_timeout=self._route.timeout,
        )

    def _make_port(self, route: Route) -> BlockingPort | AwaitingPort:
        raise NotImplementedError

    @classmethod
    def from_env(cls, credential: Credential | None = None, **options: Unpack[ClientOptions[TransportT]]) -> Self:
        """Make a client from environment variables.

        BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY; with a `credential` the first alone. Where none of
        the three is set, AZ_BATCH_ACCOUNT_URL and AZ_BATCH_AUTHENTICATION_TOKEN, which a task has if its job granted it a
        token. Raises ConfigurationError naming what is missing. `options` are those of the class.
        """
        url, found = settings_from(None, credential)
        return cls(url, found, **options)

    @property
    def url(self) -> str:
        """The account's address, without a slash at the end."""
        return self._route.origin.url

    @property
    def api_version(self) -> str:
        """The API version that the client speaks."""
        return self._desk.api_version

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} cannot be copied or pickled: make one in each process.")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.url!r}, api_version={self.api_version!r})"


class BatchClient(_Client[Transport]):
    """A connection to one Batch account; every call blocks until it is done. Many threads may use it at once.

    Use it in a `with` statement, or call `close` at the end.
    """

    __doc__ += (_Client.__doc__ or "").partition("\n")[2]

    _send_with = "handle_request"

    def _make_port(self, route: Route) -> BlockingPort:
        self._port = BlockingPort(route)
        return self._port

    @cached_property
    def task(self) -> TaskOperations:
        """Operations on tasks."""
        from batchtasks.task_operations import TaskOperations

        return TaskOperations(self._desk)

    @cached_property
    def job(self) -> JobOperations:
        """Operations on jobs."""
        from batchtasks.job_operations import JobOperations

        return JobOperations(self._desk)

    @cached_property
    def file(self) -> FileOperations:
        """Operations on the files of tasks."""
        from batchtasks.file_operations import FileOperations

        return FileOperations(self._desk)

    def close(self) -> None:
        """Close the connections; the client cannot be used any more."""
        self._port.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncBatchClient(_Client[AsyncTransport]):
    """A connection to one Batch account; every call is to be awaited (under asyncio).

    Use it in an `async with` statement, or await `close` at the end.
    """

    __doc__ += (_Client.__doc__ or "").partition("\n")[2]

    _send_with = "handle_async_request"

    def _make_port(self, route: Route) -> AwaitingPort:
        self._port = AwaitingPort(route)
        return self._port

    @cached_property
    def task(self) -> AsyncTaskOperations:
        """Operations on tasks."""
        from batchtasks.task_operations import AsyncTaskOperations

        return AsyncTaskOperations(self._desk)

    @cached_property
    def job(self) -> AsyncJobOperations:
        """Operations on jobs."""
        from batchtasks.job_operations import AsyncJobOperations

        return AsyncJobOperations(self._desk)

    @cached_property
    def file(self) -> AsyncFileOperations:
        """Operations on the files of tasks."""
        from batchtasks.file_operations import AsyncFileOperations

        return AsyncFileOperations(self._desk)

    async def close(self) -> None:
        """Close the connections; the client cannot be used any more."""
        await self._port.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def _check_server_timeout(value: object) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise InvalidInputError(f"server_timeout must be a whole number of seconds of 1 or more, not {value!r}.")
