"""Starting and ending: one line when it answers, one sentence when it cannot, a clean end on a signal."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx
import pytest

from batchtasks.errors import ConfigurationError
from batchtasks.testing import local_batch
from batchtasks_local import CannotServeError, LocalBatch, Settings, serve
from batchtasks_local import settings as settings_module
from batchtasks_local.settings import DEVELOPMENT_KEY

HERE = {"Authorization": "Bearer token"}
LINE = re.compile(r"(http://127\.0\.0\.1:\d+) account=localbatch key=(\S+)\n")
PROGRAM = (
    "import sys; from pathlib import Path; from batchtasks_local.server import serve, Settings;"
    "sys.exit(serve(Settings(data=Path(sys.argv[1]) if len(sys.argv) > 1 else None, slots=1, log=True)))"
)


@contextmanager
def command(*arguments: str, before: tuple[str, ...] = (), **variables: str) -> Iterator[subprocess.Popen[str]]:
    """Run the service in another process."""
    path = str(Path(settings_module.__file__).parents[1])
    process = subprocess.Popen(
        [*before, sys.executable, "-c", PROGRAM, *arguments],
        env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def out(process: subprocess.Popen[str]) -> IO[str]:
    """Its standard output."""
    assert process.stdout is not None
    return process.stdout


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_one_line_and_a_clean_end(sign: signal.Signals) -> None:
    """The line has what a client needs; it comes when requests are answered; a signal ends it with status 0."""
    with command() as process:
        found = LINE.fullmatch(out(process).readline())
        assert found is not None
        assert found[2] == DEVELOPMENT_KEY
        assert httpx.get(f"{found[1]}/jobs?api-version=2025-06-01", headers=HERE).status_code == 200
        process.send_signal(sign)
        rest, log = process.communicate(timeout=20)
        assert (process.returncode, rest) == (0, "")
        assert "GET /jobs 200" in log
        assert "Traceback" not in log


def ask(url: str, path: str, body: object) -> None:
    """Add something."""
    answer = httpx.post(f"{url}{path}?api-version=2025-06-01", json=body, headers=HERE)
    assert answer.status_code == 201, answer.text


def until(true: Callable[[], object]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def refuses(url: str) -> bool:
    """Whether nobody listens there any more."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) != 0


@pytest.mark.parametrize(
    "signs",
    [
        [signal.SIGHUP],
        [signal.SIGINT, signal.SIGINT],
        [signal.SIGINT, signal.SIGINT, signal.SIGINT],
        [signal.SIGTERM, signal.SIGINT],
    ],
)
def test_whoever_is_impatient_leaves_nothing_behind(tmp_path: Path, signs: list[signal.Signals]) -> None:
    """A terminal that is closed, Ctrl-C again and again while a task does not want to end: no process, no file."""
    pid = tmp_path / "pid"
    (tmp_path / "temp").mkdir()
    stubborn = f"/bin/sh -c 'trap \"\" TERM HUP INT; echo $$ > {pid}; while true; do sleep 0.05; done'"
    with command(TMPDIR=str(tmp_path / "temp")) as process:
        url = out(process).readline().split()[0]
        ask(url, "/jobs", {"id": "j", "poolInfo": {"poolId": "p"}})
        ask(url, "/jobs/j/tasks", {"id": "t", "commandLine": stubborn})
        until(lambda: pid.exists() and pid.read_text())
        for sign in signs:
            process.send_signal(sign)
            until(lambda: refuses(url))
        _, log = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "Traceback" not in log
    until(lambda: not Path(f"/proc/{int(pid.read_text())}").exists())
    until(lambda: not list((tmp_path / "temp").iterdir()))


def test_nohup(tmp_path: Path) -> None:
    """Where the closing of a terminal is to be ignored, it is."""
    with command(before=("nohup",)) as process:
        url = out(process).readline().split()[0]
        process.send_signal(signal.SIGHUP)
        ask(url, "/jobs", {"id": "j", "poolInfo": {"poolId": "p"}})
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_ends_with_a_client_connected() -> None:
    """An idle connection does not keep the service alive."""
    with command() as process:
        found = LINE.fullmatch(out(process).readline())
        assert found is not None
        with httpx.Client(base_url=found[1]) as client:
            client.get("/jobs?api-version=2025-06-01", headers=HERE)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0


def test_survives_that_nobody_reads_its_log() -> None:
    """A closed pipe is not an error."""
    with command() as process:
        found = LINE.fullmatch(out(process).readline())
        assert found is not None
        out(process).close()
        assert process.stderr is not None
        process.stderr.close()
        for _ in range(3):
            assert httpx.get(f"{found[1]}/jobs?api-version=2025-06-01", headers=HERE).status_code == 200


