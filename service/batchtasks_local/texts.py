"""Code, status and text of every error that the service can answer.

Three texts are captured from the live service (ConditionNotMet, AuthenticationFailed, RequestBodyTooLarge), TaskExists
is from the reference pages; the others say in the same tone what the reference says of the code.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[int, str]] = {
    # conditions and headers
    "ConditionNotMet": (412, "The condition specified using HTTP conditional header(s) is not met."),
    "MultipleConditionHeadersNotSupported": (400, "Multiple condition headers are not supported."),
    "InvalidHeaderValue": (400, "The value for one of the HTTP headers is not in the correct format."),
    "MissingRequiredHeader": (400, "A mandatory HTTP header is not specified in the request."),
    "UnsupportedHeader": (400, "One of the HTTP headers specified in the request is not supported."),
    "MissingContentLengthHeader": (411, "The Content-Length header was not specified."),
    "InvalidMetadata": (400, "The metadata specified in the request is invalid."),
    "EmptyMetadataKey": (400, "The name of one of the metadata items is empty."),
    "MetadataTooLarge": (400, "The size of the specified metadata exceeds the maximum permitted size."),
    # query and URL
    "MissingRequiredQueryParameter": (400, "A query parameter that is mandatory for this request is not specified."),
    "UnsupportedQueryParameter": (400, "One of the query parameters specified in the request URI is not supported."),
    "InvalidQueryParameterValue": (
        400,
        "Value for one of the query parameters specified in the request URI is invalid.",
    ),
    "OutOfRangeQueryParameterValue": (
        400,
        "A query parameter specified in the request URI is outside the permissible range.",
    ),
    "UnsupportedRequestVersion": (400, "The api-version specified in the request URI is not supported."),
    "RequestUrlFailedToParse": (400, "The URL in the request could not be parsed."),
    "InvalidUri": (400, "The requested URI does not represent any resource on the server."),
    "InvalidHttpVerb": (400, "The HTTP verb specified is not recognized by the server."),
    "UnsupportedHttpVerb": (405, "The resource does not support the specified HTTP verb."),
    "ResourceNotFound": (404, "The specified resource does not exist."),
    # bodies
    "RequestBodyTooLarge": (413, "The request body is too large and exceeds the maximum permissible limit."),
    "InvalidRequestBody": (400, "The specified request body is not syntactically valid."),
    "MissingRequiredProperty": (400, "A required property was not specified in the request body."),
    "UnsupportedProperty": (400, "One of the properties specified in the request body is not supported."),
    "InvalidPropertyValue": (
        400,
        "The value provided for one of the properties in the request body is invalid.",
    ),
    "OutOfRangeInput": (400, "One of the request inputs is out of range."),
    "InvalidInput": (400, "One of the request inputs is not valid."),
    # who asks
    "AuthenticationFailed": (
        403,
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly"
        " including the signature.",
    ),
    "InvalidAuthenticationInfo": (
        400,
        "The authentication information is not in the correct format. Verify the value of Authorization header.",
    ),
    "InsufficientAccountPermissions": (
        403,
        "The account being accessed does not have the permission for this operation.",
    ),
    "AccountIsDisabled": (403, "The specified account is disabled."),
    # tasks
    "TaskExists": (409, "The specified task already exists."),
    "TaskNotFound": (404, "The specified task does not exist."),
    "TaskCompleted": (409, "The specified task is already in a completed state."),
    "TaskNotCompleted": (409, "The specified task is not in a completed state."),
    "TaskSucceeded": (409, "The specified task has completed with success and cannot run again."),
    "TaskIdSameAsJobPreparationTask": (409, "The id of a task cannot be the id of the job's preparation task."),
    "TaskIdSameAsJobReleaseTask": (409, "The id of a task cannot be the id of the job's release task."),
    "TaskDependenciesNotSpecifiedOnJob": (
        400,
        "The job of a task with dependencies must be set to use task dependencies.",
    ),
    "TaskDependencyListTooLong": (400, "The list of task ids that a task depends on is too long."),
    "TaskDependencyRangesTooLong": (400, "The list of task id ranges that a task depends on is too long."),
    "InvalidApplicationPackageReferences": (409, "One or more application package references are not valid."),
    # jobs
    "JobExists": (409, "The specified job already exists."),
    "JobNotFound": (404, "The specified job does not exist."),
    "JobCompleted": (409, "The specified job is already in a completed state."),
    "JobBeingTerminated": (409, "The specified job is being terminated."),
    "JobBeingDeleted": (409, "The specified job has been marked for deletion and is being reclaimed."),
    "JobDisabled": (409, "The specified job has been disabled."),
    "JobNotActive": (409, "The specified job is not in an active state."),
    "JobScheduleWithSameIdExists": (409, "The specified job has the id of a job schedule."),
    "ActiveJobAndScheduleQuotaReached": (
        409,
        "The quota of active jobs and job schedules of this account has been reached.",
    ),
    "PoolNotFound": (404, "The specified pool does not exist."),
    "PoolQuotaReached": (409, "The pool quota of this account has been reached."),
    "OperationInvalidForCurrentState": (
        409,
        "The specified operation is not valid for the current state of the resource.",
    ),
    # files
    "FileNotFound": (404, "The specified file does not exist."),
    "NodeNotFound": (404, "The specified node does not exist."),
    "TaskFilesUnavailable": (409, "The task files are unavailable: the task has not run, or its node is gone."),
    "TaskFilesCleanedup": (409, "The task files have been cleaned up."),
    "InvalidRange": (416, "The range specified is not valid for the current size of the file."),
    "IOError": (403, "The file operation failed on the node."),
    # the service
    "TooManyRequests": (429, "Too many requests have been received from this account. Please try again later."),
    "InternalError": (500, "Server encountered an internal error. Please try again after some time."),
    "OperationTimedOut": (500, "Operation could not be completed within the specified time."),
    "ServerBusy": (503, "Server is busy. Please try again after some time."),
}
