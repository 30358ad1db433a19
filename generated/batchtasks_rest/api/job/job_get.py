# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.batch_error import BatchError
from ...models.cloud_job import CloudJob
from ...types import UNSET, Response, Unset


def _get_kwargs(
    job_id: str,
    *,
    select: str | Unset = UNSET,
    expand: str | Unset = UNSET,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
    if_modified_since: str | Unset = UNSET,
    if_unmodified_since: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(client_request_id, Unset):
        headers["client-request-id"] = client_request_id

    if not isinstance(return_client_request_id, Unset):
        headers["return-client-request-id"] = "true" if return_client_request_id else "false"

    if not isinstance(ocp_date, Unset):
        headers["ocp-date"] = ocp_date

    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    if not isinstance(if_none_match, Unset):
        headers["If-None-Match"] = if_none_match

    if not isinstance(if_modified_since, Unset):
        headers["If-Modified-Since"] = if_modified_since

    if not isinstance(if_unmodified_since, Unset):
        headers["If-Unmodified-Since"] = if_unmodified_since

    params: dict[str, Any] = {}

    params["$select"] = select

    params["$expand"] = expand

    params["api-version"] = api_version

    params["timeout"] = timeout

    params["timeOut"] = time_out

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{job_id}".format(
            job_id=quote(str(job_id), safe=""),
        ),
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | BatchError | CloudJob:
    if response.status_code == 200:
        response_200 = CloudJob.from_dict(response.json())

        return response_200

    if response.status_code == 304:
        response_304 = cast(Any, None)
        return response_304

    response_default = BatchError.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any | BatchError | CloudJob]:
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
    select: str | Unset = UNSET,
    expand: str | Unset = UNSET,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
    if_modified_since: str | Unset = UNSET,
    if_unmodified_since: str | Unset = UNSET,
) -> Response[Any | BatchError | CloudJob]:
    """Read one job.

     The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
    by state are read with job.get_task_counts.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
        select (str | Unset): The top-level members to put into the answer, comma-separated.
            Omitted: all of them. Narrow polls with it, and name id too if it is needed.
        expand (str | Unset): What else to put into the answer, comma-separated. stats, the
            resource usage, is all there is.
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
        if_match (str | Unset): Go on only if the resource still has this eTag, or exists at all
            for *; otherwise 412 ConditionNotMet. With If-Unmodified-Since beside it only this one
            counts; other pairs of conditions are refused.
        if_none_match (str | Unset): Go on only if the resource has another eTag than this;
            otherwise a read answers 304 and a write 412 ConditionNotMet. With If-Modified-Since
            beside it only this one counts.
        if_modified_since (str | Unset): Go on only if the resource changed after this HTTP date,
            to the second; otherwise a read answers 304 and a write 412 ConditionNotMet. State changes
            made by the service do not count as changes of a task.
        if_unmodified_since (str | Unset): Go on only if the resource did not change after this
            HTTP date, to the second; otherwise 412 ConditionNotMet, for reads too.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | BatchError | CloudJob]
    """

    kwargs = _get_kwargs(
        job_id=job_id,
        select=select,
        expand=expand,
        api_version=api_version,
        timeout=timeout,
        time_out=time_out,
        client_request_id=client_request_id,
        return_client_request_id=return_client_request_id,
        ocp_date=ocp_date,
        if_match=if_match,
        if_none_match=if_none_match,
        if_modified_since=if_modified_since,
        if_unmodified_since=if_unmodified_since,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
    select: str | Unset = UNSET,
    expand: str | Unset = UNSET,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
    if_modified_since: str | Unset = UNSET,
    if_unmodified_since: str | Unset = UNSET,
) -> Any | BatchError | CloudJob | None:
    """Read one job.

     The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
    by state are read with job.get_task_counts.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
        select (str | Unset): The top-level members to put into the answer, comma-separated.
            Omitted: all of them. Narrow polls with it, and name id too if it is needed.
        expand (str | Unset): What else to put into the answer, comma-separated. stats, the
            resource usage, is all there is.
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
        if_match (str | Unset): Go on only if the resource still has this eTag, or exists at all
            for *; otherwise 412 ConditionNotMet. With If-Unmodified-Since beside it only this one
            counts; other pairs of conditions are refused.
        if_none_match (str | Unset): Go on only if the resource has another eTag than this;
            otherwise a read answers 304 and a write 412 ConditionNotMet. With If-Modified-Since
            beside it only this one counts.
        if_modified_since (str | Unset): Go on only if the resource changed after this HTTP date,
            to the second; otherwise a read answers 304 and a write 412 ConditionNotMet. State changes
            made by the service do not count as changes of a task.
        if_unmodified_since (str | Unset): Go on only if the resource did not change after this
            HTTP date, to the second; otherwise 412 ConditionNotMet, for reads too.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | BatchError | CloudJob
    """

    return sync_detailed(
        job_id=job_id,
        client=client,
        select=select,
        expand=expand,
        api_version=api_version,
        timeout=timeout,
        time_out=time_out,
        client_request_id=client_request_id,
        return_client_request_id=return_client_request_id,
        ocp_date=ocp_date,
        if_match=if_match,
        if_none_match=if_none_match,
        if_modified_since=if_modified_since,
        if_unmodified_since=if_unmodified_since,
    ).parsed


