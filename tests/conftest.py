"""What holds for all tests."""

from __future__ import annotations

import gc
import os
import signal
import ssl
from collections.abc import Generator, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import settings


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Use one process more than there are cores, because many tests wait for something; eight at most."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(8, cores + 1)


# The machine may be busy: how long a case takes is no matter of right or wrong.
settings.register_profile("any speed", deadline=None)
settings.load_profile("any speed")


def pytest_configure() -> None:
    """Let signals do what they do by themselves in the programs that the tests start and signal.

    A shell script that runs the tests in the background makes them ignore Ctrl-C, nohup the closing of the terminal, and
    programs inherit what is ignored, but not what is handled.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Windows has no SIGHUP.
    hangup: signal.Signals | None = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) is signal.SIG_IGN:
        signal.signal(hangup, lambda number, frame: None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave what is there once the tests are collected out of the garbage collector's sight: a million objects that stay.

    To look through them each time took a third of the collection and a tenth of the tests.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _certificates_once() -> Iterator[None]:
    """Load the certificates once and not for each of a thousand clients that never use them: that takes 20 to 50 ms."""
    made: dict[tuple[object, ...], ssl.SSLContext] = {}
    make = httpx.create_ssl_context

    def create_ssl_context(**options: Any) -> ssl.SSLContext:
        if options.get("verify", True) is not True or options.get("cert"):
            return make(**options)
        places = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"), options.get("trust_env", True)
        if places not in made:
            made[places] = make(**options)
        return made[places]

    with pytest.MonkeyPatch.context() as patch:
        for module in ("httpx", "httpx._transports.default"):
            patch.setattr(f"{module}.create_ssl_context", create_ssl_context)
        yield
