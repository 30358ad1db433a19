# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The computenode operations: `ComputeNodeCalls` says what to send, the operations classes send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from ... import models
from ..._call import AsyncPages, AsyncSender, Call, Filter, Pages, Response, Sender
from .. import Calls, comma_list, quoted, read_json

if TYPE_CHECKING:
    from ...models import ComputeNode, ComputeNodeListResult


__all__ = [
    "AsyncComputeNodeOperations",
    "AsyncRawComputeNodeOperations",
    "RawComputeNodeOperations",
    "ComputeNodeCalls",
    "ComputeNodeOperations",
]


class ComputeNodeCalls(Calls):
    """What each computenode operation sends, and how its answer is read."""

    def get(
        self,
        pool_id: str,
        node_id: str,
        *,
        select: Sequence[str] | str | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[ComputeNode]:
        """Read one node of a pool."""
        __tracebackhide__ = True
        arguments = {
            "pool_id": pool_id,
            "node_id": node_id,
            "select": select,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("ComputeNode_Get", arguments)
        return self._build(
            "ComputeNode_Get",
            "GET",
            f"/pools/{quoted(pool_id)}/nodes/{quoted(node_id)}",
            arguments,
            query={"$select": comma_list(select)},
            success=(200,),
            read=read_json(models.ComputeNode.from_dict),
        )

    def list(
        self,
        pool_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[ComputeNodeListResult]:
        """List the nodes of a pool, one page at a time."""
        __tracebackhide__ = True
        arguments = {
            "pool_id": pool_id,
            "filter": filter,
            "select": select,
            "max_results": max_results,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("ComputeNode_List", arguments)
        return self._build(
            "ComputeNode_List",
            "GET",
            f"/pools/{quoted(pool_id)}/nodes",
            arguments,
            query={"$filter": filter, "$select": comma_list(select), "maxresults": max_results},
            success=(200,),
            read=read_json(models.ComputeNodeListResult.from_dict),
        )


class ComputeNodeOperations:
    """ComputeNode operations; each call blocks until it is done."""

    def __init__(self, calls: ComputeNodeCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> RawComputeNodeOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return RawComputeNodeOperations(self._calls, self._sender)

    def get(
        self,
        pool_id: str,
        node_id: str,
        *,
        select: Sequence[str] | str | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> ComputeNode:
        """Read one node of a pool.

        The answer shows its state, what it has run, and what went wrong on it.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            node_id: The id of the node, as the service gave it.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            The node.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with PoolNotFound, NodeNotFound. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.get(
                pool_id,
                node_id,
                select=select,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        pool_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Pages[ComputeNode]:
        """List the nodes of a pool, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            filter: Built with NodeF of batchtasks.filters, such as `NodeF.state == "idle"`, or OData text.
                Default: all nodes.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of ComputeNode values that is read page by page during iteration; `by_page()`
            gives the pages. Nothing is sent before the iteration starts, and each iteration starts from the
            beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with PoolNotFound. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list(
                pool_id,
                filter=filter,
                select=select,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncComputeNodeOperations:
    """ComputeNode operations; each call is to be awaited, lists are read with `async for`."""

    def __init__(self, calls: ComputeNodeCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> AsyncRawComputeNodeOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return AsyncRawComputeNodeOperations(self._calls, self._sender)

    async def get(
        self,
        pool_id: str,
        node_id: str,
        *,
        select: Sequence[str] | str | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> ComputeNode:
        """Read one node of a pool.

        The answer shows its state, what it has run, and what went wrong on it.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            node_id: The id of the node, as the service gave it.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            The node.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with PoolNotFound, NodeNotFound. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.get(
                pool_id,
                node_id,
                select=select,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        pool_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> AsyncPages[ComputeNode]:
        """List the nodes of a pool, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            filter: Built with NodeF of batchtasks.filters, such as `NodeF.state == "idle"`, or OData text.
                Default: all nodes.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of ComputeNode values that is read page by page during iteration; `by_page()`
            gives the pages. Nothing is sent before the iteration starts, and each iteration starts from the
            beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with PoolNotFound. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list(
                pool_id,
                filter=filter,
                select=select,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class RawComputeNodeOperations:
    """ComputeNode operations, one request each, returning a Response: value, status code and headers."""

    def __init__(self, calls: ComputeNodeCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    def get(
        self,
        pool_id: str,
        node_id: str,
        *,
        select: Sequence[str] | str | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[ComputeNode]:
        """Read one node of a pool.

        The arguments are those of `ComputeNodeOperations.get`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.get(
                pool_id,
                node_id,
                select=select,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        pool_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[ComputeNodeListResult]:
        """List the nodes of a pool, one page at a time.

        The arguments are those of `ComputeNodeOperations.list`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.list(
                pool_id,
                filter=filter,
                select=select,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncRawComputeNodeOperations:
    """ComputeNode operations, one request each, returning a Response: value, status code and headers; to be awaited."""

    def __init__(self, calls: ComputeNodeCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    async def get(
        self,
        pool_id: str,
        node_id: str,
        *,
        select: Sequence[str] | str | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[ComputeNode]:
        """Read one node of a pool.

        The arguments are those of `AsyncComputeNodeOperations.get`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.get(
                pool_id,
                node_id,
                select=select,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def list(
        self,
        pool_id: str,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[ComputeNodeListResult]:
        """List the nodes of a pool, one page at a time.

        The arguments are those of `AsyncComputeNodeOperations.list`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.list(
                pool_id,
                filter=filter,
                select=select,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )
