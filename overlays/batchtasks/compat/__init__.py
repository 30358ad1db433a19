"""The calling convention of azure-batch 14."""

from batchtasks.compat.operations import TaskOperations as TaskOperations
from batchtasks.compat.types import BatchErrorException as BatchErrorException
from batchtasks.compat.types import ClientRawResponse as ClientRawResponse
from batchtasks.compat.types import ClientRequestError as ClientRequestError
from batchtasks.compat.types import CloudTaskPaged as CloudTaskPaged
from batchtasks.compat.types import CreateTasksErrorException as CreateTasksErrorException
from batchtasks.compat.types import TaskAddCollectionOptions as TaskAddCollectionOptions
from batchtasks.compat.types import TaskAddOptions as TaskAddOptions
from batchtasks.compat.types import TaskDeleteOptions as TaskDeleteOptions
from batchtasks.compat.types import TaskGetOptions as TaskGetOptions
from batchtasks.compat.types import TaskListOptions as TaskListOptions
from batchtasks.compat.types import TaskListSubtasksOptions as TaskListSubtasksOptions
from batchtasks.compat.types import TaskOptions as TaskOptions
from batchtasks.compat.types import TaskReactivateOptions as TaskReactivateOptions
from batchtasks.compat.types import TaskTerminateOptions as TaskTerminateOptions
from batchtasks.compat.types import TaskUpdateOptions as TaskUpdateOptions
