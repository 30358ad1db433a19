# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""What job_list_preparation_and_release_task_status sends."""

from typing import Any
from urllib.parse import quote

from ...types import UNSET, Unset


def _get_kwargs(
    job_id: str,
    *,
    filter_: str | Unset = UNSET,
    select: str | Unset = UNSET,
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

    params["maxresults"] = maxresults

    params["api-version"] = api_version

    params["timeout"] = timeout

    params["timeOut"] = time_out

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{job_id}/jobpreparationandreleasetaskstatus".format(
            job_id=quote(str(job_id), safe=""),
        ),
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs
