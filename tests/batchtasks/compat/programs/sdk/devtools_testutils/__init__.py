"""Stands in for the test tools of the SDK: its tests get the account, the credentials and a job of the local service."""

from __future__ import annotations

import contextlib
import os
from types import SimpleNamespace
from typing import Any

from batchtasks.compat import BatchServiceClient, SharedKeyCredentials, models


class AzureMgmtRecordedTestCase:
    """The base class of the tests."""

    is_live = True

    def get_resource_name(self, name: str) -> str:
        return f"{name}local"


def _with(make: Any) -> Any:
    """Return a decorator that adds keyword arguments to a test."""

    def decorate(test: Any) -> Any:
        # Its own signature hides the arguments of the test, which pytest would take for fixtures.
        def method(self: Any, **kwargs: Any) -> Any:
            return test(self, **{**make(kwargs), **kwargs})

        method.__name__ = test.__name__
        return method

    return decorate


def _credentials() -> SharedKeyCredentials:
    return SharedKeyCredentials(os.environ["BATCH_ACCOUNT_NAME"], os.environ["BATCH_ACCOUNT_KEY"])


def _client() -> BatchServiceClient:
    return BatchServiceClient(_credentials(), os.environ["BATCH_ACCOUNT_URL"])


def nothing(*args: Any, **kwargs: Any) -> Any:
    """A resource that the local service needs not: a resource group, a storage account."""
    return _with(lambda given: {})


ResourceGroupPreparer = StorageAccountPreparer = CachedResourceGroupPreparer = nothing


class Endpoint(str):
    """The tests put https:// before an address that does not begin with it."""

    def startswith(self, *args: Any) -> bool:
        return True


def account(*args: Any, **kwargs: Any) -> Any:
    """The account."""
    found = SimpleNamespace(
        name=os.environ["BATCH_ACCOUNT_NAME"], account_endpoint=Endpoint(os.environ["BATCH_ACCOUNT_URL"])
    )
    return _with(lambda given: {"batch_account": found, "credentials": _credentials()})


def pool(*args: Any, **kwargs: Any) -> Any:
    """A pool, which the local service has under any name."""
    return _with(lambda given: {"batch_pool": SimpleNamespace(name="pool", id="pool")})


def job(**extra: Any) -> Any:
    """A job."""

    def make(given: Any) -> dict[str, Any]:
        made = models.JobAddParameter(id="batch-job", pool_info=models.PoolInformation(pool_id="pool"), **extra)
        client = _client()
        with contextlib.suppress(models.BatchErrorException):
            client.job.delete(made.id)
        client.job.add(made)
        return {"batch_job": made}

    return _with(make)
