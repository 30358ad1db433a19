# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The application operations: `ApplicationCalls` says what to send, the operations classes send it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from ... import models
from ..._call import AsyncPages, AsyncSender, Call, Pages, Response, Sender
from .. import Calls, read_json

if TYPE_CHECKING:
    from ...models import ApplicationListResult, ApplicationSummary


__all__ = [
    "AsyncApplicationOperations",
    "AsyncRawApplicationOperations",
    "RawApplicationOperations",
    "ApplicationCalls",
    "ApplicationOperations",
]


class ApplicationCalls(Calls):
    """What each application operation sends, and how its answer is read."""

    def list(
        self,
        *,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[ApplicationListResult]:
        """List the application packages that nodes can use."""
        __tracebackhide__ = True
        arguments = {
            "max_results": max_results,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Application_List", arguments)
        return self._build(
            "Application_List",
            "GET",
            "/applications",
            arguments,
            query={"maxresults": max_results},
            success=(200,),
            read=read_json(models.ApplicationListResult.from_dict),
        )


class ApplicationOperations:
    """Application operations; each call blocks until it is done."""

    def __init__(self, calls: ApplicationCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> RawApplicationOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return RawApplicationOperations(self._calls, self._sender)

    def list(
        self,
        *,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Pages[ApplicationSummary]:
        """List the application packages that nodes can use.

        Packages of a version that is not active yet are left out.

        Args:
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of ApplicationSummary values that is read page by page during iteration;
            `by_page()` gives the pages. Nothing is sent before the iteration starts, and each iteration
            starts from the beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list(
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncApplicationOperations:
    """Application operations; each call is to be awaited, lists are read with `async for`."""

    def __init__(self, calls: ApplicationCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> AsyncRawApplicationOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return AsyncRawApplicationOperations(self._calls, self._sender)

    def list(
        self,
        *,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> AsyncPages[ApplicationSummary]:
        """List the application packages that nodes can use.

        Packages of a version that is not active yet are left out.

        Args:
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of ApplicationSummary values that is read page by page during iteration;
            `by_page()` gives the pages. Nothing is sent before the iteration starts, and each iteration
            starts from the beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list(
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class RawApplicationOperations:
    """Application operations, one request each, returning a Response: value, status code and headers."""

    def __init__(self, calls: ApplicationCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    def list(
        self,
        *,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[ApplicationListResult]:
        """List the application packages that nodes can use.

        The arguments are those of `ApplicationOperations.list`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.list(
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncRawApplicationOperations:
    """Application operations, one request each, returning a Response: value, status code and headers; to be awaited."""

    def __init__(self, calls: ApplicationCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    async def list(
        self,
        *,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[ApplicationListResult]:
        """List the application packages that nodes can use.

        The arguments are those of `AsyncApplicationOperations.list`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.list(
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )
