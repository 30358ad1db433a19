"""What one client's work cost: CPU and wall seconds, and the peak of memory. Standard library only: it runs everywhere."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="
ACCOUNT = "bench"
JOB = "job1"


def arguments() -> tuple[str, str, int, int]:
    """Operation, URL, number of tasks, concurrency; `cold` may follow."""
    operation, url, count, concurrency = sys.argv[1:5]
    return operation, url, int(count), int(concurrency)


# What every client does before its clock starts, so that nothing counts twice that it imports at first use: one request.
FIRST = 100


def measure(work: Callable[[int], int], count: int) -> None:
    """Do the work on a few tasks (unless `cold`: a server that keeps them would find them again), then on so many.

    Prints what the latter cost, and how many tasks it says it saw.
    """
    if "cold" not in sys.argv[5:]:
        work(FIRST)
    cpu, wall = time.process_time(), time.perf_counter()
    seen = work(count)
    cost = {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "seen": seen,
    }
    print(json.dumps(cost))
