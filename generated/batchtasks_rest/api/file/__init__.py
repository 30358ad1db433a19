# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The operations of the group File: `FileCalls` says what to send, the operations classes send it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..._call import AsyncRawSender, AsyncSender, Call, Condition, RawSender, Response, Sender
from ..._facts import DEFAULT_API_VERSION
from .. import (
    build,
    common,
    read_bytes,
    read_json,
    read_nothing,
    some,
)

if TYPE_CHECKING:
    from ...models import (
        NodeFileListResult,
    )


__all__ = [
    "AsyncFileOperations",
    "AsyncRawFileOperations",
    "RawFileOperations",
    "FileCalls",
    "FileOperations",
]


class FileCalls:
    """What each operation of the group File sends under one API version, and how its answer is read."""

    def __init__(self, api_version: str = DEFAULT_API_VERSION) -> None:
        self._api_version = api_version

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
        timeout: float | None = None,
    ) -> Call[None]:
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
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from . import file_delete_from_task

        kwargs = file_delete_from_task._get_kwargs(
            job_id,
            task_id,
            file_path,
            **common(self._api_version, server_timeout, client_request_id),
            **some(
                recursive=recursive,
            ),
        )
        return build(
            "File_DeleteFromTask",
            kwargs,
            (200,),
            read_nothing,
            headers,
            timeout,
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
        timeout: float | None = None,
    ) -> Call[bytes]:
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
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from . import file_get_from_task

        kwargs = file_get_from_task._get_kwargs(
            job_id,
            task_id,
            file_path,
            **common(self._api_version, server_timeout, client_request_id, condition),
            **some(
                ocp_range=ocp_range,
            ),
        )
        return build(
            "File_GetFromTask",
            kwargs,
            (
                200,
                206,
            ),
            read_bytes,
            headers,
            timeout,
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
        timeout: float | None = None,
    ) -> Call[None]:
        """Read size, time and mode of a task's file.

        Everything stands in the headers; neither the answer nor a refusal has a body, so a refusal is told
        by its status alone.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            file_path: The path of the file below the task directory, such as stdout.txt or wd/out.txt. It
                is one path segment, so a slash is written %2F; the service takes plain slashes too.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from . import file_get_properties_from_task

        kwargs = file_get_properties_from_task._get_kwargs(
            job_id,
            task_id,
            file_path,
            **common(self._api_version, server_timeout, client_request_id, condition),
        )
        return build(
            "File_GetPropertiesFromTask",
            kwargs,
            (200,),
            read_nothing,
            headers,
            timeout,
        )

    def list_from_task(
        self,
        job_id: str,
        task_id: str,
        *,
        recursive: bool | None = None,
        filter: str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Call[NodeFileListResult]:
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
            filter: A condition on the name, of the one form startswith(name,'wd/'); use it with
                recursive=true. Omitted: all files.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        from ...models import NodeFileListResult
        from . import file_list_from_task

        kwargs = file_list_from_task._get_kwargs(
            job_id,
            task_id,
            **common(self._api_version, server_timeout, client_request_id),
            **some(
                recursive=recursive,
                filter_=filter,
                maxresults=max_results,
            ),
        )
        return build(
            "File_ListFromTask",
            kwargs,
            (200,),
            read_json(NodeFileListResult.from_dict),
            headers,
            timeout,
        )


class FileOperations:
    """The operations of the group File."""

    def __init__(self, sender: Sender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = FileCalls(api_version)

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
        timeout: float | None = None,
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
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
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
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> None:
        """Read size, time and mode of a task's file.

        Everything stands in the headers; neither the answer nor a refusal has a body, so a refusal is told
        by its status alone.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            file_path: The path of the file below the task directory, such as stdout.txt or wd/out.txt. It
                is one path segment, so a slash is written %2F; the service takes plain slashes too.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
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
        filter: str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> NodeFileListResult:
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
            filter: A condition on the name, of the one form startswith(name,'wd/'); use it with
                recursive=true. Omitted: all files.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
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
    """The operations of the group File; to be awaited."""

    def __init__(self, sender: AsyncSender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = FileCalls(api_version)

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
        timeout: float | None = None,
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
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
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
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> None:
        """Read size, time and mode of a task's file.

        Everything stands in the headers; neither the answer nor a refusal has a body, so a refusal is told
        by its status alone.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            file_path: The path of the file below the task directory, such as stdout.txt or wd/out.txt. It
                is one path segment, so a slash is written %2F; the service takes plain slashes too.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
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
        filter: str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> NodeFileListResult:
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
            filter: A condition on the name, of the one form startswith(name,'wd/'); use it with
                recursive=true. Omitted: all files.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
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
    """The operations of the group File, each giving a `Response`: value, status and headers."""

    def __init__(self, sender: RawSender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = FileCalls(api_version)

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
        timeout: float | None = None,
    ) -> Response[None]:
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
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[bytes]:
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
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[None]:
        """Read size, time and mode of a task's file.

        Everything stands in the headers; neither the answer nor a refusal has a body, so a refusal is told
        by its status alone.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            file_path: The path of the file below the task directory, such as stdout.txt or wd/out.txt. It
                is one path segment, so a slash is written %2F; the service takes plain slashes too.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
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
        filter: str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[NodeFileListResult]:
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
            filter: A condition on the name, of the one form startswith(name,'wd/'); use it with
                recursive=true. Omitted: all files.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return self._sender.send(
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
    """The operations of the group File, each giving a `Response`: value, status and headers; to be awaited."""

    def __init__(self, sender: AsyncRawSender, api_version: str = DEFAULT_API_VERSION) -> None:
        self._sender = sender
        self._calls = FileCalls(api_version)

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
        timeout: float | None = None,
    ) -> Response[None]:
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
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[bytes]:
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
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

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
        timeout: float | None = None,
    ) -> Response[None]:
        """Read size, time and mode of a task's file.

        Everything stands in the headers; neither the answer nor a refusal has a body, so a refusal is told
        by its status alone.

        Args:
            job_id: The id of the job, without regard to letter case. The id of a job that a job schedule
                made has a colon in it.
            task_id: The id of the task, without regard to letter case.
            file_path: The path of the file below the task directory, such as stdout.txt or wd/out.txt. It
                is one path segment, so a slash is written %2F; the service takes plain slashes too.
            condition: A condition on the ETag or the time of the last change; the service refuses when it
                does not hold.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
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
        filter: str | None = None,
        max_results: int | None = None,
        server_timeout: int | None = None,
        client_request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response[NodeFileListResult]:
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
            filter: A condition on the name, of the one form startswith(name,'wd/'); use it with
                recursive=true. Omitted: all files.
            max_results: The most items on one page. Default: 1000.
            server_timeout: Seconds that the service may take, 1 to 30 (default 30).
            client_request_id: A GUID of your own for this request; it comes back with the answer.
            headers: Further headers for this request.
            timeout: Seconds that the client waits for the answer (default: as the client was made).
        """

        return await self._sender.send(
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
