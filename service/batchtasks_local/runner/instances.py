"""Multi-instance tasks: n processes on this machine instead of one on each of n nodes.

Every instance has a directory (that of the primary is the task's own, that of subtask k is `k` below it) with the common
resource files. The coordination command runs in all of them at once. When all have ended with 0, the command line runs
in the primary. What the coordination commands leave running in their process groups is killed when the run ends.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from batchtasks_local.domain import clock
from batchtasks_local.domain.exits import EXIT_CODE_FAILURE, failure_info
from batchtasks_local.domain.records import JobRecord
from batchtasks_local.domain.task_moves import instance_count
from batchtasks_local.runner import failures
from batchtasks_local.runner.command import Launcher, Streams, instance_variables, prepare
from batchtasks_local.runner.files.directories import node_info
from batchtasks_local.runner.files.resources import ResourceFiles
from batchtasks_local.runner.processes import Process

Subtasks = list[dict[str, Any]]

_POLL_PERIOD = 0.02
_STOPPED = failure_info("TaskEnded", "The subtask was ended with its task")


class Instances:
    """The instances of one run.

    Attributes:
        subtasks: The SubtaskInformation of all instances but the primary, as in JSON.
    """

    def __init__(
        self,
        launcher: Launcher,
        job: JobRecord,
        directory: Path,
        variables: Mapping[str, str],
        report: Callable[[Sequence[dict[str, Any]]], None],
    ) -> None:
        """Prepare the instances.

        Args:
            launcher: Starts the processes; it knows the node and the task.
            job: The job of the task.
            directory: The task directory.
            variables: The environment of the task.
            report: Is called with the subtasks each time that one of them changes.
        """
        self._launcher = launcher
        self._job = job
        self._variables = variables
        self._report = report
        self._count = instance_count(launcher.task.spec)
        self._folders = [directory, *(directory / str(number) for number in range(1, self._count))]
        self.subtasks: Subtasks = []

    def variables(self, number: int) -> dict[str, str]:
        """Return the environment of an instance; the primary is number 0."""
        folder = self._folders[number]
        own = instance_variables(self._launcher.node, self._count, number, folder)
        places = {"AZ_BATCH_TASK_DIR": str(folder), "AZ_BATCH_TASK_WORKING_DIR": f"{folder}/wd"}
        return {**self._variables, **own, **places, "AZ_BATCH_NODE_ID": self._node_info(number)["nodeId"]}

    def coordinate(self, resources: ResourceFiles, streams: Streams, stack: ExitStack) -> int | None:
        """Run the coordination command in all instances; return None if all succeeded, else one's exit code."""
        settings = self._launcher.task.spec["multiInstanceSettings"]
        all_streams = [streams, *(prepare(folder, stack, self._launcher.control.pause) for folder in self._folders[1:])]
        self._fetch_common(settings.get("commonResourceFiles") or (), resources)
        command = settings["coordinationCommandLine"]
        processes = [
            self._launcher.start(command, self._folders[number] / "wd", self.variables(number), all_streams[number])
            for number in range(self._count)
        ]
        for started in all_streams[1:]:
            started.close()
        self._begin()
        waiting = dict(enumerate(processes))
        try:
            return self._wait(waiting)
        except failures.RunStoppedError:
            self._stop(waiting)
            raise

    def _fetch_common(self, files: Sequence[dict[str, Any]], resources: ResourceFiles) -> None:
        """Fetch the common files once, and copy them to all instances."""
        if not files:
            return
        fetched = self._folders[0] / ".common"
        try:
            fetched.mkdir(exist_ok=True)
            resources.fetch(files, fetched)
            for folder in self._folders:
                shutil.copytree(fetched, folder, dirs_exist_ok=True)
        except OSError as error:
            text = "A common resource file could not be written"
            raise failures.disk_failed("ResourceFileWriteFailed", text, error) from error
        finally:
            shutil.rmtree(fetched, ignore_errors=True)

    def _wait(self, waiting: dict[int, Process]) -> int | None:
        """Wait until all have ended, or one of them with an error; then the others are killed."""
        while waiting:
            for number, process in list(waiting.items()):
                code = process.poll()
                if code is None:
                    continue
                if self._launcher.control.stopped is not None:  # the code says only how the service has ended it
                    raise failures.RunStoppedError
                del waiting[number]
                self._end(number, code)
                if code != 0:
                    self._stop(waiting)
                    return code
            if waiting:
                self._launcher.control.pause(_POLL_PERIOD)
        return None

    def _stop(self, waiting: dict[int, Process]) -> None:
        self._launcher.control.close_all()
        for number in waiting:
            self._end(number, None)

    def _node_info(self, number: int) -> dict[str, Any]:
        task = self._launcher.task
        return node_info(self._job.pool_id, task.job_id, task.id, number)

    def _begin(self) -> None:
        moment = clock.to_text(clock.now())
        self.subtasks = [
            {
                "id": number,
                "nodeInfo": self._node_info(number),
                "startTime": moment,
                "state": "running",
                "stateTransitionTime": moment,
                "previousState": "preparing",
                "previousStateTransitionTime": moment,
            }
            for number in range(1, self._count)
        ]
        self._report(self.subtasks)

    def _end(self, number: int, code: int | None) -> None:
        """Note that the coordination command of an instance has ended; the primary is not among the subtasks."""
        if number == 0:
            return
        subtask = self.subtasks[number - 1]
        moment = clock.to_text(clock.now())
        subtask.update(
            endTime=moment,
            state="completed",
            stateTransitionTime=moment,
            previousState="running",
            previousStateTransitionTime=subtask["startTime"],
            result="success" if code == 0 else "failure",
        )
        if code is not None:
            subtask["exitCode"] = code
        if code != 0:
            subtask["failureInfo"] = EXIT_CODE_FAILURE if code is not None else _STOPPED
        self._report(self.subtasks)
