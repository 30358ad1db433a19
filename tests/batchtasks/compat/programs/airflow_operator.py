# mypy: ignore-errors
# Its packages are in an environment of its own.
"""Runs Airflow's AzureBatchOperator: it makes a pool, waits for its nodes, adds job and task, and waits for the task."""

from __future__ import annotations

import json
import os
import sys
import time

from airflow.exceptions import AirflowException
from airflow.providers.microsoft.azure.hooks.batch import AzureBatchHook
from airflow.providers.microsoft.azure.operators.batch import AzureBatchOperator

time.sleep = lambda seconds, sleep=time.sleep: sleep(min(seconds, 0.2))


def run(task_id: str, command: str) -> str:
    operator = AzureBatchOperator(
        task_id=task_id,
        batch_pool_id="airflow-pool",
        batch_pool_vm_size="standard_d2_v2",
        batch_job_id=f"airflow-{task_id}",
        batch_task_id="t1",
        batch_task_command_line=command,
        vm_publisher="canonical",
        vm_offer="0001-com-ubuntu-server-jammy",
        vm_sku="22_04-lts",
        vm_version="latest",
        vm_node_agent_sku_id="batch.node.ubuntu 22.04",
        target_dedicated_nodes=1,
        timeout=1,
        should_delete_job=True,
    )
    try:
        operator.execute({})
    except (AirflowException, RuntimeError) as error:  # the operator of 15.2.1 raises the latter
        return str(error)
    return "done"


os.environ["AIRFLOW_CONN_AZURE_BATCH_DEFAULT"] = json.dumps(
    {
        "conn_type": "azure_batch",
        "login": os.environ["BATCH_ACCOUNT_NAME"],
        "password": os.environ["BATCH_ACCOUNT_KEY"],
        "extra": {"account_url": os.environ["BATCH_ACCOUNT_URL"]},
    }
)
seen = {
    "connected": AzureBatchHook().test_connection(),
    "good": run("good", "true"),
    "again": run("good", "true"),
    "bad": run("bad", "false"),
    "modules": sorted({name.partition(".")[0] for name in sys.modules if name.startswith("batchtasks")}),
    "official": "azure.batch" in sys.modules,
}
print(json.dumps(seen))
