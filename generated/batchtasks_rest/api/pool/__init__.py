# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The pool operations: `PoolCalls` says what to send, the operations classes send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ... import models
from ..._call import AsyncPages, AsyncSender, Call, Condition, Filter, Pages, Response, Sender
from .. import Calls, comma_list, quoted, read_found, read_json, read_nothing

if TYPE_CHECKING:
    from ...models import CloudPool, CloudPoolListResult, PoolAddParameter, PoolPatchParameter, PoolResizeParameter


__all__ = [
    "AsyncPoolOperations",
    "AsyncRawPoolOperations",
    "RawPoolOperations",
    "PoolCalls",
    "PoolOperations",
]


class PoolCalls(Calls):
    """What each pool operation sends, and how its answer is read."""

    def add(
        self,
        pool: PoolAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Add a pool."""
        __tracebackhide__ = True
        arguments = {
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Pool_Add", arguments)
        return self._build(
            "Pool_Add",
            "POST",
            "/pools",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=self._checks.model(models.PoolAddParameter, pool, "pool"),
            success=(201,),
            read=read_nothing,
        )

    def delete(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Delete a pool with its nodes."""
        __tracebackhide__ = True
        arguments = {
            "pool_id": pool_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Pool_Delete", arguments)
        return self._build(
            "Pool_Delete",
            "DELETE",
            f"/pools/{quoted(pool_id)}",
            arguments,
            success=(202,),
            read=read_nothing,
        )

    def exists(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[bool]:
        """Ask whether a pool exists."""
        __tracebackhide__ = True
        arguments = {
            "pool_id": pool_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Pool_Exists", arguments)
        return self._build(
            "Pool_Exists",
            "HEAD",
            f"/pools/{quoted(pool_id)}",
            arguments,
            success=(
                200,
                404,
            ),
            read=read_found,
        )

    def get(
        self,
        pool_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[CloudPool]:
        """Read one pool."""
        __tracebackhide__ = True
        arguments = {
            "pool_id": pool_id,
            "select": select,
            "expand": expand,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Pool_Get", arguments)
        return self._build(
            "Pool_Get",
            "GET",
            f"/pools/{quoted(pool_id)}",
            arguments,
            query={"$select": comma_list(select), "$expand": comma_list(expand)},
            success=(200,),
            read=read_json(models.CloudPool.from_dict),
        )

    def list(
        self,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[CloudPoolListResult]:
        """List the pools of the account, one page at a time."""
        __tracebackhide__ = True
        arguments = {
            "filter": filter,
            "select": select,
            "expand": expand,
            "max_results": max_results,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Pool_List", arguments)
        return self._build(
            "Pool_List",
            "GET",
            "/pools",
            arguments,
            query={
                "$filter": filter,
                "$select": comma_list(select),
                "$expand": comma_list(expand),
                "maxresults": max_results,
            },
            success=(200,),
            read=read_json(models.CloudPoolListResult.from_dict),
        )

    def patch(
        self,
        pool_id: str,
        pool_patch_parameter: PoolPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Change some properties of a pool."""
        __tracebackhide__ = True
        arguments = {
            "pool_id": pool_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Pool_Patch", arguments)
        return self._build(
            "Pool_Patch",
            "PATCH",
            f"/pools/{quoted(pool_id)}",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=self._checks.model(models.PoolPatchParameter, pool_patch_parameter, "pool_patch_parameter"),
            success=(200,),
            read=read_nothing,
        )

    def resize(
        self,
        pool_id: str,
        pool_resize_parameter: PoolResizeParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Change how many nodes a pool has."""
        __tracebackhide__ = True
        arguments = {
            "pool_id": pool_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Pool_Resize", arguments)
        return self._build(
            "Pool_Resize",
            "POST",
            f"/pools/{quoted(pool_id)}/resize",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=self._checks.model(models.PoolResizeParameter, pool_resize_parameter, "pool_resize_parameter"),
            success=(202,),
            read=read_nothing,
        )

    def stop_resize(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Stop a resize of a pool."""
        __tracebackhide__ = True
        arguments = {
            "pool_id": pool_id,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("Pool_StopResize", arguments)
        return self._build(
            "Pool_StopResize",
            "POST",
            f"/pools/{quoted(pool_id)}/stopresize",
            arguments,
            success=(202,),
            read=read_nothing,
        )


class PoolOperations:
    """Pool operations; each call blocks until it is done."""

    def __init__(self, calls: PoolCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> RawPoolOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return RawPoolOperations(self._calls, self._sender)

    def add(
        self,
        pool: PoolAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Add a pool.

        Its nodes are allocated and started afterwards: the pool is resizing until they are there. An id
        that is taken is refused with PoolExists, a full account with PoolQuotaReached.

        Args:
            pool: The pool to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with NodeAgentSKUNotFound, PoolExists,
                InvalidApplicationPackageReferences, PoolQuotaReached, RequestBodyTooLarge. The class depends on
                the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.add(
                pool,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def delete(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Delete a pool with its nodes.

        The pool goes to deleting at once and vanishes some time later. Tasks that run on it are ended and
        go back to their jobs, where they wait for another pool.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, PoolNotFound,
                PoolBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.delete(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def exists(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> bool:
        """Ask whether a pool exists.

        The answer has no body: 200 if there is such a pool, 404 if not.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            Whether it exists.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet. The class depends on the
                code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.exists(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def get(
        self,
        pool_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> CloudPool:
        """Read one pool.

        The answer shows the pool as it was added, with defaults filled in, its state and its size.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            The pool.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, PoolNotFound. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.get(
                pool_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Pages[CloudPool]:
        """List the pools of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised.

        Args:
            filter: Built with PoolF of batchtasks.filters, such as `PoolF.state == "active"`, or OData
                text. Default: all pools.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of CloudPool values that is read page by page during iteration; `by_page()`
            gives the pages. Nothing is sent before the iteration starts, and each iteration starts from the
            beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list(
                filter=filter,
                select=select,
                expand=expand,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def patch(
        self,
        pool_id: str,
        pool_patch_parameter: PoolPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Change some properties of a pool.

        What the body leaves out stays as it is, what it has is replaced whole. Changes reach nodes that
        join later, and nodes that are rebooted or reimaged.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            pool_patch_parameter: The properties to change.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, PoolNotFound,
                PoolBeingDeleted, InvalidApplicationPackageReferences, RequestBodyTooLarge. The class depends on
                the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.patch(
                pool_id,
                pool_patch_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def resize(
        self,
        pool_id: str,
        pool_resize_parameter: PoolResizeParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Change how many nodes a pool has.

        The pool is resizing until it has that many. Refused with 409 while it is resizing already, and for
        a pool with automatic scaling.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            pool_resize_parameter: The new size; at least one of the two numbers.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, PoolNotFound,
                PoolBeingDeleted, PoolBeingResized, OperationNotValidOnPool, RequestBodyTooLarge. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.resize(
                pool_id,
                pool_resize_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def stop_resize(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Stop a resize of a pool.

        The pool is stopping, then steady with the nodes that it has by then. The first sizing of a new pool
        can be stopped too.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, PoolNotFound,
                PoolBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.stop_resize(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncPoolOperations:
    """Pool operations; each call is to be awaited, lists are read with `async for`."""

    def __init__(self, calls: PoolCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> AsyncRawPoolOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return AsyncRawPoolOperations(self._calls, self._sender)

    async def add(
        self,
        pool: PoolAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Add a pool.

        Its nodes are allocated and started afterwards: the pool is resizing until they are there. An id
        that is taken is refused with PoolExists, a full account with PoolQuotaReached.

        Args:
            pool: The pool to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with NodeAgentSKUNotFound, PoolExists,
                InvalidApplicationPackageReferences, PoolQuotaReached, RequestBodyTooLarge. The class depends on
                the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.add(
                pool,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def delete(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Delete a pool with its nodes.

        The pool goes to deleting at once and vanishes some time later. Tasks that run on it are ended and
        go back to their jobs, where they wait for another pool.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, PoolNotFound,
                PoolBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.delete(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def exists(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> bool:
        """Ask whether a pool exists.

        The answer has no body: 200 if there is such a pool, 404 if not.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            Whether it exists.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet. The class depends on the
                code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.exists(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def get(
        self,
        pool_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> CloudPool:
        """Read one pool.

        The answer shows the pool as it was added, with defaults filled in, its state and its size.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            The pool.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, PoolNotFound. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.get(
                pool_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> AsyncPages[CloudPool]:
        """List the pools of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
        order is promised.

        Args:
            filter: Built with PoolF of batchtasks.filters, such as `PoolF.state == "active"`, or OData
                text. Default: all pools.
            select: The top-level members to put into the answer, comma-separated. Omitted: all of them.
                Narrow polls with it, and name id too if it is needed.
            expand: What else to put into the answer, comma-separated. stats, the resource usage, is all
                there is.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of CloudPool values that is read page by page during iteration; `by_page()`
            gives the pages. Nothing is sent before the iteration starts, and each iteration starts from the
            beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list(
                filter=filter,
                select=select,
                expand=expand,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def patch(
        self,
        pool_id: str,
        pool_patch_parameter: PoolPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Change some properties of a pool.

        What the body leaves out stays as it is, what it has is replaced whole. Changes reach nodes that
        join later, and nodes that are rebooted or reimaged.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            pool_patch_parameter: The properties to change.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, PoolNotFound,
                PoolBeingDeleted, InvalidApplicationPackageReferences, RequestBodyTooLarge. The class depends on
                the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.patch(
                pool_id,
                pool_patch_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def resize(
        self,
        pool_id: str,
        pool_resize_parameter: PoolResizeParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Change how many nodes a pool has.

        The pool is resizing until it has that many. Refused with 409 while it is resizing already, and for
        a pool with automatic scaling.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            pool_resize_parameter: The new size; at least one of the two numbers.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, PoolNotFound,
                PoolBeingDeleted, PoolBeingResized, OperationNotValidOnPool, RequestBodyTooLarge. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.resize(
                pool_id,
                pool_resize_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def stop_resize(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Stop a resize of a pool.

        The pool is stopping, then steady with the nodes that it has by then. The first sizing of a new pool
        can be stopped too.

        Args:
            pool_id: The id of the pool, without regard to letter case.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, PoolNotFound,
                PoolBeingDeleted. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.stop_resize(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class RawPoolOperations:
    """Pool operations, one request each, returning a Response: value, status code and headers."""

    def __init__(self, calls: PoolCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    def add(
        self,
        pool: PoolAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Add a pool.

        The arguments are those of `PoolOperations.add`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.add(
                pool,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def delete(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Delete a pool with its nodes.

        The arguments are those of `PoolOperations.delete`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.delete(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def exists(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[bool]:
        """Ask whether a pool exists.

        The arguments are those of `PoolOperations.exists`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.exists(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def get(
        self,
        pool_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudPool]:
        """Read one pool.

        The arguments are those of `PoolOperations.get`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.get(
                pool_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list(
        self,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudPoolListResult]:
        """List the pools of the account, one page at a time.

        The arguments are those of `PoolOperations.list`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.list(
                filter=filter,
                select=select,
                expand=expand,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def patch(
        self,
        pool_id: str,
        pool_patch_parameter: PoolPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Change some properties of a pool.

        The arguments are those of `PoolOperations.patch`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.patch(
                pool_id,
                pool_patch_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def resize(
        self,
        pool_id: str,
        pool_resize_parameter: PoolResizeParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Change how many nodes a pool has.

        The arguments are those of `PoolOperations.resize`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.resize(
                pool_id,
                pool_resize_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def stop_resize(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Stop a resize of a pool.

        The arguments are those of `PoolOperations.stop_resize`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.stop_resize(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncRawPoolOperations:
    """Pool operations, one request each, returning a Response: value, status code and headers; to be awaited."""

    def __init__(self, calls: PoolCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    async def add(
        self,
        pool: PoolAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Add a pool.

        The arguments are those of `AsyncPoolOperations.add`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.add(
                pool,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def delete(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Delete a pool with its nodes.

        The arguments are those of `AsyncPoolOperations.delete`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.delete(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def exists(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[bool]:
        """Ask whether a pool exists.

        The arguments are those of `AsyncPoolOperations.exists`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.exists(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def get(
        self,
        pool_id: str,
        *,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudPool]:
        """Read one pool.

        The arguments are those of `AsyncPoolOperations.get`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.get(
                pool_id,
                select=select,
                expand=expand,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def list(
        self,
        *,
        filter: Filter | str | None = None,
        select: Sequence[str] | str | None = None,
        expand: Sequence[str] | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[CloudPoolListResult]:
        """List the pools of the account, one page at a time.

        The arguments are those of `AsyncPoolOperations.list`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.list(
                filter=filter,
                select=select,
                expand=expand,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def patch(
        self,
        pool_id: str,
        pool_patch_parameter: PoolPatchParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Change some properties of a pool.

        The arguments are those of `AsyncPoolOperations.patch`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.patch(
                pool_id,
                pool_patch_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def resize(
        self,
        pool_id: str,
        pool_resize_parameter: PoolResizeParameter | Mapping[str, Any],
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Change how many nodes a pool has.

        The arguments are those of `AsyncPoolOperations.resize`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.resize(
                pool_id,
                pool_resize_parameter,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def stop_resize(
        self,
        pool_id: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Stop a resize of a pool.

        The arguments are those of `AsyncPoolOperations.stop_resize`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.stop_resize(
                pool_id,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )
