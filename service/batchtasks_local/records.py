"""What the store keeps: one job, one task, as plain values. Times are .NET ticks (100 ns since 0001-01-01, UTC)."""

from __future__ import annotations

from typing import Any, Literal

from attrs import field, frozen

TaskState = Literal["active", "preparing", "running", "completed"]
JobState = Literal["active", "disabling", "disabled", "enabling", "terminating", "completed", "deleting"]


@frozen
class JobRecord:
    """A job: what the caller asked for (`spec`, wire names, defaults filled in) and what the service made of it.

    `disable_tasks` is what was asked of running tasks (requeue, terminate, wait) when the job was last disabled.
    """

    id: str
    spec: dict[str, Any]
    state: JobState
    created: int
    modified: int
    state_since: int
    previous_state: JobState | None = None
    previous_since: int | None = None
    started: int | None = None
    ended: int | None = None
    terminate_reason: str | None = None
    disable_tasks: str | None = None
    seq: int = 0


@frozen
class Usage:
    """What the processes of a task have used, over all of its runs that have ended.

    user, kernel: seconds of processor time. read_blocks, written_blocks: blocks of 512 bytes. wall: ticks from the start
    of each run to its end.
    """

    user: float = 0.0
    kernel: float = 0.0
    read_blocks: int = 0
    written_blocks: int = 0
    wall: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.user + other.user,
            self.kernel + other.kernel,
            self.read_blocks + other.read_blocks,
            self.written_blocks + other.written_blocks,
            self.wall + other.wall,
        )


@frozen
class JobUsage:
    """What all tasks of a job have used, also those that were deleted since.

    wait: ticks from the adding of each completed task to its latest start. retries: how many tries were not the first.
    """

    usage: Usage = Usage()
    wait: int = 0
    retries: int = 0


@frozen
class TaskRecord:
    """A task: what the caller asked for (`spec`, wire names, defaults filled in) and how far it has come.

    `seq` grows with every task added to the store and is the order of listing; `run` counts starts of the process, so
    that the end of an older run is told from the end of the present one.

    `failure` is a failureInfo in wire form. `node` is a nodeInfo without its two URLs, which depend on where the
    service listens: affinityId, poolId, nodeId, taskRootDirectory. `subtasks` are SubtaskInformation objects in wire
    form, each with such a nodeInfo.
    """

    job_id: str
    id: str
    spec: dict[str, Any]
    state: TaskState
    created: int
    modified: int
    state_since: int
    previous_state: TaskState | None = None
    previous_since: int | None = None
    started: int | None = None
    ended: int | None = None
    exit_code: int | None = None
    result: Literal["success", "failure"] | None = None
    failure: dict[str, Any] | None = None
    retry_count: int = 0
    last_retry: int | None = None
    requeue_count: int = 0
    last_requeue: int | None = None
    node: dict[str, Any] | None = None
    subtasks: list[dict[str, Any]] = field(factory=list)
    run: int = 0
    seq: int = 0
    usage: Usage | None = None


@frozen
class Counts:
    """Tasks of a job, or their slots, by state; running includes preparing."""

    active: int = 0
    running: int = 0
    succeeded: int = 0
    failed: int = 0


@frozen
class Hints:
    """What holds for every task that meets a condition; None where nothing is known of it.

    states, ids (lower case): the only ones that there can be. failed: only failed tasks. ended: only tasks that ended
    then or later, in ticks. prefix: only ids that begin so (lower case).
    """

    states: tuple[str, ...] | None = None
    ids: tuple[str, ...] | None = None
    failed: bool = False
    ended: int | None = None
    prefix: str | None = None


@frozen
class Where:
    """A condition on rows as SQL text over the listed columns, with its parameters, and what it implies.

    Columns of tasks: id, state, created, modified, state_since, started, ended, exit_code, result.
    Columns of jobs: id, state, created, modified, state_since, started, ended, pool_id.
    """

    sql: str
    parameters: tuple[str | int, ...] = ()
    hints: Hints = Hints()
