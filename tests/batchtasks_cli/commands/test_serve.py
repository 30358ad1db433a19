"""`serve`: its options are the service's settings, and it runs until Ctrl-C."""

from __future__ import annotations

import base64
import dataclasses
import inspect
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import attrs
import pytest

from batchtasks_cli.commands import serve as module
from batchtasks_local.settings import Settings
from tests.batchtasks_cli.support import Cli

# Of interest to tests of the service only.
NOT_OFFERED = {"max_header", "client_patience", "empty_job_grace", "terminating_for"}
OPTION_OF = {"key": "key_file"}


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Keep the settings that the command would start the service with, if they are not the defaults of its package."""
    calls: list[dict[str, Any]] = []

    def keep(settings: Settings, announce: object) -> int:
        given, defaults = attrs.asdict(settings, recurse=False), attrs.asdict(Settings(), recurse=False)
        calls.append({name: value for name, value in given.items() if value != defaults[name]})
        return 0

    monkeypatch.setattr("batchtasks_local.serve", keep)
    return calls


def test_every_setting_of_the_service_has_its_option() -> None:
    options = {
        *inspect.signature(module.serve).parameters,
        *(each.name for each in dataclasses.fields(module.ServiceOptions)),
    }
    for field in attrs.fields(Settings):
        if field.name not in NOT_OFFERED:
            assert OPTION_OF.get(field.name, field.name) in options


def test_the_defaults(seen: list[dict[str, Any]], tmp_path: Path) -> None:
    Cli()("serve")
    (given,) = seen
    assert given == {"port": 10100, "data": tmp_path / "data" / "batchtasks"}


def test_without_xdg_data_home_the_folder_is_below_local_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    assert module.data_folder() == Path.home() / ".local" / "share" / "batchtasks"


def test_all_options_reach_the_service(seen: list[dict[str, Any]], tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(base64.b64encode(b"my own").decode() + "\n")
    words = "--host 0.0.0.0 --port 4711 --allow-remote --account-name mine --in-memory --slots 3 --no-run --no-tokens"
    words += f" --key-file {key} --file-root {tmp_path} --http-host example.org --http-host other:81"
    words += " --container-engine docker --clock-skew 60 --max-body 2048 --max-connections 50 --max-output 4096"
    words += " --lower-status --log"
    Cli()("serve", *words.split())
    (given,) = seen
    assert given == {
        "host": "0.0.0.0",
        "port": 4711,
        "allow_remote": True,
        "account": "mine",
        "key": base64.b64encode(b"my own").decode(),
        "slots": 3,
        "run": False,
        "accept_any_token": False,
        "file_roots": (tmp_path,),
        "http_hosts": ("example.org", "other:81"),
        "container_engine": "docker",
        "clock_skew": 60.0,
        "max_body": 2048,
        "max_connections": 50,
        "max_output": 4096,
        "lower_status": True,
        "log": True,
    }


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--data", "x", "--in-memory"], "exclude each other"),
        (["--host", "0.0.0.0"], "--allow-remote"),
        (["--host", "0.0.0.0", "--allow-remote"], "needs a key of its own"),
        (["--account-name", "A B"], "account name"),
        (["--key-file", "no-such-file"], "No such file"),
    ],
)
def test_settings_that_cannot_work_are_named(words: list[str], what: str) -> None:
    assert what in Cli()("serve", *words, status=2).error()[0]


@pytest.mark.parametrize("missing", ["batchtasks_local", "uvicorn"])
def test_a_missing_extra_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("batchtasks_local") or name == missing]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    what, remedy = Cli()("serve", "--in-memory", status=2).error()
    assert what == f"The local service is not installed ({missing} is missing)."
    assert remedy == "pip install 'batchtasks[local]'"


def test_it_serves_and_ends_with_ctrl_c() -> None:
    cli = Cli()
    process = cli.process("serve", "--port", "0", "--in-memory")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        url, account, key = line.split()
        assert account == "account=localbatch"
        name, secret = account.partition("=")[2], key.partition("=")[2]
        account_env = {"BATCH_ACCOUNT_URL": url, "BATCH_ACCOUNT_NAME": name, "BATCH_ACCOUNT_KEY": secret}
        ran = cli.run("job", "add", "j", "--pool", "p", env={**os.environ, **account_env})
        assert (ran.status, ran.out) == (0, "Job j was added.\n")
        # The built-in account is the same, at its usual port or at another.
        assert cli.run("job", "list", "--account", "local", "--url", url).status == 0
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        assert process.returncode in (0, 130)
    finally:
        cli.close()


def test_a_port_that_is_taken_is_told() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        began = time.monotonic()
        ran = Cli().run("serve", "--port", taken.getsockname()[1], "--in-memory")
    assert ran.status == 1
    assert str(taken) not in ran.err
    assert ran.err.strip()
    assert time.monotonic() - began < 30
