"""The settings of the local service, checked once, before anything is opened."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import os
import re
from pathlib import Path

from attrs import field, frozen

DEVELOPMENT_ACCOUNT = "localbatch"
# Public on purpose, like the key of a storage emulator: it gives access only to a service on the caller's own machine.
DEVELOPMENT_KEY = base64.b64encode(b"batchtasks local development key: public, and no secret at all..").decode()

DEFAULT_MAX_OUTPUT = 1024**3

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  (compared with, not bound)
_ACCOUNT = re.compile(r"[a-z0-9]{3,24}")


class SettingsError(ValueError):
    """The service cannot run with a setting; the message is one sentence for the person who chose it."""


@frozen
class Settings:
    """How the local service runs.

    host, port: where it listens; port 0 takes a free one. A host that is not loopback needs `allow_remote` and a
        secret key.
    data: folder for the database and the task directories; None keeps both only as long as the service runs.
    slots: task slots of the one node; run: False keeps every task active, nothing is started.
    account, key: the Shared Key account; the key is base64 text.
    accept_any_token: take any well-formed bearer token from a client on this machine.
    file_roots: folders that `file:` URLs of resource files and output files may name; none by default.
    http_hosts: hosts that resource files may be fetched from, as `name` or `name:port`; none by default.
    container_engine: command of a container engine, such as `docker`; None refuses container tasks.
    clock_skew: seconds that the date of a signed request may be away from the clock here.
    max_body: bytes of a request body; max_header: bytes of request line and headers; client_patience: seconds for a
        client to send its headers, between two pieces of its body, and to read more of an answer.
    max_connections: connections at once; None for as many as the limit of open files allows beside the tasks.
    max_output: bytes that a task may write into its directory; one that writes more is ended.
    empty_job_grace: seconds that a job with `onAllTasksComplete: terminatejob` and no tasks yet stays active;
        terminating_for: seconds for which a job that ends shows that it is terminating.
    lower_status: write the status of an added task as `success` instead of `Success`.
    log: write one line a request to standard error.
    """

    host: str = "127.0.0.1"
    port: int = 0
    data: Path | None = None
    slots: int = field(factory=lambda: os.cpu_count() or 1)
    run: bool = True
    account: str = DEVELOPMENT_ACCOUNT
    key: str = field(default=DEVELOPMENT_KEY, repr=False)
    allow_remote: bool = False
    accept_any_token: bool = True
    file_roots: tuple[Path, ...] = ()
    http_hosts: tuple[str, ...] = ()
    container_engine: str | None = None
    clock_skew: float = 15 * 60.0
    max_body: int = 1024 * 1024
    max_header: int = 64 * 1024
    client_patience: float = 30.0
    max_connections: int | None = None
    max_output: int = DEFAULT_MAX_OUTPUT
    empty_job_grace: float = 60.0
    terminating_for: float = 0.5
    lower_status: bool = False
    log: bool = False

    @property
    def url(self) -> str:
        """The URL of the service, for clients on this machine."""
        host = _ANYWHERE.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def key_bytes(self) -> bytes:
        """The account key as bytes."""
        return base64.b64decode(self.key, validate=True)

    def check(self) -> None:
        """Raise SettingsError for the first setting that cannot work."""
        _check_numbers(self)
        _check_account(self)
        _check_host(self)


def is_loopback(host: str) -> bool:
    """Return whether a host name or address can only be reached from this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _check_numbers(settings: Settings) -> None:
    if not 0 <= settings.port <= 65535:
        raise SettingsError(f"The port must be from 0 to 65535, not {settings.port}.")
    if settings.slots < 1:
        raise SettingsError(f"The number of slots must be at least 1, not {settings.slots}.")
    for name in ("clock_skew", "max_body", "max_header", "client_patience", "max_connections", "max_output"):
        if (value := getattr(settings, name)) is not None and value <= 0:
            raise SettingsError(f"{name} must be greater than 0.")
    for name in ("empty_job_grace", "terminating_for"):
        if getattr(settings, name) < 0:
            raise SettingsError(f"{name} must not be negative.")


def _check_account(settings: Settings) -> None:
    if not _ACCOUNT.fullmatch(settings.account):
        raise SettingsError("The account name must be 3 to 24 lower-case letters and digits.")
    try:
        empty = not settings.key_bytes
    except (binascii.Error, ValueError):
        raise SettingsError("The account key must be base64 text.") from None
    if empty:
        raise SettingsError("The account key must not be empty.")


def _check_host(settings: Settings) -> None:
    if is_loopback(settings.host):
        return
    if not settings.allow_remote:
        raise SettingsError(f"{settings.host} can be reached from other machines; allow that with --allow-remote.")
    if settings.key == DEVELOPMENT_KEY:
        raise SettingsError(
            "A service that other machines can reach needs a key of its own; the development key is public."
        )
