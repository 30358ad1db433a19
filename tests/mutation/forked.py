"""Collect tests once, then run them in a fork for each mutant. A line of JSON in, a line of JSON out.

    python forked.py IN OUT ARGUMENTS...

`IN` and `OUT` are open file descriptors. A mutant that changes functions only is made in the fork: the functions get other
code. Others have to be in the file before this process imports it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from contextlib import suppress
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType
from typing import Any

import pytest
from hypothesis import Phase, settings

# Seconds of processor time, and of any time; no test near a mutant takes more than a few.
_BUSY, _WAITING = 15, 120


class Forks:
    """A plugin of pytest that takes requests in place of running the tests at once."""

    def __init__(self, requests: int, answers: int) -> None:
        self._requests = os.fdopen(requests)
        self._answers = os.fdopen(answers, "w")
        self._log: int | None = None

    def pytest_runtestloop(self) -> bool | None:
        """Return None in a fork, where pytest goes on with the tests, and True after the last request."""
        for line in self._requests:
            request = json.loads(line)
            codes = _changed_functions(request["before"], request["after"]) if request["before"] else {}
            if codes is None:
                self._answer({"outcome": "elsewhere"})
                continue
            began = time.monotonic()
            child = os.fork()
            if child == 0:
                self._begin(codes, request["log"])
                return None
            outcome = _wait(child, request["limit"])
            with open(request["log"], errors="replace") as file:
                output = file.read()[-1500:]
            self._answer({"outcome": outcome, "seconds": time.monotonic() - began, "output": output})
        return True

    def _answer(self, answer: dict[str, Any]) -> None:
        self._answers.write(json.dumps(answer) + "\n")
        self._answers.flush()

    def _begin(self, codes: dict[CodeType, CodeType], log: str) -> None:
        os.setsid()
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for one in gc.get_objects() if codes else ():
            if type(one) is FunctionType and one.__code__ in codes:
                one.__code__ = codes[one.__code__]

    def pytest_runtest_logstart(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, _BUSY)
        signal.alarm(_WAITING)

    def pytest_runtest_logfinish(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self._log is not None:
            os.write(self._log, f"{report.nodeid}\n{report.longreprtext}".encode())

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        if self._log is not None:
            os._exit(exitstatus)


def _wait(child: int, limit: float) -> str:
    """Return `survived`, `killed` or `timeout`, and end what the tests started and left."""
    end, status = time.monotonic() + limit, None
    while status is None and time.monotonic() < end:
        done, found = os.waitpid(child, os.WNOHANG)
        status = found if done else None
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if status is None:
        os.waitpid(child, 0)
        return "timeout"
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGPROF):
        return "timeout"
    return "killed" if status else "survived"


def _changed_functions(before: str, after: str) -> dict[CodeType, CodeType] | None:
    """Return the new code of each function that differs; None if more than functions differ, or none of them is there."""
    codes = _differences(compile(before, "", "exec"), compile(after, "", "exec"))
    there = {one.__code__ for one in gc.get_objects() if type(one) is FunctionType} if codes else set()
    return codes if codes and there >= codes.keys() else None


def _differences(old: CodeType, new: CodeType) -> dict[CodeType, CodeType] | None:
    """Compare the bodies of modules and classes."""
    if _alone(old) != _alone(new):
        return None
    found: dict[CodeType, CodeType] = {}
    for one, other in zip(_inner(old), _inner(new), strict=True):
        if one.co_flags & CO_OPTIMIZED:
            if one != other:
                found[one] = other
        elif (deeper := _differences(one, other)) is not None:
            found |= deeper
        else:
            return None
    return found


def _inner(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _alone(code: CodeType) -> CodeType:
    """Return the code without that of the functions in it, and without the places of words in lines."""
    constants = tuple(None if isinstance(constant, CodeType) else constant for constant in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=b"")


def main(requests: str, answers: str, *arguments: str) -> None:
    # That there is a failing example is enough; it need not be the smallest.
    settings.register_profile("mutation", phases=[Phase.explicit, Phase.generate], database=None)
    settings.load_profile("mutation")
    sys.exit(pytest.main(list(arguments), plugins=[Forks(int(requests), int(answers))]))


if __name__ == "__main__":
    main(*sys.argv[1:])
