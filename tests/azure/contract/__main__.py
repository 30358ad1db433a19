"""The command: `python -m tests.azure.contract [--record FILE]`, with the account in the environment.

It ends with 0 if nothing differs, 1 if something does, 2 if nothing could be asked, 130 if it was interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

import httpx

from batchtasks.errors import BatchTasksError
from batchtasks_local import LocalBatch, Settings
from tests.azure.contract import recording, report
from tests.azure.contract.account import Account, NoAccountError, from_environment
from tests.azure.contract.ask import Asker, Exchange, new_prefix
from tests.azure.contract.mask import LeakError
from tests.azure.contract.question import Scenario
from tests.azure.questions import SCENARIOS

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class InterruptedRunError(BaseException):
    """A signal has ended the run; a base class like that of KeyboardInterrupt, so that nothing catches it by chance."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, compare, report; return the exit status."""
    options = _options(arguments)
    scenarios = [one for one in SCENARIOS if not options.only or one.name in options.only]
    try:
        account = from_environment(os.environ)
        asker = Asker(account, options.prefix or new_prefix(), options.patience)
        answers, complete, recorded = ask(asker, scenarios, options.record)
    except NoAccountError as error:
        print(error, file=sys.stderr)
        return 2
    except (BatchTasksError, httpx.HTTPError) as error:
        print(f"Could not ask: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    compared = None if options.no_local or not complete else ask_local(scenarios)
    findings = report.find(scenarios, answers, compared)
    print(*report.text(findings), sep="\n")
    if not complete:
        return 130
    return 2 if not recorded else 1 if findings.count else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    names = ", ".join(one.name for one in SCENARIOS)
    parser = argparse.ArgumentParser("make test-azure", description="Ask an account of Azure Batch what it answers.")
    parser.add_argument("--record", type=Path, metavar="FILE", help="write the answers without names, keys and ids")
    parser.add_argument("--only", action="append", metavar="NAME", help=f"only these questions: {names}")
    parser.add_argument("--no-local", action="store_true", help="do not ask the local service for comparison")
    parser.add_argument("--patience", type=float, default=60.0, help="seconds to wait for each state (default 60)")
    parser.add_argument("--prefix", help="beginning of the ids, if it should not be random")
    return parser.parse_args(arguments)


def ask(asker: Asker, scenarios: Sequence[Scenario], path: Path | None) -> tuple[list[Exchange], bool, bool]:
    """Ask an account, delete what was made, and write the recording, all of it also when interrupted.

    Returns the answers, whether all questions were asked, and whether the recording was written.
    """
    answers: list[Exchange] = []
    complete = False
    with _signals() as arm, asker:
        print(f"Jobs of this run begin with {asker.prefix}-; they are deleted at its end.", flush=True)
        try:
            arm(True)
            for answer in asker.ask(scenarios):
                answers.append(answer)
                _show_progress(answer, len(answers))
            complete = True
        except InterruptedRunError:
            print("Interrupted; deleting the jobs of this run.", flush=True)
        finally:
            arm(False)  # a second Ctrl-C must not leave jobs behind
            asker.clean_up()
        return answers, complete, path is None or _record(path, answers, asker)


@contextlib.contextmanager
def _signals() -> Iterator[Callable[[bool], None]]:
    """Yield a function that lets signals interrupt (True) or be ignored (False).

    After an interruption they are ignored until the program ends: one more would change its exit status.
    """
    armed = interrupted = False

    def arm(value: bool) -> None:
        nonlocal armed
        armed = value

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        if armed:
            interrupted = True
            arm(False)  # a second signal may come before the first has been dealt with
            raise InterruptedRunError

    before = {one: signal.signal(one, handle) for one in _SIGNALS}
    try:
        yield arm
    finally:
        for one, handler in before.items():
            signal.signal(one, signal.SIG_IGN if interrupted else handler)


def _show_progress(answer: Exchange, count: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{count}  {answer.scenario}: {answer.question}", end="\r", file=sys.stderr, flush=True)


def ask_local(scenarios: Sequence[Scenario]) -> list[Exchange]:
    """Ask a local service, which starts no tasks: like an account whose pool does not exist."""
    with LocalBatch(Settings(run=False, accept_any_token=False)) as batch:
        account = local_account(batch)
        with Asker(account, patience=1.0) as asker:
            return list(asker.ask(scenarios))


def local_account(batch: LocalBatch) -> Account:
    """Return the account of a local service."""
    settings = batch.service.settings
    return Account(settings.url, settings.account, settings.key_bytes)


def _record(path: Path, answers: Sequence[Exchange], asker: Asker) -> bool:
    try:
        recording.write(path, answers, [*asker.account.secrets, asker.prefix])
    except (LeakError, OSError) as error:
        print(error, file=sys.stderr)
        return False
    print(f"Recording without names: {path} ({time.strftime('%Y-%m')}). Look through it before you send it.")
    return True


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # during the report: everything is deleted and recorded by then
        sys.exit(130)
