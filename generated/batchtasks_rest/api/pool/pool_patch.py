# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""What pool_patch sends."""

from typing import Any
from urllib.parse import quote

from ...models.pool_patch_parameter import PoolPatchParameter
from ...types import UNSET, Unset


def _get_kwargs(
    pool_id: str,
    *,
    body: PoolPatchParameter,
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

    params["api-version"] = api_version

    params["timeout"] = timeout

    params["timeOut"] = time_out

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/pools/{pool_id}".format(
            pool_id=quote(str(pool_id), safe=""),
        ),
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json; odata=minimalmetadata"

    _kwargs["headers"] = headers
    return _kwargs
