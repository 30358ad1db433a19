"""Jobs and tasks as the store keeps them, as plain values. All times are ticks (see `clock`)."""

from __future__ import annotations

from typing import Any, Literal, get_args

from attrs import field, frozen

# No task here is ever `preparing`; the state is known because a filter may name it.
TaskState = Literal["active", "preparing", "running", "completed"]
JobState = Literal["active", "disabling", "disabled", "enabling", "terminating", "completed", "deleting"]
TaskResult = Literal["success", "failure"]

TASK_STATES: tuple[TaskState, ...] = get_args(TaskState)
JOB_STATES: tuple[JobState, ...] = get_args(JobState)
TASK_RESULTS: tuple[TaskResult, ...] = get_args(TaskResult)


@frozen
class SpecialTask:
    """How far the preparation or release task of a job has come on the one node. `run` counts its runs."""

    state: Literal["running", "completed"]
    started: int
    run: int = 1
    ended: int | None = None
    exit_code: int | None = None
    failure: dict[str, Any] | None = None
    result: TaskResult | None = None
    retry_count: int = 0
    last_retry: int | None = None


@frozen
class JobRecord:
    """A job: what the caller specified and what the service made of it.

    Attributes:
        spec: The members of the request, with defaults filled in, by their names in JSON.
        disable_tasks: What was asked for running tasks (requeue, terminate or wait) when the job was last disabled.
        preparation, release: Its special tasks; None until they start.
        pool_id: The pool that it runs on; for an auto pool the id that the service has made.
        seq: The number of the job in the store; it grows with every job.
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
    pool_id: str | None = None
    preparation: SpecialTask | None = None
    release: SpecialTask | None = None
    seq: int = 0


@frozen
class PoolRecord:
    """A pool: what the caller specified, with defaults. `resized` is when its size was last asked for."""

    id: str
    spec: dict[str, Any]
    created: int
    modified: int
    resized: int
    seq: int = 0


@frozen
class Delays:
    """How long a job waits before the service ends it, in ticks.

    Attributes:
        empty: From the last change of a job with `onAllTasksComplete: terminatejob` that never had a task, to its end.
        terminating: From the moment at which a job begins to end, to the earliest moment at which it is completed.
    """

    empty: int = 0
    terminating: int = 0


@frozen
class Usage:
    """The resources that the processes of a task have used, over all of its finished runs.

    Attributes:
        user: Seconds of processor time in user mode.
        kernel: Seconds of processor time in kernel mode.
        read_blocks: Blocks of 512 bytes read from disk.
        written_blocks: Blocks of 512 bytes written to disk.
        wall: Ticks from the start of each run to its end.
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
    """The resources that all tasks of a job have used, including tasks deleted since.

    Attributes:
        wait: Ticks from the creation of each completed task to its last start.
        retries: The number of runs that were retries.
    """

    usage: Usage = Usage()
    wait: int = 0
    retries: int = 0


@frozen
class TaskRecord:
    """A task: what the caller specified and how far it has come.

    Attributes:
        spec: The members of the request, with defaults filled in, by their names in JSON.
        failure: A failureInfo as in JSON.
        node: A nodeInfo as in JSON, without its two URLs, which depend on the address of the service.
        subtasks: SubtaskInformation objects as in JSON, each with such a nodeInfo.
        run: The number of times that the task was started; it tells the end of an earlier run from that of the current one.
        seq: The number of the task in the store; it grows with every task of a job.
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
    result: TaskResult | None = None
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
    """The tasks of a job, or their slots, by state and result."""

    active: int = 0
    running: int = 0
    succeeded: int = 0
    failed: int = 0


@frozen
class Outcome:
    """How a run ended: the exit code, if a process ran, and a failureInfo, if something else went wrong."""

    exit_code: int | None = None
    failure: dict[str, Any] | None = None
