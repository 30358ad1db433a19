"""Files in and out of a storage container: Azurite, from npm, beside the local service, as docs/how-to/files.md shows it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from batchtasks.testing import local_batch
from tests.docs.blocks import blocks_of
from tests.package.support import ROOT
from tests.programs.support import environment, node_program, run

pytestmark = pytest.mark.slow
PAGE = ROOT / "docs" / "how-to" / "files.md"
PACKAGES = ("azure-storage-blob>=12.20", "httpx>=0.28,<1", "attrs>=23.2", "python-dateutil>=2.9.0")
FROM_CHECKOUT = {"PYTHONPATH": f"{ROOT / 'overlays'}:{ROOT / 'generated'}"}


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a running Azurite."""
    program = node_program("azurite@3.35.0", "azurite-blob")
    if program is None:
        pytest.skip("this machine has no npm")
    port, folder = free_port(), tmp_path_factory.mktemp("azurite")
    options = (
        "--inMemoryPersistence",
        "--skipApiVersionCheck",
        "--silent",
        "--disableTelemetry",
        "--blobPort",
        str(port),
    )
    with subprocess.Popen([program, *options], cwd=folder) as process:
        try:
            wait_until_open(port)
            yield port
        finally:
            process.terminate()


def wait_until_open(port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < end, "Azurite does not answer"
            time.sleep(0.1)
        else:
            return


def program_of_the_page(port: int) -> str:
    """Return the page's program that uses Azurite, with the port of this one."""
    blocks = [one.code for one in blocks_of(PAGE.read_text(encoding="utf-8")) if "devstoreaccount1" in one.code]
    assert len(blocks) == 1
    assert "127.0.0.1:10000" in blocks[0]
    return blocks[0].replace("127.0.0.1:10000", f"127.0.0.1:{port}")


def run_page(folder: Path, port: int, container: str, hosts: tuple[str, ...]) -> str:
    """Run the page's program against a service that may reach these hosts."""
    script = folder / "page.py"
    script.write_text(program_of_the_page(port).replace('"work"', f'"{container}"'), encoding="utf-8")
    with local_batch(http_hosts=hosts) as batch:
        variables = {**batch.environment, **FROM_CHECKOUT}
        return run(environment("storage", *PACKAGES), script, variables=variables, cwd=folder)


def test_the_program_of_the_page(tmp_path: Path, storage: int) -> None:
    assert run_page(tmp_path, storage, "work", (f"127.0.0.1:{storage}",)).strip() == "b'16\\n'"


def test_without_the_option_nothing_is_fetched(tmp_path: Path, storage: int) -> None:
    with pytest.raises(AssertionError, match=r"BlobNotFound|BlobAccessDenied|does not exist"):
        run_page(tmp_path, storage, "closed", ())
