# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.batch_error import BatchError
from ...models.cloud_task_list_result import CloudTaskListResult
from ...types import UNSET, Response, Unset


def _get_kwargs(
    job_id: str,
    *,
    filter_: str | Unset = UNSET,
    select: str | Unset = UNSET,
    expand: str | Unset = UNSET,
    maxresults: int | Unset = UNSET,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(client_request_id, Unset):
        headers["client-request-id"] = client_request_id

    if not isinstance(return_client_request_id, Unset):
        headers["return-client-request-id"] = "true" if return_client_request_id else "false"

    if not isinstance(ocp_date, Unset):
        headers["ocp-date"] = ocp_date

    params: dict[str, Any] = {}

    params["$filter"] = filter_

    params["$select"] = select

    params["$expand"] = expand

    params["maxresults"] = maxresults

    params["api-version"] = api_version

    params["timeout"] = timeout

    params["timeOut"] = time_out

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{job_id}/tasks".format(
            job_id=quote(str(job_id), safe=""),
        ),
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> BatchError | CloudTaskListResult:
    if response.status_code == 200:
        response_200 = CloudTaskListResult.from_dict(response.json())

        return response_200

    response_default = BatchError.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[BatchError | CloudTaskListResult]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
    filter_: str | Unset = UNSET,
    select: str | Unset = UNSET,
    expand: str | Unset = UNSET,
    maxresults: int | Unset = UNSET,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
) -> Response[BatchError | CloudTaskListResult]:
    """List the tasks of a job, one page at a time.

     A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
    order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
    shows the primary; its subtasks are read with task.list_subtasks.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
        filter_ (str | Unset): An OData condition that a task has to meet, of comparisons joined
            by and, or and parentheses. Text stands in single quotes, a time as
            DateTime'2024-01-05T07:16:39Z'. Omitted: all tasks of the job.
        select (str | Unset): The top-level members to put into the answer, comma-separated.
            Omitted: all of them. Narrow polls with it, and name id too if it is needed.
        expand (str | Unset): What else to put into the answer, comma-separated. stats, the
            resource usage, is all there is.
        maxresults (int | Unset): The most items on one page. Default: 1000.
        api_version (str): The API version to speak, one of x-api-versions. Missing: 400
            MissingRequiredQueryParameter; unknown: 400 UnsupportedRequestVersion.
        timeout (int | Unset): The most seconds the service may work on the request before it
            gives up with OperationTimedOut. A value above 30 counts as 30. Up to 2024-02-01.19.0;
            later versions spell it timeOut. Default: 30.
        time_out (int | Unset): The most seconds the service may work on the request before it
            gives up with OperationTimedOut. A value above 30 counts as 30. From 2024-07-01.20.0;
            earlier versions spell it timeout. Default: 30.
        client_request_id (str | Unset): The caller's own identifier of the request, a plain GUID
            without braces.
        return_client_request_id (bool | Unset): Whether the answer is to repeat client-request-
            id. Default: false.
        ocp_date (str | Unset): The time of the request, as an HTTP date. It goes into the Shared
            Key signature in place of Date, for clients that cannot set that header, and must lie
            within 15 minutes of the service's clock.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[BatchError | CloudTaskListResult]
    """

    kwargs = _get_kwargs(
        job_id=job_id,
        filter_=filter_,
        select=select,
        expand=expand,
        maxresults=maxresults,
        api_version=api_version,
        timeout=timeout,
        time_out=time_out,
        client_request_id=client_request_id,
        return_client_request_id=return_client_request_id,
        ocp_date=ocp_date,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
    filter_: str | Unset = UNSET,
    select: str | Unset = UNSET,
    expand: str | Unset = UNSET,
    maxresults: int | Unset = UNSET,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
) -> BatchError | CloudTaskListResult | None:
    """List the tasks of a job, one page at a time.

     A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
    order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
    shows the primary; its subtasks are read with task.list_subtasks.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
        filter_ (str | Unset): An OData condition that a task has to meet, of comparisons joined
            by and, or and parentheses. Text stands in single quotes, a time as
            DateTime'2024-01-05T07:16:39Z'. Omitted: all tasks of the job.
        select (str | Unset): The top-level members to put into the answer, comma-separated.
            Omitted: all of them. Narrow polls with it, and name id too if it is needed.
        expand (str | Unset): What else to put into the answer, comma-separated. stats, the
            resource usage, is all there is.
        maxresults (int | Unset): The most items on one page. Default: 1000.
        api_version (str): The API version to speak, one of x-api-versions. Missing: 400
            MissingRequiredQueryParameter; unknown: 400 UnsupportedRequestVersion.
        timeout (int | Unset): The most seconds the service may work on the request before it
            gives up with OperationTimedOut. A value above 30 counts as 30. Up to 2024-02-01.19.0;
            later versions spell it timeOut. Default: 30.
        time_out (int | Unset): The most seconds the service may work on the request before it
            gives up with OperationTimedOut. A value above 30 counts as 30. From 2024-07-01.20.0;
            earlier versions spell it timeout. Default: 30.
        client_request_id (str | Unset): The caller's own identifier of the request, a plain GUID
            without braces.
        return_client_request_id (bool | Unset): Whether the answer is to repeat client-request-
            id. Default: false.
        ocp_date (str | Unset): The time of the request, as an HTTP date. It goes into the Shared
            Key signature in place of Date, for clients that cannot set that header, and must lie
            within 15 minutes of the service's clock.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        BatchError | CloudTaskListResult
    """

    return sync_detailed(
        job_id=job_id,
        client=client,
        filter_=filter_,
        select=select,
        expand=expand,
        maxresults=maxresults,
        api_version=api_version,
        timeout=timeout,
        time_out=time_out,
        client_request_id=client_request_id,
        return_client_request_id=return_client_request_id,
        ocp_date=ocp_date,
    ).parsed


