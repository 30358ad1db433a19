# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class ContainerWorkingDirectory(OpenEnum):
    """taskWorkingDirectory: wd of the task directory, mounted. containerImageDefault: what the image says."""

    TASKWORKINGDIRECTORY = "taskWorkingDirectory"
    CONTAINERIMAGEDEFAULT = "containerImageDefault"
