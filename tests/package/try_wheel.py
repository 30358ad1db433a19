"""Run by .ci/run where only the wheel and its extras are installed: serve, then add, run and list ten tasks.

Not a test module: it must not see this checkout, so it is copied out of it and run by itself.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import batchtasks
from batchtasks import BatchClient, SharedKeyCredential, task
from batchtasks.models import JobAddParameter, PoolInformation, TaskState


def main() -> None:
    assert "site-packages" in Path(batchtasks.__file__).parts, batchtasks.__file__
    command = Path(sys.executable).with_name("batchtasks")
    service = subprocess.Popen([command, "serve", "--port", "0", "--in-memory"], stdout=subprocess.PIPE, text=True)
    try:
        assert service.stdout is not None
        line = service.stdout.readline()
        found = re.fullmatch(r"(http://\S+) account=(\S+) key=(\S+)\n", line)
        assert found, line
        url, account, key = found.groups()
        with urlopen(f"{url}/_page/main.js") as page:
            assert page.status == 200
        with BatchClient(url, SharedKeyCredential(account, key)) as client:
            client.job.add(JobAddParameter(id="wheel", pool_info=PoolInformation(pool_id="any")))
            client.task.add_collection("wheel", (task(f"t{i}", "/bin/sh -c 'echo ran'") for i in range(10)))
            client.task.wait("wheel", timeout=timedelta(minutes=1))
            states = {t.id: t.state for t in client.task.list("wheel")}
            assert states == {f"t{i}": TaskState.COMPLETED for i in range(10)}, states
            assert client.file.get_from_task("wheel", "t3", "stdout.txt") == b"ran\n"
    finally:
        service.terminate()
        assert service.wait(20) == 0
    print("wheel: ten tasks added, run and listed")


if __name__ == "__main__":
    main()
