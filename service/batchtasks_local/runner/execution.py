"""One run of one task, from its directory to its outcome. Runs in a worker thread and never raises."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from attrs import field, frozen

from batchtasks_local.lifecycle import Outcome
from batchtasks_local.records import JobRecord, TaskRecord
from batchtasks_local.runner import containers, failures
from batchtasks_local.runner.command import split
from batchtasks_local.runner.environment import Node, environment
from batchtasks_local.runner.instances import Instances
from batchtasks_local.runner.launching import Launcher, Streams, prepare
from batchtasks_local.runner.leash import Leash
from batchtasks_local.runner.outputs import OutputFiles
from batchtasks_local.runner.places import Places
from batchtasks_local.runner.resources import ResourceFiles
from batchtasks_local.runner.sources import Sources
from batchtasks_local.runner.transfer import Transfer

log = logging.getLogger("batchtasks_local.runner")
Report = Callable[[Sequence[dict[str, Any]]], None]


@frozen
class Site:
    """What all runs share."""

    places: Places
    node: Node
    sources: Sources
    container_engine: str | None = None


@frozen
class Execution:
    """A run. `report` is told how far the subtasks have come, each time one moves."""

    site: Site
    task: TaskRecord
    job: JobRecord
    leash: Leash
    report: Report
    subtasks: list[dict[str, Any]] = field(factory=list, init=False)

    def run(self) -> Outcome:
        """Carry it out, and leave no process behind."""
        try:
            return self._outcome()
        except failures.RunFailed as error:
            return Outcome(failure=error.info)
        except failures.Ended:
            return self._ended(None)
        except Exception as error:
            log.exception("run %d of task %s of job %s failed", self.task.run, self.task.id, self.task.job_id)
            return Outcome(failure=failures.unknown(error))
        finally:
            self.leash.release()

    def _ended(self, exit_code: int | None) -> Outcome:
        """Ended from outside. Only an end by time is news to the store."""
        return Outcome(exit_code, failures.OUT_OF_TIME)

    def _outcome(self) -> Outcome:
        self._refuse()
        directory = self.site.places.task_dir(self.task.job_id, self.task.id)
        variables = environment(self.site.node, self.task, self.job, directory)
        transfer = Transfer(self.site.sources, self.leash.pause)
        with ExitStack() as stack:
            if self.task.run == 1:
                # A task of this id that was deleted may have left something.
                self.site.places.throw_away(directory)
            streams = prepare(directory, stack)
            self._bring(transfer, directory)
            launcher = Launcher(self.leash, self._arguments)
            exit_code = self._run_command(launcher, directory, variables, streams, stack)
        self.leash.release()
        if self.leash.reason is not None:
            containers.kill(self.site.container_engine, self.task)
            return self._ended(exit_code)
        return Outcome(exit_code, self._keep(transfer, exit_code, directory, variables))

    def _refuse(self) -> None:
        if self.task.spec.get("containerSettings") and not self.site.container_engine:
            raise failures.RunFailed(failures.NO_CONTAINERS)
        if self.task.spec.get("applicationPackageReferences"):
            raise failures.RunFailed(failures.NO_PACKAGES)

    def _bring(self, transfer: Transfer, directory: Path) -> None:
        files = self.task.spec.get("resourceFiles")
        if files:
            ResourceFiles(self.site.sources, transfer).bring(files, directory / "wd")

    def _arguments(self, command_line: str, folder: Path, variables: dict[str, str]) -> list[str]:
        try:
            arguments = split(command_line)
        except ValueError as error:
            raise failures.launch_failed(str(error)) from error
        settings = self.task.spec.get("containerSettings")
        if settings and self.site.container_engine:
            return containers.wrap(self.site.container_engine, self.task, arguments, folder, variables)
        return arguments

    def _run_command(
        self, launcher: Launcher, directory: Path, variables: dict[str, str], streams: Streams, stack: ExitStack
    ) -> int:
        command_line = self.task.spec["commandLine"]
        settings = self.task.spec.get("multiInstanceSettings")
        if settings:
            instances = Instances(self, launcher, directory, variables)
            failed = instances.coordinate(settings, streams, stack)
            if failed is not None:
                return failed
            variables = instances.variables(0)
        return launcher.start(command_line, directory / "wd", variables, streams).wait()

    def _keep(
        self, transfer: Transfer, exit_code: int, directory: Path, variables: dict[str, str]
    ) -> dict[str, Any] | None:
        files = self.task.spec.get("outputFiles")
        if not files:
            return None
        return OutputFiles(self.site.sources, transfer).keep(files, exit_code, directory, variables)
