# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The account operations: `AccountCalls` says what to send, the operations classes send it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from ... import models
from ..._call import AsyncPages, AsyncSender, Call, Filter, Pages, Response, Sender
from .. import Calls, read_json

if TYPE_CHECKING:
    from ...models import AccountListSupportedImagesResult, ImageInformation


__all__ = [
    "AsyncAccountOperations",
    "AsyncRawAccountOperations",
    "RawAccountOperations",
    "AccountCalls",
    "AccountOperations",
]


class AccountCalls(Calls):
    """What each account operation sends, and how its answer is read."""

    def list_supported_images(
        self,
        *,
        filter: Filter | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[AccountListSupportedImagesResult]:
        """List the virtual machine images that pools can use."""
        __tracebackhide__ = True
        arguments = {
            "filter": filter,
            "max_results": max_results,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Account_ListSupportedImages", arguments)
        return self._build(
            "Account_ListSupportedImages",
            "GET",
            "/supportedimages",
            arguments,
            query={"$filter": filter, "maxresults": max_results},
            success=(200,),
            read=read_json(models.AccountListSupportedImagesResult.from_dict),
        )


class AccountOperations:
    """Account operations; each call blocks until it is done."""

    def __init__(self, calls: AccountCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> RawAccountOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return RawAccountOperations(self._calls, self._sender)

    def list_supported_images(
        self,
        *,
        filter: Filter | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Pages[ImageInformation]:
        """List the virtual machine images that pools can use.

        Each comes with the node agent that goes with it; a pool names both in virtualMachineConfiguration.

        Args:
            filter: An OData condition that a image has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted,
                all images.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of ImageInformation values that is read page by page during iteration;
            `by_page()` gives the pages. Nothing is sent before the iteration starts, and each iteration
            starts from the beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list_supported_images(
                filter=filter,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncAccountOperations:
    """Account operations; each call is to be awaited, lists are read with `async for`."""

    def __init__(self, calls: AccountCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> AsyncRawAccountOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return AsyncRawAccountOperations(self._calls, self._sender)

    def list_supported_images(
        self,
        *,
        filter: Filter | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> AsyncPages[ImageInformation]:
        """List the virtual machine images that pools can use.

        Each comes with the node agent that goes with it; a pool names both in virtualMachineConfiguration.

        Args:
            filter: An OData condition that a image has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted,
                all images.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of ImageInformation values that is read page by page during iteration;
            `by_page()` gives the pages. Nothing is sent before the iteration starts, and each iteration
            starts from the beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list_supported_images(
                filter=filter,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class RawAccountOperations:
    """Account operations, one request each, returning a Response: value, status code and headers."""

    def __init__(self, calls: AccountCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    def list_supported_images(
        self,
        *,
        filter: Filter | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[AccountListSupportedImagesResult]:
        """List the virtual machine images that pools can use.

        The arguments are those of `AccountOperations.list_supported_images`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.list_supported_images(
                filter=filter,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncRawAccountOperations:
    """Account operations, one request each, returning a Response: value, status code and headers; to be awaited."""

    def __init__(self, calls: AccountCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    async def list_supported_images(
        self,
        *,
        filter: Filter | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[AccountListSupportedImagesResult]:
        """List the virtual machine images that pools can use.

        The arguments are those of `AsyncAccountOperations.list_supported_images`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.list_supported_images(
                filter=filter,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )
