"""A running local Batch service for tests and notebooks, in one `with`.

    from batchtasks.testing import local_batch

    with local_batch() as batch, batch.client() as client:
        client.job.add({"id": "job1", "poolInfo": {"poolId": "any"}})
        client.task.add("job1", task("t1", "/bin/sh -c 'echo hi'"))
        client.task.wait("job1", timeout=30)

Needs the extra `batchtasks[local]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any, Unpack

if TYPE_CHECKING:
    from batchtasks._http.transport import AsyncUserTransport, UserTransport
    from batchtasks.auth import SharedKeyCredential
    from batchtasks.client import AsyncBatchClient, BatchClient, ClientOptions


class RunningBatch:
    """A local service that is running; every client needs its `url`, `account` and `key`."""

    def __init__(self, service: Any) -> None:
        self.service = service
        self.url: str = service.url
        self.account: str = service.account
        self.key: str = service.key

    @property
    def credential(self) -> SharedKeyCredential:
        """The account's credential."""
        from batchtasks.auth import SharedKeyCredential

        return SharedKeyCredential(self.account, self.key)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that `from_env` and the command line read, to pass to other processes."""
        return {"BATCH_ACCOUNT_URL": self.url, "BATCH_ACCOUNT_NAME": self.account, "BATCH_ACCOUNT_KEY": self.key}

    def client(self, **options: Unpack[ClientOptions[UserTransport]]) -> BatchClient:
        """Make a client of this service."""
        from batchtasks.client import BatchClient

        return BatchClient(self.url, self.credential, **options)

    def async_client(self, **options: Unpack[ClientOptions[AsyncUserTransport]]) -> AsyncBatchClient:
        """Make an asynchronous client of this service."""
        from batchtasks.client import AsyncBatchClient

        return AsyncBatchClient(self.url, self.credential, **options)

    def describe_failures(self, most: int = 10) -> str:
        """Return a text with the failed tasks of all jobs and the ends of their stderr, or "" if there are none."""
        from batchtasks import BatchTasksError, F, RetryPolicy

        lines: list[str] = []
        with self.client(retry=RetryPolicy(attempts=1), timeout=5) as client:
            for job in client.job.list(select="id"):
                for task in client.task.list(job.id, filter=F.result == "failure", select="id,executionInfo"):
                    info = task.execution_info
                    code = info.failure_info.code if info.failure_info else None
                    lines.append(f"task {task.id} of job {job.id}: exit code {info.exit_code}, {code}")
                    with suppress(BatchTasksError):
                        stderr = client.file.get_from_task(job.id, task.id, "stderr.txt")[-2000:]
                        lines += [f"    {line}" for line in stderr.decode(errors="replace").splitlines()[-20:]]
                    if (most := most - 1) <= 0:
                        return "\n".join([*lines, "..."])
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"RunningBatch({self.url!r})"


@contextmanager
def local_batch(**settings: Any) -> Iterator[RunningBatch]:
    """Run the local Batch service in this process: on a free port of this machine, and in memory unless `data` is given.

    `settings` are those of `batchtasks_local.Settings`, such as `slots=2`, `run=False` or `data=Path(...)`.
    Raises ConfigurationError, with one sentence that says why, if the service is not installed or cannot start.
    """
    service = _start(settings)
    with closing(service):
        yield RunningBatch(service)


def _start(settings: dict[str, Any]) -> Any:
    from batchtasks.errors import ConfigurationError

    try:
        # By name, because this package does not depend on the service.
        local = import_module("batchtasks_local")
        known = signature(local.Settings).parameters
        if wrong := [name for name in settings if name not in known]:
            raise ConfigurationError(
                f"The local service has no setting {', '.join(wrong)}; there is: {', '.join(known)}."
            )
        service = local.LocalBatch(local.Settings(**settings))
    except ImportError as error:
        if error.name is None:  # it says itself what it needs
            raise ConfigurationError(str(error)) from None
        raise ConfigurationError(
            f"The local service is not installed ({error.name}): pip install 'batchtasks[local]'."
        ) from error
    try:
        service.start()
    except local.CannotServeError as reason:
        raise ConfigurationError(str(reason)) from None
    return service
