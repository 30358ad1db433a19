# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.batch_error import BatchError
from ...models.cloud_job_list_result import CloudJobListResult
from ...types import UNSET, Response, Unset


def _get_kwargs(
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
        "url": "/jobs",
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> BatchError | CloudJobListResult:
    if response.status_code == 200:
        response_200 = CloudJobListResult.from_dict(response.json())

        return response_200

    response_default = BatchError.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[BatchError | CloudJobListResult]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
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
) -> Response[BatchError | CloudJobListResult]:
    """List the jobs of the account, one page at a time.

     A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
    order is promised.

    Args:
        filter_ (str | Unset): An OData condition that a job has to meet, of comparisons joined by
            and, or and parentheses. Text stands in single quotes, a time as
            DateTime'2024-01-05T07:16:39Z'. Omitted: all jobs of the account.
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
        Response[BatchError | CloudJobListResult]
    """

    kwargs = _get_kwargs(
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
) -> BatchError | CloudJobListResult | None:
    """List the jobs of the account, one page at a time.

     A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
    order is promised.

    Args:
        filter_ (str | Unset): An OData condition that a job has to meet, of comparisons joined by
            and, or and parentheses. Text stands in single quotes, a time as
            DateTime'2024-01-05T07:16:39Z'. Omitted: all jobs of the account.
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
        BatchError | CloudJobListResult
    """

    return sync_detailed(
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
) -> Response[BatchError | CloudJobListResult]:
    """List the jobs of the account, one page at a time.

     A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
    order is promised.

    Args:
        filter_ (str | Unset): An OData condition that a job has to meet, of comparisons joined by
            and, or and parentheses. Text stands in single quotes, a time as
            DateTime'2024-01-05T07:16:39Z'. Omitted: all jobs of the account.
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
        Response[BatchError | CloudJobListResult]
    """

    kwargs = _get_kwargs(
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
) -> BatchError | CloudJobListResult | None:
    """List the jobs of the account, one page at a time.

     A page that is not the last names the next one in odata.nextLink; follow that address as it is. No
    order is promised.

    Args:
        filter_ (str | Unset): An OData condition that a job has to meet, of comparisons joined by
            and, or and parentheses. Text stands in single quotes, a time as
            DateTime'2024-01-05T07:16:39Z'. Omitted: all jobs of the account.
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
        BatchError | CloudJobListResult
    """

    return (
        await asyncio_detailed(
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
