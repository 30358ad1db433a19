# mypy: ignore-errors
"""What gives a test an account, a pool and a job."""

import contextlib
from types import SimpleNamespace

import azure.batch
from azure.batch import models
from devtools_testutils import IS_15, account, credential, giving


def AccountPreparer(*args, **kwargs):
    name = "credential" if IS_15 else "credentials"
    return giving(lambda: {"batch_account": account(), name: credential()})


def PoolPreparer(*args, **kwargs):
    """A pool, which the local service has under any name once it is added."""
    return giving(lambda: {"batch_pool": SimpleNamespace(name=_pool(), id="pool")})


def JobPreparer(**members):
    return giving(lambda: {"batch_job": _job(members)})


def _client():
    if IS_15:
        return azure.batch.BatchClient(endpoint=account().account_endpoint, credential=credential())
    return azure.batch.BatchServiceClient(credential(), account().account_endpoint)


def _pool():
    client = _client()
    with contextlib.suppress(Exception):  # it exists
        if IS_15:
            client.create_pool(models.BatchPoolCreateOptions(id="pool", vm_size="a", target_dedicated_nodes=1))
        else:
            client.pool.add(models.PoolAddParameter(id="pool", vm_size="a", target_dedicated_nodes=1))
    return "pool"


def _job(members):
    client = _client()
    if IS_15:
        job = models.BatchJobCreateOptions(id="batch-job", pool_info=models.BatchPoolInfo(pool_id="pool"), **members)
        client.create_job(job)
    else:
        job = models.JobAddParameter(id="batch-job", pool_info=models.PoolInformation(pool_id="pool"), **members)
        client.job.add(job)
    return job
