"""The questions, by what they are about. All of them can be asked without a pool: the jobs' pool does not exist.

A job on such a pool is active and takes tasks; its tasks stay active until they are terminated. Nothing is billed.
"""

from __future__ import annotations

from tests.azure.contract.question import Scenario
from tests.azure.questions import collections, endings, files, jobs, lists, pools, requests, tasks

SCENARIOS: tuple[Scenario, ...] = (
    *jobs.SCENARIOS,
    *tasks.SCENARIOS,
    *collections.SCENARIOS,
    *lists.SCENARIOS,
    *files.SCENARIOS,
    *pools.SCENARIOS,
    *requests.SCENARIOS,
    *endings.SCENARIOS,
)

# Marks of spec/unconfirmed.md that need a node, a second version of the world, or a full account.
NOT_ASKED = {
    "Task_Terminate": "needs a node: how a running process is ended",
    "File_GetFromTask ocp-range": "needs a node: a task that has run and left files",
    "File_DeleteFromTask": "needs a node: a directory with files in it",
    "response PartialFileContent": "needs a node: a task that has run and left files",
    "TaskConstraints.maxWallClockTime": "needs a node: a task that runs out of time",
    "failure TaskEnded": "needs a node: a task that runs out of time",
    "failure FileUploadContainerNotFound": "needs a node: an upload that fails",
    "header RetryAfter": "needs an account that is throttled",
    "code TooManyRequests": "needs an account that is throttled",
    "Pool_Resize": "needs a pool with automatic scaling",
    "Pool_StopResize": "needs a pool",
    "ComputeNode_Get": "needs a node",
    "code OperationNotValidOnPool": "needs a pool with automatic scaling",
    "code ActiveJobAndScheduleQuotaReached": "needs an account at its quota",
    "code PoolQuotaReached": "needs an account at its quota",
}

# Codes that no question can bring about.
CODES_NOT_ASKED = {
    **dict.fromkeys(("FileNotFound", "IOError", "InvalidRange", "NodeNotFound", "TaskFilesCleanedup", "TaskSucceeded"),
                    "needs a node: a task that has run"),
    **dict.fromkeys(("ActiveJobAndScheduleQuotaReached", "PoolQuotaReached", "TooManyRequests"),
                    "needs an account at its quota"),
    **dict.fromkeys(("AccountIsDisabled", "InsufficientAccountPermissions"), "needs another account"),
    **dict.fromkeys(("InternalError", "OperationTimedOut", "ServerBusy"), "needs a service in trouble"),
    **dict.fromkeys(("JobBeingDeleted", "JobBeingTerminated"), "may be met in a race, and is written down then"),
    **dict.fromkeys(
        ("AutoScalingFormulaSyntaxError", "AutoScalingFormulaTooLong", "InvalidAutoScalingSettings", "NodeAgentSKUNotFound",
         "PoolBeingDeleted", "PoolBeingResized", "PoolExists", "OperationNotValidOnPool"), "needs a pool"),
    **dict.fromkeys(("JobScheduleExists", "JobWithSameIdExists"), "needs a job schedule, which makes jobs by itself"),
    "JobScheduleWithSameIdExists": "needs a job schedule, which makes jobs by itself",
    "MissingContentLengthHeader": "no client sends a body without a length or chunks",
    **dict.fromkeys(("InvalidUri", "InvalidHttpVerb", "MissingRequiredHeader", "RequestUrlFailedToParse"),
                    "the questions about paths, methods and headers leave open which code comes"),
}  # fmt: skip
