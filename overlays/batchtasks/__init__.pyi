from batchtasks import errors as errors
from batchtasks._bulk.report import BulkAddError as BulkAddError
from batchtasks._bulk.report import BulkError as BulkError
from batchtasks._bulk.report import BulkProgress as BulkProgress
from batchtasks._bulk.report import BulkReport as BulkReport
from batchtasks._bulk.report import TaskOutcome as TaskOutcome
from batchtasks._core.hooks import Exchange as Exchange
from batchtasks._core.retry import RetryPolicy as RetryPolicy
from batchtasks._operations.files import AsyncFileOperations as AsyncFileOperations
from batchtasks._operations.files import FileOperations as FileOperations
from batchtasks._operations.tasks import AsyncTaskOperations as AsyncTaskOperations
from batchtasks._operations.tasks import TaskOperations as TaskOperations
from batchtasks._waiting.result import BlockedTask as BlockedTask
from batchtasks._waiting.result import JobEndedError as JobEndedError
from batchtasks._waiting.result import TasksBlockedError as TasksBlockedError
from batchtasks._waiting.result import WaitError as WaitError
from batchtasks._waiting.result import WaitProgress as WaitProgress
from batchtasks._waiting.result import WaitResult as WaitResult
from batchtasks._waiting.result import WaitTimeoutError as WaitTimeoutError
from batchtasks._waiting.wait import first_failure as first_failure
from batchtasks.auth import SharedKeyCredential as SharedKeyCredential
from batchtasks.auth import TaskTokenCredential as TaskTokenCredential
from batchtasks.client import AsyncBatchClient as AsyncBatchClient
from batchtasks.client import BatchClient as BatchClient
from batchtasks.conditions import Condition as Condition
from batchtasks.conditions import ETag as ETag
from batchtasks.conditions import if_match as if_match
from batchtasks.conditions import if_modified_since as if_modified_since
from batchtasks.conditions import if_none_match as if_none_match
from batchtasks.conditions import if_unmodified_since as if_unmodified_since
from batchtasks.errors import *  # noqa: F403
from batchtasks.filters import F as F
from batchtasks.filters import FileF as FileF
from batchtasks.filters import Filter as Filter
from batchtasks.filters import JobF as JobF
from batchtasks.filters import any_of as any_of
from batchtasks.tasks import task as task
from batchtasks_rest._call import AsyncPages as AsyncPages
from batchtasks_rest._call import Call as Call
from batchtasks_rest._call import Page as Page
from batchtasks_rest._call import Pages as Pages
from batchtasks_rest._call import Response as Response
from batchtasks_rest._wire import UNLIMITED as UNLIMITED
from batchtasks_rest.api.job import AsyncJobOperations as AsyncJobOperations
from batchtasks_rest.api.job import JobOperations as JobOperations

__all__: list[str]
__version__: str
