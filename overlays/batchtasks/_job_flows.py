"""The list of jobs, written once for both colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from batchtasks.filters import Filter, filter_text
from batchtasks.paging import Listing

if TYPE_CHECKING:
    from batchtasks._send import Desk
    from batchtasks_rest.models import CloudJob


def list_jobs(
    desk: Desk,
    *,
    filter: Filter | str | None = None,
    select: Sequence[str] | str | None = None,
    expand: Sequence[str] | str | None = None,
    max_results: int | None = None,
    server_timeout: int | None = None,
    client_request_id: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> Listing[CloudJob]:
    """List the jobs of the account; walk the result for CloudJobs, or its `by_page()` for pages.

    Args:
        filter: Made with JobF, such as `JobF.state == "active"`, or text as the service takes it. Omitted: all jobs.
        select: Top-level members to read, by the service's names, such as ["id", "state"]. Omitted: all of them.
        expand: "stats" for resource usage.
        max_results: The most items on one page, 1 to 1000. Default: 1000.
        server_timeout: Seconds that the service may take for a page, 1 to 30 (default 30).
        client_request_id: A GUID of your own for the requests; it comes back with the answers.
        headers: Further headers for the requests.
        timeout: Seconds that the client waits for an answer (default: as the client was made).
    """
    return Listing(
        desk.job.list(
            filter=filter_text(filter, "Job_List"),
            select=select,
            expand=expand,
            max_results=max_results,
            server_timeout=server_timeout,
            client_request_id=client_request_id,
            headers=headers,
            timeout=timeout,
        )
    )
