# mypy: ignore-errors
# Its packages are in an environment of its own.
"""Runs a task of covalent to its end: the container's own entry point, polled by the plugin. Its storage is left out."""

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


async def main(url: str) -> dict[str, Any]:
    executor = AzureBatchExecutor(
        tenant_id="t", client_id="c", client_secret="s", batch_account_url=url, pool_id="pool", poll_freq=1,
        batch_account_domain="batch.core.windows.net", storage_account_domain="blob.core.windows.net", base_image_uri="image",
        storage_account_name="a", retries=1, time_limit=60, cache_dir="/tmp",
    )  # fmt: skip
    job_id = await executor.submit_task({"dispatch_id": "abc", "node_id": 1})
    await executor._poll_task(job_id)
    state, code = await executor.get_status(job_id)
    client = executor._get_batch_service_client()
    printed = b"".join(client.file.get_from_task(job_id, job_id, "stdout.txt")).decode()
    return {"state": state, "code": code, "printed": printed, "command": client.task.get(job_id, job_id).command_line}


print(json.dumps(asyncio.run(main(sys.argv[1]))))
