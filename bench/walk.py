"""Count how many of our files and functions one request passes, with a warm connection to the stub.

python bench/walk.py [--list]
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from attrs import define, field

from batchtasks import BatchClient, SharedKeyCredential, task

ROOT = Path(__file__).resolve().parent.parent
OURS = (str(ROOT / "overlays") + "/", str(ROOT / "generated") + "/")
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="


@define
class Walk:
    """The calls of our functions, in their order."""

    calls: list[tuple[str, str]] = field(factory=list)

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(OURS):
            self.calls.append((name.removeprefix(str(ROOT) + "/"), frame.f_code.co_name))

    @property
    def files(self) -> list[str]:
        """The files that were passed, in the order of the first call."""
        return list(dict.fromkeys(name for name, _ in self.calls))

    @property
    def changes(self) -> int:
        """How often a call is in another file than the one before."""
        return sum(one[0] != other[0] for one, other in zip(self.calls, self.calls[1:], strict=False))


def walk(work: Callable[[], object]) -> Walk:
    """Return the walk of a piece of work, done once before so that imports and connections are there."""
    work()
    found = Walk()
    sys.setprofile(found)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


def main() -> None:
    stub = subprocess.Popen([sys.executable, str(ROOT / "bench" / "stub_server.py")], stdout=subprocess.PIPE, text=True)
    try:
        assert stub.stdout is not None
        url = f"http://127.0.0.1:{int(stub.stdout.readline())}"
        with BatchClient(url, SharedKeyCredential("account", KEY)) as client:
            one = [task("t1", "true")]
            works: dict[str, Callable[[], object]] = {
                'client.task.get("job1", "t1")': lambda: client.task.get("job1", "t1"),
                "client.task.add_collection of one task": lambda: client.task.add_collection(
                    "job1", one, concurrency=1
                ),
            }
            for name, work in works.items():
                found = walk(work)
                functions = len(set(found.calls))
                print(
                    f"{name}: {len(found.files)} files, {functions} functions, {len(found.calls)} calls, "
                    f"{found.changes} changes of file"
                )
                if "--list" in sys.argv:
                    print("\n".join(f"  {file}" for file in found.files))
    finally:
        stub.kill()
        stub.wait()


if __name__ == "__main__":
    main()
