# mypy: ignore-errors
# Its packages are in an environment of its own.
"""Runs what Airflow's operator hands to its triggerer: the hook picks an image, and the trigger waits for a job's tasks."""

from __future__ import annotations

import asyncio
import json
import os
import time

from airflow.providers.microsoft.azure.hooks.batch import AzureBatchHook
from airflow.providers.microsoft.azure.triggers.batch import AzureBatchTrigger

os.environ["AIRFLOW_CONN_AZURE_BATCH_DEFAULT"] = json.dumps(
    {
        "conn_type": "azure_batch",
        "login": os.environ["BATCH_ACCOUNT_NAME"],
        "password": os.environ["BATCH_ACCOUNT_KEY"],
        "extra": {"account_url": os.environ["BATCH_ACCOUNT_URL"]},
    }
)


async def wait(job_id: str) -> dict[str, object]:
    trigger = AzureBatchTrigger(
        job_id=job_id, azure_batch_conn_id="azure_batch_default", end_time=time.time() + 60, poll_interval=1
    )
    async for event in trigger.run():
        return event.payload
    return {}


def main() -> None:
    hook = AzureBatchHook()
    images = [image.image_reference for image in hook.connection.list_supported_images()]
    pool = hook.configure_pool("p", "standard_d2_v2", "", vm_publisher=images[0].publisher.lower(),
                               vm_offer=images[0].offer.lower(), sku_starts_with=images[0].sku[:2],
                               use_latest_image_and_sku=True, target_dedicated_nodes=1)  # fmt: skip
    hook.create_pool(pool)
    seen: dict[str, object] = {"images": len(images)}
    for name, command in (("good", "true"), ("bad", "false")):
        hook.create_job(hook.configure_job(name, "p"))
        hook.add_single_task_to_job(name, hook.configure_task("t", command))
        seen[name] = asyncio.run(wait(name))
    print(json.dumps(seen, default=str))


main()
