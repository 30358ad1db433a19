# mypy: ignore-errors
# Its packages are in an environment of its own.
"""Runs Snakemake's executor for Azure Batch: client, job, tasks, their states and output, nodes, cancelling and cleaning up.

The pool is made by another package (azure.mgmt.batch), which is left out; the objects of Snakemake that the executor reads are
made by hand.
"""

from __future__ import annotations

import asyncio
import json
import sys
from types import SimpleNamespace
from typing import Any

import snakemake_executor_plugin_azure_batch as plugin
from azure.core.credentials import AccessToken


class Credential:
    """In place of azure-identity's, which need the cloud."""

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        return AccessToken("token", 4_000_000_000)


class Quiet:
    """A logger, and what limits the rate of questions."""

    def debug(self, *args: Any) -> None: ...

    info = warning = error = debug

    async def __aenter__(self) -> None: ...

    async def __aexit__(self, *args: object) -> None: ...


plugin.CustomAzureCredential = Credential
Executor = plugin.Executor
Executor.__abstractmethods__ = frozenset()
seen: dict[str, Any] = {"submitted": [], "errors": [], "successes": []}


class Local(Executor):
    def __init__(self, url: str, command: str) -> None:
        self.logger = Quiet()
        self.settings = SimpleNamespace(account_url=url, subscription_id="s", keep_pool=False, batch_account_name="a")
        self.container_image, self.command = "image", command
        self.pool_id = self.job_id = "snakemake"

    status_rate_limiter = Quiet()

    def format_job_exec(self, job: Any) -> str:
        return str(job.command)

    def envvars(self) -> dict[str, str]:
        return {"SNAKE": "1"}

    def report_job_submission(self, job_info: Any) -> None:
        seen["submitted"].append(job_info.external_jobid)

    def report_job_error(self, job_info: Any, msg: str = "", **output: Any) -> None:
        seen["errors"].append([job_info.external_jobid, msg, output])

    def report_job_success(self, job_info: Any) -> None:
        seen["successes"].append(job_info.external_jobid)


async def watch(executor: Local, jobs: list[Any]) -> None:
    while jobs:
        jobs = [job async for job in executor.check_active_jobs(jobs)]
        await asyncio.sleep(0.1)


def main(url: str) -> None:
    executor = Local(url, "true")
    executor.init_batch_client()
    executor.create_batch_job()
    tasks = []
    for name, command in (("good", 'test "$SNAKE" = 1'), ("bad", "echo lost >&2; exit 3")):
        job = SimpleNamespace(name=name, jobid=name, command=command, resources={}, threads=1, is_group=lambda: False)
        executor.run_job(job)
        tasks.append(SimpleNamespace(external_jobid=seen["submitted"][-1]))
    asyncio.run(watch(executor, tasks))
    executor.cleanup_resources()
    seen["official"] = "azure.batch" in sys.modules


main(sys.argv[1])
print(json.dumps(seen, default=str))
