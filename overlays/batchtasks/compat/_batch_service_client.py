"""The client of azure-batch 14, over a BatchClient."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from attrs import define, evolve, field

from batchtasks._core.retry import RetryPolicy
from batchtasks.client import BatchClient
from batchtasks.compat import models as models  # as there, programs write _batch_service_client.models
from batchtasks.compat._operations import invoke
from batchtasks.compat.batch_auth import credential_of
from batchtasks.compat.exceptions import translated
from batchtasks_rest.azure14.operations import Groups

_POLICY = RetryPolicy()


@define
class RetrySettings:
    """`client.config.retry_policy`, which takes effect with the next call.

    Attributes:
        retries: How often a request is sent again. Default: None, which means as RetryPolicy does, within its deadline.
        backoff_factor: Seconds of the first wait; each further wait doubles.
        max_backoff: The longest wait in seconds.
    """

    retries: int | None = None
    backoff_factor: float = _POLICY.wait_initial
    max_backoff: float = _POLICY.wait_max

    def policy(self) -> RetryPolicy:
        """Return the same as a RetryPolicy."""
        policy = evolve(_POLICY, wait_initial=self.backoff_factor, wait_max=self.max_backoff)
        return policy if self.retries is None else evolve(policy, attempts=self.retries + 1, deadline=None)


def _retry_settings(given: RetrySettings | int) -> RetrySettings:
    """Airflow assigns the number of retries in place of the settings."""
    return RetrySettings(given) if isinstance(given, int) else given


@define
class ConnectionSettings:
    """`client.config.connection`: `timeout` is in seconds for one attempt; None means 60."""

    timeout: float | None = None


@define
class BatchServiceClientConfiguration:
    """`client.config`; the address and the user agent may change until the first call.

    Proxies and certificates are set by environment variables (HTTPS_PROXY, SSL_CERT_FILE) or with `transport=`.
    """

    credentials: Any = field(repr=False)
    batch_url: str
    retry_policy: RetrySettings = field(factory=RetrySettings, converter=_retry_settings)
    connection: ConnectionSettings = field(factory=ConnectionSettings)
    user_agent: str | None = None

    def add_user_agent(self, value: str) -> None:
        """Add text to the User-Agent header."""
        self.user_agent = f"{self.user_agent} {value}" if self.user_agent else value


class BatchServiceClient(Groups):
    """A client with the calling convention of azure-batch 14.2.0, and its API version unless `api_version` says another.

    Args:
        credentials: SharedKeyCredentials, any credential of azure-identity as it is, or one of msrest.
        batch_url: The account's address.
        options: Options of BatchClient, such as `api_version` and `transport`.
    """

    def __init__(self, credentials: Any, batch_url: str, **options: Any) -> None:
        if credentials is None or batch_url is None:
            raise ValueError("credentials and batch_url must not be None.")
        super().__init__(self._invoke)
        self.config = BatchServiceClientConfiguration(credentials, batch_url)
        self._options = {"api_version": "2024-02-01.19.0", **options}
        self.api_version = self._options["api_version"]
        self._client: BatchClient | None = None
        self._lock = Lock()  # many threads may make the first call

    @property
    def batch_client(self) -> BatchClient:
        """The BatchClient below, for new code: `client.batch_client.task.wait(...)`."""
        with self._lock:
            if self._client is None:
                config, options = self.config, {"user_agent": self.config.user_agent, **self._options}
                self._client = translated(
                    lambda: BatchClient(config.batch_url, credential_of(config.credentials), **options)
                )
            return self._client

    def _invoke(self, *operation: Any) -> Any:
        executor, config = self.batch_client._executor, self.config
        retry = executor.retry if "retry" in self._options else config.retry_policy.policy()
        timeout = executor.timeout if config.connection.timeout is None else config.connection.timeout
        return invoke(evolve(executor, retry=retry, timeout=timeout), *operation)

    if not TYPE_CHECKING:  # type checkers would take any name

        def __getattr__(self, name: str) -> Any:
            raise AttributeError(f"batchtasks.compat has no client.{name}; that of azure-batch 14.2.0 may have it.")

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()
