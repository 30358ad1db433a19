# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class ContainerHostDataPath(OpenEnum):
    """Shared, Startup, VfsMounts, Applications: the directories of the node that all its tasks share, of its start
    task, of mounted file systems and of application packages. Task, JobPrep: the directories of the task and of
    the job preparation task."""

    SHARED = "Shared"
    STARTUP = "Startup"
    VFSMOUNTS = "VfsMounts"
    TASK = "Task"
    JOBPREP = "JobPrep"
    APPLICATIONS = "Applications"
