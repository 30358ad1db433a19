# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.batch_error import BatchError
from ...models.task_add_parameter import TaskAddParameter
from ...types import UNSET, Response, Unset


def _get_kwargs(
    job_id: str,
    *,
    body: TaskAddParameter,
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

    params["api-version"] = api_version

    params["timeout"] = timeout

    params["timeOut"] = time_out

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/jobs/{job_id}/tasks".format(
            job_id=quote(str(job_id), safe=""),
        ),
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json; odata=minimalmetadata"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | BatchError:
    if response.status_code == 201:
        response_201 = cast(Any, None)
        return response_201

    response_default = BatchError.from_dict(response.json())

    return response_default


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | BatchError]:
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
    body: TaskAddParameter,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
) -> Response[Any | BatchError]:
    """Add one task to a job.

     The task becomes active at once and runs when its dependencies are met and a node has room. A task
    that has not finished 180 days after it was added is ended by the service. Add many tasks with
    task.add_collection.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
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
        body (TaskAddParameter): A task to add. Nodes fail and are repaired, and the service then
            runs a task again even with no retries allowed, so every task must bear being run twice.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | BatchError]
    """

    kwargs = _get_kwargs(
        job_id=job_id,
        body=body,
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
    body: TaskAddParameter,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
) -> Any | BatchError | None:
    """Add one task to a job.

     The task becomes active at once and runs when its dependencies are met and a node has room. A task
    that has not finished 180 days after it was added is ended by the service. Add many tasks with
    task.add_collection.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
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
        body (TaskAddParameter): A task to add. Nodes fail and are repaired, and the service then
            runs a task again even with no retries allowed, so every task must bear being run twice.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | BatchError
    """

    return sync_detailed(
        job_id=job_id,
        client=client,
        body=body,
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
    body: TaskAddParameter,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
) -> Response[Any | BatchError]:
    """Add one task to a job.

     The task becomes active at once and runs when its dependencies are met and a node has room. A task
    that has not finished 180 days after it was added is ended by the service. Add many tasks with
    task.add_collection.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
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
        body (TaskAddParameter): A task to add. Nodes fail and are repaired, and the service then
            runs a task again even with no retries allowed, so every task must bear being run twice.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | BatchError]
    """

    kwargs = _get_kwargs(
        job_id=job_id,
        body=body,
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
    body: TaskAddParameter,
    api_version: str,
    timeout: int | Unset = UNSET,
    time_out: int | Unset = UNSET,
    client_request_id: str | Unset = UNSET,
    return_client_request_id: bool | Unset = UNSET,
    ocp_date: str | Unset = UNSET,
) -> Any | BatchError | None:
    """Add one task to a job.

     The task becomes active at once and runs when its dependencies are met and a node has room. A task
    that has not finished 180 days after it was added is ended by the service. Add many tasks with
    task.add_collection.

    Args:
        job_id (str): The id of the job, without regard to letter case. The id of a job that a job
            schedule made has a colon in it.
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
        body (TaskAddParameter): A task to add. Nodes fail and are repaired, and the service then
            runs a task again even with no retries allowed, so every task must bear being run twice.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | BatchError
    """

    return (
        await asyncio_detailed(
            job_id=job_id,
            client=client,
            body=body,
            api_version=api_version,
            timeout=timeout,
            time_out=time_out,
            client_request_id=client_request_id,
            return_client_request_id=return_client_request_id,
            ocp_date=ocp_date,
        )
    ).parsed
