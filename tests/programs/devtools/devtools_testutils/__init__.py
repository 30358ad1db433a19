# mypy: ignore-errors
"""Stands in for the test tools of the SDK, which need a subscription: its tests get a local service's account and a job.

The tools of the two generations have the same names; which SDK is there is seen from its modules.
"""

import functools
import inspect
import os
from types import SimpleNamespace

import azure.batch

IS_15 = hasattr(azure.batch, "BatchClient")


class Endpoint(str):
    """The tests put https:// before an address that does not begin with it."""

    def startswith(self, *args):
        return True


class AzureMgmtRecordedTestCase:
    """The base class of the tests."""

    is_live = True

    def get_resource_name(self, name):
        return f"{name}local"

    def get_credential(self, client):
        return credential()


AzureRecordedTestCase = AzureMgmtRecordedTestCase


def credential():
    """Return the account's key as the SDK takes it."""
    name, key = os.environ["BATCH_ACCOUNT_NAME"], os.environ["BATCH_ACCOUNT_KEY"]
    if IS_15:
        from azure.core.credentials import AzureNamedKeyCredential

        return AzureNamedKeyCredential(name, key)
    from azure.batch.batch_auth import SharedKeyCredentials

    return SharedKeyCredentials(name, key)


def account():
    """Return the account as the resource that a preparer would have made."""
    url = Endpoint(os.environ["BATCH_ACCOUNT_URL"])
    return SimpleNamespace(name=os.environ["BATCH_ACCOUNT_NAME"], account_endpoint=url)


def giving(make):
    """Return a decorator that gives a test more keyword arguments."""

    def decorate(test):
        if inspect.iscoroutinefunction(test):

            @functools.wraps(test)
            async def method(self, BatchClient, **kwargs):
                return await test(self, BatchClient=BatchClient, **{**make(), **kwargs})

        else:

            @functools.wraps(test)
            def method(self, **kwargs):
                return test(self, **{**make(), **kwargs})

        del method.__wrapped__  # pytest would take the arguments of the test for fixtures
        return method

    return decorate


def nothing(*args, **kwargs):
    """A resource that is not needed: a resource group, a storage account."""
    return giving(dict)


ResourceGroupPreparer = StorageAccountPreparer = CachedResourceGroupPreparer = EnvironmentVariableLoader = nothing


def recorded_by_proxy(test):
    return test


def set_custom_default_matcher(**kwargs):
    """There is no proxy."""


def trim_kwargs_from_test_function(test, kwargs):
    """Drop what a test does not take; all of them take anything."""
