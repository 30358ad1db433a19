"""Multi-instance tasks: n processes on this machine in place of one on each of n nodes.

Every instance has its directory (the primary's is the task's own, subtask k's is `k` below it) with the common resource
files. The coordination command runs on all of them at once; when all have ended with 0, the command line runs on the
primary. What the coordination commands leave running in their process groups is killed when the run ends.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from batchtasks_local import clock
from batchtasks_local.lifecycle import failure_info
from batchtasks_local.runner import failures
from batchtasks_local.runner.environment import instance_variables
from batchtasks_local.runner.launching import Launcher, Streams, prepare
from batchtasks_local.runner.places import node_info
from batchtasks_local.runner.processes import Process
from batchtasks_local.runner.resources import ResourceFiles
from batchtasks_local.runner.transfer import Transfer

if TYPE_CHECKING:
    from batchtasks_local.runner.execution import Execution

_LOOK = 0.02


class Instances:
    """The instances of one run."""

    def __init__(self, run: Execution, launcher: Launcher, directory: Path, variables: Mapping[str, str]) -> None:
        settings = run.task.spec["multiInstanceSettings"]
        self._run = run
        self._launcher = launcher
        self._variables = variables
        self.count = max(settings.get("numberOfInstances") or 1, 1)
        self._folders = [directory, *(directory / str(number) for number in range(1, self.count))]

    def variables(self, number: int) -> dict[str, str]:
        """The environment of an instance; the primary is number 0."""
        folder = self._folders[number]
        own = instance_variables(self._run.site.node, self.count, number, folder)
        places = {"AZ_BATCH_TASK_DIR": str(folder), "AZ_BATCH_TASK_WORKING_DIR": f"{folder}/wd"}
        node = self._node(number)["nodeId"]
        return {**self._variables, **own, **places, "AZ_BATCH_NODE_ID": node}

    def coordinate(self, settings: dict[str, Any], streams: Streams, stack: ExitStack) -> int | None:
        """Run the coordination command everywhere; None when all went well, or the exit code of one that did not."""
        all_streams = [streams, *(prepare(folder, stack) for folder in self._folders[1:])]
        self._bring_common(settings.get("commonResourceFiles") or ())
        command = settings["coordinationCommandLine"]
        processes = [
            self._launcher.start(command, self._folders[number] / "wd", self.variables(number), all_streams[number])
            for number in range(self.count)
        ]
        self._begin()
        return self._watch(processes)

    def _bring_common(self, files: Any) -> None:
        """Fetch the common files once, and copy them to the others."""
        if not files:
            return
        first, *others = self._folders
        transfer = Transfer(self._run.site.sources, self._run.leash.pause)
        fresh = first / ".common"
        try:
            fresh.mkdir(exist_ok=True)
            ResourceFiles(self._run.site.sources, transfer).bring(files, fresh)
            for folder in (first, *others):
                shutil.copytree(fresh, folder, dirs_exist_ok=True)
        except OSError as error:
            text = "A common resource file could not be written"
            raise failures.disk_failed("ResourceFileWriteFailed", text, error) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _watch(self, processes: list[Process]) -> int | None:
        """Wait until all have ended, or one of them badly."""
        waiting = dict(enumerate(processes))
        try:
            return self._wait_for(waiting)
        except failures.Ended:
            self._stop(waiting, 0)
            raise

    def _wait_for(self, waiting: dict[int, Process]) -> int | None:
        while waiting:
            for number, process in list(waiting.items()):
                code = process.poll()
                if code is None:
                    continue
                del waiting[number]
                self._end(number, code)
                if code != 0:
                    return self._stop(waiting, code)
            if waiting:
                self._launcher.leash.pause(_LOOK)
        return None

    def _stop(self, waiting: dict[int, Process], code: int) -> int:
        """End those that still run, because one has failed or the whole task is to end; gives back the exit code."""
        self._launcher.leash.release()
        for number in waiting:
            self._end(number, None)
        return code

    def _node(self, number: int) -> dict[str, Any]:
        task = self._run.task
        return node_info(self._run.job.spec, task.job_id, task.id, number)

    def _begin(self) -> None:
        moment = clock.to_text(clock.now())
        self._run.subtasks[:] = [
            {
                "id": number,
                "nodeInfo": self._node(number),
                "startTime": moment,
                "state": "running",
                "stateTransitionTime": moment,
                "previousState": "preparing",
                "previousStateTransitionTime": moment,
            }
            for number in range(1, self.count)
        ]
        self._run.report(self._run.subtasks)

    def _end(self, number: int, code: int | None) -> None:
        """Note that the coordination command of an instance has ended; the primary is not among the subtasks."""
        if number == 0:
            return
        subtask = self._run.subtasks[number - 1]
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
            subtask["failureInfo"] = _EXIT_CODE if code is not None else _ENDED
        self._run.report(self._run.subtasks)


_EXIT_CODE = failure_info(
    "FailureExitCode",
    "The task exited with an exit code representing a failure",
    Message="The task process exited with an unexpected exit code",
    AdditionalErrorCode="FailureExitCode",
)
_ENDED = failure_info("TaskEnded", "The subtask was ended with its task")
