"""Run tests in forks of a process that has the libraries loaded already. A line of JSON in, a line of JSON out."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time
from contextlib import suppress

# Seconds; no test near a mutant takes more than a few.
TIME_OF_A_TEST = 20

# What no mutant is made of, and takes long to import.
_LOADED = (
    "attrs dateutil.parser h11 httpcore httpx hypothesis hypothesis.stateful hypothesis.strategies jsonschema_rs orjson"
    " pytest pytest_httpx schemathesis.pytest.plugin starlette.applications uvicorn batchtasks_rest.models batchtasks_rest.api"
)


def main() -> None:
    """Answer requests until standard input ends."""
    for name in _LOADED.split():
        with suppress(ImportError):
            importlib.import_module(name)
    for line in sys.stdin:
        began = time.monotonic()
        outcome, output = _run(**json.loads(line))
        print(json.dumps({"outcome": outcome, "seconds": time.monotonic() - began, "output": output}), flush=True)


def _run(arguments: list[str], limit: float, log: str) -> tuple[str, str]:
    """Return `survived`, `killed` or `timeout`, and the end of what pytest wrote."""
    child = os.fork()
    if child == 0:
        _test(arguments, log)
    status = _wait(child, limit)
    with suppress(ProcessLookupError):
        # What the tests started and left.
        os.killpg(child, signal.SIGKILL)
    with open(log, errors="replace") as file:
        output = file.read()[-1500:]
    if status is None:
        os.waitpid(child, 0)
    if status is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM):
        return "timeout", output
    return "survived" if status == 0 else "killed", output


def _wait(child: int, limit: float) -> int | None:
    end = time.monotonic() + limit
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        time.sleep(0.02)
    return None


class _EachInTime:
    """A plugin of pytest that ends the process with a test that goes on and on."""

    def pytest_runtest_logstart(self) -> None:
        signal.alarm(TIME_OF_A_TEST)

    def pytest_runtest_logfinish(self) -> None:
        signal.alarm(0)


def _test(arguments: list[str], log: str) -> None:
    os.setsid()
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for standard in (1, 2):
        os.dup2(out, standard)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    import pytest
    from hypothesis import Phase, settings

    # That there is a failing example is enough; it need not be the smallest.
    settings.register_profile("mutation", phases=[Phase.explicit, Phase.generate], database=None)
    settings.load_profile("mutation")
    status = 1
    try:
        status = int(pytest.main(arguments, plugins=[_EachInTime()]))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