async def asyncio_detailed(
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
    select: str | Unset = UNSET,
    expand: str | Unset = UNSET,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
    if_modified_since: str | Unset = UNSET,
    if_unmodified_since: str | Unset = UNSET,
) -> Response[Any | BatchError | CloudJob]:
    """Read one job.

     The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
    by state are read with job.get_task_counts.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
        select (str | Unset): The top-level members to put into the answer, comma-separated.
            Omitted: all of them. Narrow polls with it, and name id too if it is needed.
        expand (str | Unset): What else to put into the answer, comma-separated. stats, the
            resource usage, is all there is.
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
        if_match (str | Unset): Go on only if the resource still has this eTag, or exists at all
            for *; otherwise 412 ConditionNotMet. With If-Unmodified-Since beside it only this one
            counts; other pairs of conditions are refused.
        if_none_match (str | Unset): Go on only if the resource has another eTag than this;
            otherwise a read answers 304 and a write 412 ConditionNotMet. With If-Modified-Since
            beside it only this one counts.
        if_modified_since (str | Unset): Go on only if the resource changed after this HTTP date,
            to the second; otherwise a read answers 304 and a write 412 ConditionNotMet. State changes
            made by the service do not count as changes of a task.
        if_unmodified_since (str | Unset): Go on only if the resource did not change after this
            HTTP date, to the second; otherwise 412 ConditionNotMet, for reads too.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | BatchError | CloudJob]
    """

    kwargs = _get_kwargs(
        job_id=job_id,
        select=select,
        expand=expand,
        api_version=api_version,
        timeout=timeout,
        time_out=time_out,
        client_request_id=client_request_id,
        return_client_request_id=return_client_request_id,
        ocp_date=ocp_date,
        if_match=if_match,
        if_none_match=if_none_match,
        if_modified_since=if_modified_since,
        if_unmodified_since=if_unmodified_since,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    job_id: str,
    *,
    client: AuthenticatedClient | Client,
    select: str | Unset = UNSET,
    expand: str | Unset = UNSET,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
    if_none_match: str | Unset = UNSET,
    if_modified_since: str | Unset = UNSET,
    if_unmodified_since: str | Unset = UNSET,
) -> Any | BatchError | CloudJob | None:
    """Read one job.

     The answer shows the job as it was added, with defaults filled in, and its state. Numbers of tasks
    by state are read with job.get_task_counts.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
        select (str | Unset): The top-level members to put into the answer, comma-separated.
            Omitted: all of them. Narrow polls with it, and name id too if it is needed.
        expand (str | Unset): What else to put into the answer, comma-separated. stats, the
            resource usage, is all there is.
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
        if_match (str | Unset): Go on only if the resource still has this eTag, or exists at all
            for *; otherwise 412 ConditionNotMet. With If-Unmodified-Since beside it only this one
            counts; other pairs of conditions are refused.
        if_none_match (str | Unset): Go on only if the resource has another eTag than this;
            otherwise a read answers 304 and a write 412 ConditionNotMet. With If-Modified-Since
            beside it only this one counts.
        if_modified_since (str | Unset): Go on only if the resource changed after this HTTP date,
            to the second; otherwise a read answers 304 and a write 412 ConditionNotMet. State changes
            made by the service do not count as changes of a task.
        if_unmodified_since (str | Unset): Go on only if the resource did not change after this
            HTTP date, to the second; otherwise 412 ConditionNotMet, for reads too.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | BatchError | CloudJob
    """

    return (
        await asyncio_detailed(
            job_id=job_id,
            client=client,
            select=select,
            expand=expand,
            api_version=api_version,
            timeout=timeout,
            time_out=time_out,
            client_request_id=client_request_id,
            return_client_request_id=return_client_request_id,
            ocp_date=ocp_date,
            if_match=if_match,
            if_none_match=if_none_match,
            if_modified_since=if_modified_since,
            if_unmodified_since=if_unmodified_since,
        )
    ).parsed
