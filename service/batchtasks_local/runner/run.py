"""One run of one task, from its directory to its outcome."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from attrs import define, field

from batchtasks_local.domain.records import JobRecord, Outcome, TaskRecord
from batchtasks_local.runner import failures
from batchtasks_local.runner.command import Launcher, Node, Streams, environment, kill_container, prepare
from batchtasks_local.runner.files.outputs import OutputFiles
from batchtasks_local.runner.files.quota import disk_usage
from batchtasks_local.runner.files.resources import ResourceFiles
from batchtasks_local.runner.files.transfer import Transfer
from batchtasks_local.runner.instances import Instances
from batchtasks_local.runner.processes import RunControl

log = logging.getLogger("batchtasks_local.runner")
Report = Callable[[Sequence[dict[str, Any]]], None]


@define(eq=False)
class Run:
    """One run of one task. `report` is called with the subtasks each time that one of them changes."""

    node: Node
    task: TaskRecord
    job: JobRecord
    control: RunControl
    report: Report
    _instances: Instances | None = field(default=None, init=False)

    @property
    def subtasks(self) -> tuple[dict[str, Any], ...]:
        """The subtasks of a multi-instance task."""
        return tuple(self._instances.subtasks) if self._instances else ()

    def carry_out(self) -> Outcome:
        """Run the task; leave no process behind, and never raise. It is called in a worker thread."""
        try:
            return self._outcome()
        except failures.RunFailedError as error:
            return Outcome(failure=error.info)
        except failures.RunStoppedError:
            return self._stopped(None)
        except Exception as error:
            log.exception("run %d of task %s of job %s failed", self.task.run, self.task.id, self.task.job_id)
            return Outcome(failure=failures.unknown(error))
        finally:
            self.control.close_all()

    def _outcome(self) -> Outcome:
        self._refuse()
        directory = self.node.directories.task(self.task.job_id, self.task.id)
        variables = environment(self.node, self.task, self.job, directory)
        transfer = Transfer(self.node.allowed, self.control)
        with ExitStack() as stack:
            if self.task.run == 1:
                # A deleted task with the same id may have left something.
                self.node.directories.move_to_trash(directory)
            streams = prepare(directory, stack, self.control.pause)
            resources = ResourceFiles(self.node.allowed, transfer)
            resources.fetch(self.task.spec.get("resourceFiles") or (), directory / "wd")
            is_new = self.task.run == 1 and not self.task.spec.get("resourceFiles")
            self.control.output = directory, 0 if is_new else disk_usage(directory)
            exit_code = self._run_command(directory, variables, resources, streams, stack)
        self.control.close_all()
        if self.control.stopped is not None:
            kill_container(self.node.container_engine, self.task, variables)
            return self._stopped(exit_code)
        try:
            return Outcome(exit_code, self._upload(transfer, exit_code, directory, variables))
        except failures.RunStoppedError:
            return self._stopped(exit_code)

    def _refuse(self) -> None:
        if self.task.spec.get("containerSettings") and not self.node.container_engine:
            raise failures.RunFailedError(failures.NO_CONTAINERS)
        if self.task.spec.get("applicationPackageReferences"):
            raise failures.RunFailedError(failures.NO_PACKAGES)

    def _run_command(
        self,
        directory: Path,
        variables: dict[str, str],
        resources: ResourceFiles,
        streams: Streams,
        stack: ExitStack,
    ) -> int:
        launcher = Launcher(self.node, self.task, self.control)
        if self.task.spec.get("multiInstanceSettings"):
            self._instances = Instances(launcher, self.job, directory, variables, self.report)
            failed = self._instances.coordinate(resources, streams, stack)
            if failed is not None:
                return failed
            variables = self._instances.variables(0)
        process = launcher.start(self.task.spec["commandLine"], directory / "wd", variables, streams)
        streams.close()
        return process.wait()

    def _upload(
        self, transfer: Transfer, exit_code: int, directory: Path, variables: dict[str, str]
    ) -> dict[str, Any] | None:
        files = self.task.spec.get("outputFiles")
        if not files:
            return None
        return OutputFiles(self.node.allowed, transfer, self.control.pause).upload(
            files, exit_code, directory, variables
        )

    def _stopped(self, exit_code: int | None) -> Outcome:
        # Only the end of its time and its output are news to the store; it has completed or requeued a task that was
        # stopped on request.
        if self.control.stopped == "output":
            return Outcome(exit_code, failures.too_much_output(self.node.max_output))
        return Outcome(exit_code, failures.OUT_OF_TIME)