async def asyncio_detailed(
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
    filter_: str | Unset = UNSET,
    select: str | Unset = UNSET,
    expand: str | Unset = UNSET,
    maxresults: int | Unset = UNSET,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
) -> Response[BatchError | CloudTaskListResult]:
    """List the tasks of a job, one page at a time.

     A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
    order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
    shows the primary; its subtasks are read with task.list_subtasks.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
        filter_ (str | Unset): An OData condition that a task has to meet, of comparisons joined
            by and, or and parentheses. Text stands in single quotes, a time as
            DateTime'2024-01-05T07:16:39Z'. Omitted: all tasks of the job.
        select (str | Unset): The top-level members to put into the answer, comma-separated.
            Omitted: all of them. Narrow polls with it, and name id too if it is needed.
        expand (str | Unset): What else to put into the answer, comma-separated. stats, the
            resource usage, is all there is.
        maxresults (int | Unset): The most items on one page. Default: 1000.
        api_version (str): The API version to speak, one of x-api-versions. Missing: 400
            MissingRequiredQueryParameter; unknown: 400 UnsupportedRequestVersion.
        timeout (int | Unset): The most seconds the service may work on the request before it
            gives up with OperationTimedOut. A value above 30 counts as 30. Up to 2024-02-01.19.0;
            later versions spell it timeOut. Default: 30.
        time_out (int | Unset): The most seconds the service may work on the request before it
            gives up with OperationTimedOut. A value above 30 counts as 30. From 2024-07-01.20.0;
            earlier versions spell it timeout. Default: 30.
        client_request_id (str | Unset): The caller's own identifier of the request, a plain GUID
            without braces.
        return_client_request_id (bool | Unset): Whether the answer is to repeat client-request-
            id. Default: false.
        ocp_date (str | Unset): The time of the request, as an HTTP date. It goes into the Shared
            Key signature in place of Date, for clients that cannot set that header, and must lie
            within 15 minutes of the service's clock.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[BatchError | CloudTaskListResult]
    """

    kwargs = _get_kwargs(
        job_id=job_id,
        filter_=filter_,
        select=select,
        expand=expand,
        maxresults=maxresults,
        api_version=api_version,
        timeout=timeout,
        time_out=time_out,
        client_request_id=client_request_id,
        return_client_request_id=return_client_request_id,
        ocp_date=ocp_date,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
    filter_: str | Unset = UNSET,
    select: str | Unset = UNSET,
    expand: str | Unset = UNSET,
    maxresults: int | Unset = UNSET,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
) -> BatchError | CloudTaskListResult | None:
    """List the tasks of a job, one page at a time.

     A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
    order is promised, and a page may hold fewer tasks than asked for. Of a multi-instance task the list
    shows the primary; its subtasks are read with task.list_subtasks.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
        filter_ (str | Unset): An OData condition that a task has to meet, of comparisons joined
            by and, or and parentheses. Text stands in single quotes, a time as
            DateTime'2024-01-05T07:16:39Z'. Omitted: all tasks of the job.
        select (str | Unset): The top-level members to put into the answer, comma-separated.
            Omitted: all of them. Narrow polls with it, and name id too if it is needed.
        expand (str | Unset): What else to put into the answer, comma-separated. stats, the
            resource usage, is all there is.
        maxresults (int | Unset): The most items on one page. Default: 1000.
        api_version (str): The API version to speak, one of x-api-versions. Missing: 400
            MissingRequiredQueryParameter; unknown: 400 UnsupportedRequestVersion.
        timeout (int | Unset): The most seconds the service may work on the request before it
            gives up with OperationTimedOut. A value above 30 counts as 30. Up to 2024-02-01.19.0;
            later versions spell it timeOut. Default: 30.
        time_out (int | Unset): The most seconds the service may work on the request before it
            gives up with OperationTimedOut. A value above 30 counts as 30. From 2024-07-01.20.0;
            earlier versions spell it timeout. Default: 30.
        client_request_id (str | Unset): The caller's own identifier of the request, a plain GUID
            without braces.
        return_client_request_id (bool | Unset): Whether the answer is to repeat client-request-
            id. Default: false.
        ocp_date (str | Unset): The time of the request, as an HTTP date. It goes into the Shared
            Key signature in place of Date, for clients that cannot set that header, and must lie
            within 15 minutes of the service's clock.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        BatchError | CloudTaskListResult
    """

    return (
        await asyncio_detailed(
            job_id=job_id,
            client=client,
            filter_=filter_,
            select=select,
            expand=expand,
            maxresults=maxresults,
            api_version=api_version,
            timeout=timeout,
            time_out=time_out,
            client_request_id=client_request_id,
            return_client_request_id=return_client_request_id,
            ocp_date=ocp_date,
        )
    ).parsed