def test_busy_port(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1 and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve(Settings(port=port)) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == f"Port {port} on 127.0.0.1 is in use; name another with --port, or 0 for a free one.\n"


def test_data_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Such as one below a file."""
    (tmp_path / "file").write_text("")
    assert serve(Settings(data=tmp_path / "file" / "data")) == 1
    assert capsys.readouterr().err.startswith(f"The data folder {tmp_path}/file/data cannot be written:")


def test_data_folder_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second service is refused, and the first goes on."""
    with LocalBatch(Settings(data=tmp_path, run=False)) as first:
        assert serve(Settings(data=tmp_path)) == 1
        assert "is in use by another local Batch service" in capsys.readouterr().err
        assert httpx.get(f"{first.url}/jobs?api-version=2025-06-01", headers=HERE).status_code == 200


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (Settings(host="0.0.0.0"), "0.0.0.0 can be reached from other machines; allow that with --allow-remote."),
        (Settings(host="0.0.0.0", allow_remote=True), "A service that other machines can reach needs a key of its own"),
        (
            Settings(host="no.such.host.invalid", allow_remote=True, key="YWJj"),
            "The host no.such.host.invalid cannot be",
        ),
        (Settings(port=70000), "The port must be from 0 to 65535, not 70000."),
        (Settings(slots=0), "The number of slots must be at least 1, not 0."),
        (Settings(key="not base64!"), "The account key must be base64 text."),
        (Settings(key=""), "The account key must not be empty."),
        (Settings(account="A b"), "The account name must be 3 to 24"),
        (Settings(clock_skew=0), "clock_skew must be greater than 0."),
    ],
)
def test_settings_that_cannot_work(settings: Settings, sentence: str) -> None:
    """One sentence each, before anything is opened."""
    with pytest.raises(CannotServeError) as caught:
        LocalBatch(settings).start()
    assert str(caught.value).startswith(sentence)


def test_local_batch_says_why_it_cannot_start(tmp_path: Path) -> None:
    """As the errors of the package are, with the same sentence; and it is closed when the block ends."""
    with local_batch(data=tmp_path, run=False) as batch:
        with pytest.raises(ConfigurationError, match=r"^The data folder .* is in use by another local Batch service"):
            local_batch(data=tmp_path).__enter__()
        assert httpx.get(f"{batch.url}/jobs?api-version=2025-06-01", headers=HERE).status_code == 200
    with pytest.raises(ConfigurationError, match=r"^The number of slots must be at least 1, not 0\.$"):
        local_batch(slots=0).__enter__()
    with local_batch(data=tmp_path, run=False):
        pass


def test_what_was_added_is_there_after_a_restart(tmp_path: Path) -> None:
    """A data folder keeps jobs and tasks."""
    query = {"api-version": "2025-06-01"}
    with LocalBatch(Settings(data=tmp_path, run=False)) as batch:
        job = {"id": "kept", "poolInfo": {"poolId": "p"}}
        assert httpx.post(f"{batch.url}/jobs", params=query, json=job, headers=HERE).status_code == 201
    with LocalBatch(Settings(data=tmp_path, run=False)) as batch:
        assert httpx.get(f"{batch.url}/jobs/KEPT", params=query, headers=HERE).json()["id"] == "kept"


def test_local_batch_leaves_nothing_behind() -> None:
    """No socket; a second close does nothing; outside a with block it says so."""
    batch = LocalBatch(Settings(slots=1))
    with pytest.raises(RuntimeError, match="with block"):
        _ = batch.url
    with batch:
        url = batch.url
    batch.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_local_batch_leaves_no_thread_behind() -> None:
    """In another process, because other services in this one start and end threads."""
    script = (
        "import threading; from urllib.request import urlopen;"
        "from batchtasks_local.server import LocalBatch, Settings;"
        "batch = LocalBatch(Settings(slots=1)).__enter__(); urlopen(batch.url).read(); batch.close();"
        # It removes what other services have left, in its own time, and then ends by itself.
        "[one.join(20) for one in threading.enumerate() if one.name == 'batch-leftovers'];"
        "print([one.name for one in threading.enumerate()])"
    )
    path = str(Path(settings_module.__file__).parents[1])
    environment = {"PYTHONPATH": path, "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "['MainThread']\n"


def test_two_services_at_once() -> None:
    """Each has its own port and its own jobs."""
    job = {"id": "j", "poolInfo": {"poolId": "p"}}
    query = {"api-version": "2025-06-01"}
    with LocalBatch(Settings(slots=1)) as one, LocalBatch(Settings(slots=1)) as other:
        assert httpx.post(f"{one.url}/jobs", params=query, json=job, headers=HERE).status_code == 201
        assert httpx.get(f"{other.url}/jobs/j", params=query, headers=HERE).status_code == 404


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:5"),
        ("localhost", "http://localhost:5"),
        ("::1", "http://[::1]:5"),
        ("0.0.0.0", "http://127.0.0.1:5"),
        ("::", "http://[::1]:5"),
    ],
)
def test_the_url_is_one_that_clients_can_use(host: str, url: str) -> None:
    """Also the one in the environment of tasks, if the service listens on all addresses."""
    assert Settings(host=host, port=5).url == url


def test_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence says that it does not run there, and what does."""
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(ConfigurationError, match=r"needs Linux, macOS .* On Windows, .* in WSL"):
        local_batch().__enter__()


@pytest.mark.parametrize("portable", ["", "1"])
def test_what_does_not_hold_elsewhere_is_said_at_the_start(portable: str) -> None:
    """A service without what only Linux has runs, and says what it cannot do."""
    with command(BATCHTASKS_PORTABLE=portable) as process:
        assert LINE.fullmatch(out(process).readline())
        process.terminate()
        _, said = process.communicate()
        assert ("tasks are ended with their process groups only" in said) is bool(portable)
