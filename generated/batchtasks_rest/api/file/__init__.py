# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The file operations: `FileCalls` says what to send, the operations classes send it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from ... import models
from ..._call import AsyncPages, AsyncSender, Call, Condition, Filter, Pages, Response, Sender
from .. import Calls, quoted, read_bytes, read_json, read_nothing

if TYPE_CHECKING:
    from ...models import NodeFile, NodeFileListResult


__all__ = [
    "AsyncFileOperations",
    "AsyncRawFileOperations",
    "RawFileOperations",
    "FileCalls",
    "FileOperations",
]


class FileCalls(Calls):
    """What each file operation sends, and how its answer is read."""

    def delete_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        recursive: bool | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Delete a file or directory of a task."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "task_id": task_id,
            "file_path": file_path,
            "recursive": recursive,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("File_DeleteFromTask", arguments)
        return self._build(
            "File_DeleteFromTask",
            "DELETE",
            f"/jobs/{quoted(job_id)}/tasks/{quoted(task_id)}/files/{quoted(file_path)}",
            arguments,
            query={"recursive": recursive},
            success=(200,),
            read=read_nothing,
        )

    def get_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        ocp_range: str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[bytes]:
        """Read the content of a task's file."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "task_id": task_id,
            "file_path": file_path,
            "ocp_range": ocp_range,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("File_GetFromTask", arguments)
        return self._build(
            "File_GetFromTask",
            "GET",
            f"/jobs/{quoted(job_id)}/tasks/{quoted(task_id)}/files/{quoted(file_path)}",
            arguments,
            headers={"ocp-range": ocp_range},
            success=(
                200,
                206,
            ),
            read=read_bytes,
        )

    def get_properties_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[None]:
        """Read size, time and mode of a task's file."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "task_id": task_id,
            "file_path": file_path,
            "condition": condition,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("File_GetPropertiesFromTask", arguments)
        return self._build(
            "File_GetPropertiesFromTask",
            "HEAD",
            f"/jobs/{quoted(job_id)}/tasks/{quoted(task_id)}/files/{quoted(file_path)}",
            arguments,
            success=(200,),
            read=read_nothing,
        )

    def list_from_task(
        self,
        job_id: str,
        task_id: str,
        *,
        recursive: bool | None = None,
        filter: Filter | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Call[NodeFileListResult]:
        """List the files of a task's directory on its node."""
        __tracebackhide__ = True
        arguments = {
            "job_id": job_id,
            "task_id": task_id,
            "recursive": recursive,
            "filter": filter,
            "max_results": max_results,
            "server_timeout": server_timeout,
            "client_request_id": client_request_id,
            "headers": headers,
            "timeout": timeout,
        }
        self._checks.arguments("File_ListFromTask", arguments)
        return self._build(
            "File_ListFromTask",
            "GET",
            f"/jobs/{quoted(job_id)}/tasks/{quoted(task_id)}/files",
            arguments,
            query={"recursive": recursive, "$filter": filter, "maxresults": max_results},
            success=(200,),
            read=read_json(models.NodeFileListResult.from_dict),
        )


class FileOperations:
    """File operations; each call blocks until it is done."""

    def __init__(self, calls: FileCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> RawFileOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return RawFileOperations(self._calls, self._sender)

    def delete_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        recursive: bool | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Delete a file or directory of a task.

        A directory that is not empty is refused unless recursive is true.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            file_path: The path of the file below the task directory, such as stdout.txt or wd/out.txt. It
                is one path segment, so a slash is written %2F; the service takes plain slashes too.
            recursive: Whether to delete a directory together with what is in it. Has no effect on a file.
                Default: false.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound, TaskNotFound, FileNotFound,
                NodeNotFound, TaskFilesUnavailable, TaskFilesCleanedup. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.delete_from_task(
                job_id,
                task_id,
                file_path,
                recursive=recursive,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def get_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        ocp_range: str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> bytes:
        """Read the content of a task's file.

        The file may still grow while the task runs; read on from where the last read ended with ocp-range.
        The answer comes in chunks without Content-Length.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            file_path: The path of the file below the task directory, such as stdout.txt or wd/out.txt. It
                is one path segment, so a slash is written %2F; the service takes plain slashes too.
            ocp_range: The bytes to read, as bytes=first-last with both ends included and counted from 0.
                Omitted: the whole file. It is part of the Shared Key signature, unlike the standard Range
                header in its place.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            The content of the file, or the bytes asked for with ocp-range.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound,
                FileNotFound, NodeNotFound, TaskFilesUnavailable, TaskFilesCleanedup, InvalidRange. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.send(
            self._calls.get_from_task(
                job_id,
                task_id,
                file_path,
                ocp_range=ocp_range,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list_from_task(
        self,
        job_id: str,
        task_id: str,
        *,
        recursive: bool | None = None,
        filter: Filter | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Pages[NodeFile]:
        """List the files of a task's directory on its node.

        Names are relative to the task directory, which holds stdout.txt, stderr.txt and the working
        directory wd. A task that has not been on a node is refused with TaskFilesUnavailable, one whose
        retention time is over with TaskFilesCleanedup.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            recursive: Whether to go down into directories. Omitted or false lists the first level only.
                Default: false.
            filter: Built with FileF, such as `FileF.name.startswith("wd/")`, or OData text; use it with
                recursive=True. Default: all files.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of NodeFile values that is read page by page during iteration; `by_page()` gives
            the pages. Nothing is sent before the iteration starts, and each iteration starts from the
            beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound, TaskNotFound, NodeNotFound,
                TaskFilesUnavailable, TaskFilesCleanedup. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list_from_task(
                job_id,
                task_id,
                recursive=recursive,
                filter=filter,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncFileOperations:
    """File operations; each call is to be awaited, lists are read with `async for`."""

    def __init__(self, calls: FileCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    @property
    def raw(self) -> AsyncRawFileOperations:
        """The same operations, one request each, returning a Response: value, status code, headers and request id."""
        return AsyncRawFileOperations(self._calls, self._sender)

    async def delete_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        recursive: bool | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        """Delete a file or directory of a task.

        A directory that is not empty is refused unless recursive is true.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            file_path: The path of the file below the task directory, such as stdout.txt or wd/out.txt. It
                is one path segment, so a slash is written %2F; the service takes plain slashes too.
            recursive: Whether to delete a directory together with what is in it. Has no effect on a file.
                Default: false.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound, TaskNotFound, FileNotFound,
                NodeNotFound, TaskFilesUnavailable, TaskFilesCleanedup. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.delete_from_task(
                job_id,
                task_id,
                file_path,
                recursive=recursive,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def get_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        ocp_range: str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> bytes:
        """Read the content of a task's file.

        The file may still grow while the task runs; read on from where the last read ended with ocp-range.
        The answer comes in chunks without Content-Length.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            file_path: The path of the file below the task directory, such as stdout.txt or wd/out.txt. It
                is one path segment, so a slash is written %2F; the service takes plain slashes too.
            ocp_range: The bytes to read, as bytes=first-last with both ends included and counted from 0.
                Omitted: the whole file. It is part of the Shared Key signature, unlike the standard Range
                header in its place.
            condition: A condition on the ETag or the time of the last change, such as `if_match(etag)`. The
                service refuses the request if it is not met.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the request; it comes back with the answer.
            headers: Further headers of the request.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            The content of the file, or the bytes asked for with ocp-range.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with ConditionNotMet, JobNotFound, TaskNotFound,
                FileNotFound, NodeNotFound, TaskFilesUnavailable, TaskFilesCleanedup, InvalidRange. The class
                depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return await self._sender.send(
            self._calls.get_from_task(
                job_id,
                task_id,
                file_path,
                ocp_range=ocp_range,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list_from_task(
        self,
        job_id: str,
        task_id: str,
        *,
        recursive: bool | None = None,
        filter: Filter | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> AsyncPages[NodeFile]:
        """List the files of a task's directory on its node.

        Names are relative to the task directory, which holds stdout.txt, stderr.txt and the working
        directory wd. A task that has not been on a node is refused with TaskFilesUnavailable, one whose
        retention time is over with TaskFilesCleanedup.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            recursive: Whether to go down into directories. Omitted or false lists the first level only.
                Default: false.
            filter: Built with FileF, such as `FileF.name.startswith("wd/")`, or OData text; use it with
                recursive=True. Default: all files.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
            client_request_id: A GUID of your own for the requests; it comes back with the answer.
            headers: Further headers of the requests.
            timeout: A timedelta or seconds that the client waits for the answer. Default: as for the
                client.

        Returns:
            An iterable of NodeFile values that is read page by page during iteration; `by_page()` gives
            the pages. Nothing is sent before the iteration starts, and each iteration starts from the
            beginning.

        Raises:
            InvalidInputError: An argument cannot be sent; nothing was sent.
            ServiceError: The service refused, for example with JobNotFound, TaskNotFound, NodeNotFound,
                TaskFilesUnavailable, TaskFilesCleanedup. The class depends on the code.
            NoAnswerError: No answer came back, in spite of all attempts.
        """
        __tracebackhide__ = True
        return self._sender.pages(
            self._calls.list_from_task(
                job_id,
                task_id,
                recursive=recursive,
                filter=filter,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class RawFileOperations:
    """File operations, one request each, returning a Response: value, status code and headers."""

    def __init__(self, calls: FileCalls, sender: Sender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    def delete_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        recursive: bool | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Delete a file or directory of a task.

        The arguments are those of `FileOperations.delete_from_task`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.delete_from_task(
                job_id,
                task_id,
                file_path,
                recursive=recursive,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def get_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        ocp_range: str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[bytes]:
        """Read the content of a task's file.

        The arguments are those of `FileOperations.get_from_task`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.get_from_task(
                job_id,
                task_id,
                file_path,
                ocp_range=ocp_range,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def get_properties_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Read size, time and mode of a task's file.

        The arguments are those of `FileOperations.get_properties_from_task`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.get_properties_from_task(
                job_id,
                task_id,
                file_path,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    def list_from_task(
        self,
        job_id: str,
        task_id: str,
        *,
        recursive: bool | None = None,
        filter: Filter | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[NodeFileListResult]:
        """List the files of a task's directory on its node.

        The arguments are those of `FileOperations.list_from_task`.
        """
        __tracebackhide__ = True
        return self._sender.send_raw(
            self._calls.list_from_task(
                job_id,
                task_id,
                recursive=recursive,
                filter=filter,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )


class AsyncRawFileOperations:
    """File operations, one request each, returning a Response: value, status code and headers; to be awaited."""

    def __init__(self, calls: FileCalls, sender: AsyncSender) -> None:
        self._calls = calls
        self._sender = sender

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._sender!r})"

    async def delete_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        recursive: bool | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Delete a file or directory of a task.

        The arguments are those of `AsyncFileOperations.delete_from_task`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.delete_from_task(
                job_id,
                task_id,
                file_path,
                recursive=recursive,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def get_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        ocp_range: str | None = None,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[bytes]:
        """Read the content of a task's file.

        The arguments are those of `AsyncFileOperations.get_from_task`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.get_from_task(
                job_id,
                task_id,
                file_path,
                ocp_range=ocp_range,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def get_properties_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        *,
        condition: Condition | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[None]:
        """Read size, time and mode of a task's file.

        The arguments are those of `AsyncFileOperations.get_properties_from_task`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.get_properties_from_task(
                job_id,
                task_id,
                file_path,
                condition=condition,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )

    async def list_from_task(
        self,
        job_id: str,
        task_id: str,
        *,
        recursive: bool | None = None,
        filter: Filter | str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta | float | None = None,
    ) -> Response[NodeFileListResult]:
        """List the files of a task's directory on its node.

        The arguments are those of `AsyncFileOperations.list_from_task`.
        """
        __tracebackhide__ = True
        return await self._sender.send_raw(
            self._calls.list_from_task(
                job_id,
                task_id,
                recursive=recursive,
                filter=filter,
                max_results=max_results,
                server_timeout=server_timeout,
                client_request_id=client_request_id,
                headers=headers,
                timeout=timeout,
            )
        )
