# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The jobschedule operations: `JobScheduleCalls` says what to send, the operations classes send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ... import models
from ..._call import AsyncPages, AsyncSender, Call, Filter, Pages, Response, Sender
from .. import Calls, comma_list, read_json, read_nothing

if TYPE_CHECKING:
    from ...models import CloudJobSchedule, CloudJobScheduleListResult, JobScheduleAddParameter


__all__ = [
    "AsyncJobScheduleOperations",
    "AsyncRawJobScheduleOperations",
    "RawJobScheduleOperations",
    "JobScheduleCalls",
    "JobScheduleOperations",
]


class JobScheduleCalls(Calls):
    """What each jobschedule operation sends, and how its answer is read."""

    def add(
        self,
        job_schedule: JobScheduleAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Add a job schedule, which adds jobs at set times."""
        __tracebackhide__ = True
        arguments = {
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("JobSchedule_Add", arguments)
        return self._build(
            "JobSchedule_Add",
            "POST",
            "/jobschedules",
            arguments,
            headers={"Content-Type": "application/json; odata=minimalmetadata"},
            body=self._checks.model(models.JobScheduleAddParameter, job_schedule, "job_schedule"),
            success=(201,),
            read=read_nothing,
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
    ) -> Call[CloudJobScheduleListResult]:
        """List the job schedules of the account, one page at a time."""
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
        self._checks.arguments("JobSchedule_List", arguments)
        return self._build(
            "JobSchedule_List",
            "GET",
            "/jobschedules",
            arguments,
            query={
                "$filter": filter,
                "$select": comma_list(select),
                "$expand": comma_list(expand),
                "maxresults": max_results,
            },
            success=(200,),
            read=read_json(models.CloudJobScheduleListResult.from_dict),
        )


class JobScheduleOperations:
    """JobSchedule operations; each call blocks until it is done."""

    def __init__(self, calls: JobScheduleCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> RawJobScheduleOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return RawJobScheduleOperations(self._calls, self._sender)

    def add(
        self,
        job_schedule: JobScheduleAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Add a job schedule, which adds jobs at set times.

        An id that is taken is refused with JobScheduleExists, by a job with JobWithSameIdExists.

        Args:
            job_schedule: The job schedule to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobScheduleExists, JobWithSameIdExists,
                ActiveJobAndScheduleQuotaReached, RequestBodyTooLarge. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.add(
                job_schedule,
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
    ) -> Pages[CloudJobSchedule]:
        """List the job schedules of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is.

        Args:
            filter: An OData condition that a job schedule has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted,
                all job schedules of the account.
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
            An iterable of CloudJobSchedule values that is read page by page during iteration;
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


class AsyncJobScheduleOperations:
    """JobSchedule operations; each call is to be awaited, lists are read with `async for`."""

    def __init__(self, calls: JobScheduleCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> AsyncRawJobScheduleOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return AsyncRawJobScheduleOperations(self._calls, self._sender)

    async def add(
        self,
        job_schedule: JobScheduleAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Add a job schedule, which adds jobs at set times.

        An id that is taken is refused with JobScheduleExists, by a job with JobWithSameIdExists.

        Args:
            job_schedule: The job schedule to add.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobScheduleExists, JobWithSameIdExists,
                ActiveJobAndScheduleQuotaReached, RequestBodyTooLarge. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.add(
                job_schedule,
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
    ) -> AsyncPages[CloudJobSchedule]:
        """List the job schedules of the account, one page at a time.

        A page that is not the last names the next one in odata.nextLink; follow that address as it is.

        Args:
            filter: An OData condition that a job schedule has to meet, of comparisons joined by and, or and
                parentheses. Text stands in single quotes, a time as DateTime'2024-01-05T07:16:39Z'. Omitted,
                all job schedules of the account.
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
            An iterable of CloudJobSchedule values that is read page by page during iteration;
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


class RawJobScheduleOperations:
    """JobSchedule operations, one request each, returning a Response: value, status code and headers."""

    def __init__(self, calls: JobScheduleCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    def add(
        self,
        job_schedule: JobScheduleAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Add a job schedule, which adds jobs at set times.

        The arguments are those of `JobScheduleOperations.add`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.add(
                job_schedule,
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
    ) -> Response[CloudJobScheduleListResult]:
        """List the job schedules of the account, one page at a time.

        The arguments are those of `JobScheduleOperations.list`.
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


class AsyncRawJobScheduleOperations:
    """JobSchedule operations, one request each, returning a Response: value, status code and headers; to be awaited."""

    def __init__(self, calls: JobScheduleCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    async def add(
        self,
        job_schedule: JobScheduleAddParameter | Mapping[str, Any],
        *,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Add a job schedule, which adds jobs at set times.

        The arguments are those of `AsyncJobScheduleOperations.add`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.add(
                job_schedule,
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
    ) -> Response[CloudJobScheduleListResult]:
        """List the job schedules of the account, one page at a time.

        The arguments are those of `AsyncJobScheduleOperations.list`.
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
