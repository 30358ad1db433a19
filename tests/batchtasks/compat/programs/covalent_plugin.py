# mypy: ignore-errors
# Its packages are in an environment of its own.
"""Runs covalent's AzureBatchExecutor: job and task are added, watched, cancelled and terminated; its storage is left out."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import azure.common.credentials
from msrest.authentication import BasicTokenAuthentication


class Credentials(BasicTokenAuthentication):
    """In place of a service principal, which needs the cloud: the same class below, and any token."""

    def __init__(self, **principal: Any) -> None:
        super().__init__({"access_token": "token"})


azure.common.credentials.ServicePrincipalCredentials = Credentials

from covalent_azurebatch_plugin.azurebatch import AzureBatchExecutor  # noqa: E402
from covalent_azurebatch_plugin.exceptions import NoBatchTasksException  # noqa: E402


async def main(url: str) -> dict[str, Any]:
    executor = AzureBatchExecutor(
        tenant_id="t",
        client_id="c",
        client_secret="s",
        batch_account_url=url,
        pool_id="pool",
        poll_freq=1,
        batch_account_domain="batch.core.windows.net",
        storage_account_domain="blob.core.windows.net",
        base_image_uri="image",
        retries=3,
        storage_account_name="a",
        time_limit=300,
        cache_dir="/tmp",
    )
    seen: dict[str, Any] = {}
    job_id = await executor.submit_task({"dispatch_id": "abc", "node_id": 0})
    seen["job"] = job_id
    state, code = await executor.get_status(job_id)
    seen["before"] = [state, code]
    await executor.cancel(job_id)
    state, code = await executor.get_status(job_id)
    seen["after"] = [state, code]
    await executor._terminate_job(job_id)
    client = executor._get_batch_service_client()
    task = client.task.get(job_id, job_id)
    seen["constraints"] = task.constraints.as_dict()
    seen["environment"] = len(task.environment_settings)
    seen["reason"] = client.job.get(job_id).execution_info.terminate_reason
    client.job.add({"id": "empty", "poolInfo": {"poolId": "pool"}})
    try:
        await executor.get_status("empty")
    except NoBatchTasksException:
        seen["empty"] = True
    seen["official"] = "azure.batch" in sys.modules
    return seen


print(json.dumps(asyncio.run(main(sys.argv[1]))))
