"""Fill a data folder of the local service with tasks that have run, faster than running them.

python bench/fill.py FOLDER JOB TASKS COMPLETED      every thousandth of the completed ones has failed
"""

from __future__ import annotations

import sys
from pathlib import Path

from batchtasks_local.domain import checks, clock, job_moves
from batchtasks_local.domain.records import Outcome
from batchtasks_local.runner.files.directories import node_info
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.store import FinishedRun, Store

AT_ONCE = 1000


def fill(store: Store, job_id: str, count: int, completed: int) -> None:
    """Add tasks t0, t1, ...; start and end the first of them through the store, as the runner does."""
    store.add_job(job_moves.new_job({"id": job_id, "poolInfo": {"poolId": "pool1"}}, clock.now()))
    capacity = Capacity(
        AT_ONCE, AT_ONCE, lambda job, task: True, lambda job, task: node_info(job.pool_id, job.id, task)
    )
    for start in range(0, count, AT_ONCE):
        some = [{"id": f"t{n}", "commandLine": "/bin/true"} for n in range(start, min(start + AT_ONCE, count))]
        store.add_tasks(job_id, checks.check_add, some)
        if start < completed:
            running = [task for task, _ in store.advance([], capacity)]
            store.advance([FinishedRun(task.seq, task.run, clock.now(), _outcome(task.id)) for task in running], None)


def _outcome(task_id: str) -> Outcome:
    return Outcome(exit_code=1 if task_id.endswith("000") else 0)


def main() -> None:
    folder, job_id, count, completed = sys.argv[1:5]
    store = Store(Path(folder))
    fill(store, job_id, int(count), int(completed))
    store.close()


if __name__ == "__main__":
    main()
