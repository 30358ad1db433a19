# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The models of the service. Each is imported when it is first named: all of them at once cost more than httpx does."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .access_scope import AccessScope
    from .affinity_information import AffinityInformation
    from .application_package_reference import ApplicationPackageReference
    from .authentication_token_settings import AuthenticationTokenSettings
    from .auto_user_scope import AutoUserScope
    from .auto_user_specification import AutoUserSpecification
    from .batch_error import BatchError
    from .batch_error_detail import BatchErrorDetail
    from .cloud_job import CloudJob
    from .cloud_job_list_result import CloudJobListResult
    from .cloud_task import CloudTask
    from .cloud_task_list_result import CloudTaskListResult
    from .cloud_task_list_subtasks_result import CloudTaskListSubtasksResult
    from .compute_node_identity_reference import ComputeNodeIdentityReference
    from .compute_node_information import ComputeNodeInformation
    from .container_host_batch_bind_mount_entry import ContainerHostBatchBindMountEntry
    from .container_host_data_path import ContainerHostDataPath
    from .container_registry import ContainerRegistry
    from .container_working_directory import ContainerWorkingDirectory
    from .dependency_action import DependencyAction
    from .disable_job_option import DisableJobOption
    from .elevation_level import ElevationLevel
    from .environment_setting import EnvironmentSetting
    from .error_category import ErrorCategory
    from .error_message import ErrorMessage
    from .exit_code_mapping import ExitCodeMapping
    from .exit_code_range_mapping import ExitCodeRangeMapping
    from .exit_conditions import ExitConditions
    from .exit_options import ExitOptions
    from .file_properties import FileProperties
    from .http_header import HttpHeader
    from .job_action import JobAction
    from .job_add_parameter import JobAddParameter
    from .job_constraints import JobConstraints
    from .job_disable_parameter import JobDisableParameter
    from .job_execution_information import JobExecutionInformation
    from .job_manager_task import JobManagerTask
    from .job_network_configuration import JobNetworkConfiguration
    from .job_patch_parameter import JobPatchParameter
    from .job_preparation_task import JobPreparationTask
    from .job_release_task import JobReleaseTask
    from .job_scheduling_error import JobSchedulingError
    from .job_state import JobState
    from .job_statistics import JobStatistics
    from .job_terminate_parameter import JobTerminateParameter
    from .metadata_item import MetadataItem
    from .multi_instance_settings import MultiInstanceSettings
    from .name_value_pair import NameValuePair
    from .node_file import NodeFile
    from .node_file_list_result import NodeFileListResult
    from .on_all_tasks_complete import OnAllTasksComplete
    from .on_task_failure import OnTaskFailure
    from .output_file import OutputFile
    from .output_file_blob_container_destination import OutputFileBlobContainerDestination
    from .output_file_destination import OutputFileDestination
    from .output_file_upload_condition import OutputFileUploadCondition
    from .output_file_upload_options import OutputFileUploadOptions
    from .pool_information import PoolInformation
    from .resource_file import ResourceFile
    from .subtask_information import SubtaskInformation
    from .subtask_state import SubtaskState
    from .task_add_collection_parameter import TaskAddCollectionParameter
    from .task_add_collection_result import TaskAddCollectionResult
    from .task_add_parameter import TaskAddParameter
    from .task_add_result import TaskAddResult
    from .task_add_status import TaskAddStatus
    from .task_constraints import TaskConstraints
    from .task_container_execution_information import TaskContainerExecutionInformation
    from .task_container_settings import TaskContainerSettings
    from .task_counts import TaskCounts
    from .task_counts_result import TaskCountsResult
    from .task_dependencies import TaskDependencies
    from .task_execution_information import TaskExecutionInformation
    from .task_execution_result import TaskExecutionResult
    from .task_failure_information import TaskFailureInformation
    from .task_id_range import TaskIdRange
    from .task_slot_counts import TaskSlotCounts
    from .task_state import TaskState
    from .task_statistics import TaskStatistics
    from .task_update_parameter import TaskUpdateParameter
    from .user_identity import UserIdentity

_MODULES = {
    "AccessScope": ".access_scope",
    "AffinityInformation": ".affinity_information",
    "ApplicationPackageReference": ".application_package_reference",
    "AuthenticationTokenSettings": ".authentication_token_settings",
    "AutoUserScope": ".auto_user_scope",
    "AutoUserSpecification": ".auto_user_specification",
    "BatchError": ".batch_error",
    "BatchErrorDetail": ".batch_error_detail",
    "CloudJob": ".cloud_job",
    "CloudJobListResult": ".cloud_job_list_result",
    "CloudTask": ".cloud_task",
    "CloudTaskListResult": ".cloud_task_list_result",
    "CloudTaskListSubtasksResult": ".cloud_task_list_subtasks_result",
    "ComputeNodeIdentityReference": ".compute_node_identity_reference",
    "ComputeNodeInformation": ".compute_node_information",
    "ContainerHostBatchBindMountEntry": ".container_host_batch_bind_mount_entry",
    "ContainerHostDataPath": ".container_host_data_path",
    "ContainerRegistry": ".container_registry",
    "ContainerWorkingDirectory": ".container_working_directory",
    "DependencyAction": ".dependency_action",
    "DisableJobOption": ".disable_job_option",
    "ElevationLevel": ".elevation_level",
    "EnvironmentSetting": ".environment_setting",
    "ErrorCategory": ".error_category",
    "ErrorMessage": ".error_message",
    "ExitCodeMapping": ".exit_code_mapping",
    "ExitCodeRangeMapping": ".exit_code_range_mapping",
    "ExitConditions": ".exit_conditions",
    "ExitOptions": ".exit_options",
    "FileProperties": ".file_properties",
    "HttpHeader": ".http_header",
    "JobAction": ".job_action",
    "JobAddParameter": ".job_add_parameter",
    "JobConstraints": ".job_constraints",
    "JobDisableParameter": ".job_disable_parameter",
    "JobExecutionInformation": ".job_execution_information",
    "JobManagerTask": ".job_manager_task",
    "JobNetworkConfiguration": ".job_network_configuration",
    "JobPatchParameter": ".job_patch_parameter",
    "JobPreparationTask": ".job_preparation_task",
    "JobReleaseTask": ".job_release_task",
    "JobSchedulingError": ".job_scheduling_error",
    "JobState": ".job_state",
    "JobStatistics": ".job_statistics",
    "JobTerminateParameter": ".job_terminate_parameter",
    "MetadataItem": ".metadata_item",
    "MultiInstanceSettings": ".multi_instance_settings",
    "NameValuePair": ".name_value_pair",
    "NodeFile": ".node_file",
    "NodeFileListResult": ".node_file_list_result",
    "OnAllTasksComplete": ".on_all_tasks_complete",
    "OnTaskFailure": ".on_task_failure",
    "OutputFile": ".output_file",
    "OutputFileBlobContainerDestination": ".output_file_blob_container_destination",
    "OutputFileDestination": ".output_file_destination",
    "OutputFileUploadCondition": ".output_file_upload_condition",
    "OutputFileUploadOptions": ".output_file_upload_options",
    "PoolInformation": ".pool_information",
    "ResourceFile": ".resource_file",
    "SubtaskInformation": ".subtask_information",
    "SubtaskState": ".subtask_state",
    "TaskAddCollectionParameter": ".task_add_collection_parameter",
    "TaskAddCollectionResult": ".task_add_collection_result",
    "TaskAddParameter": ".task_add_parameter",
    "TaskAddResult": ".task_add_result",
    "TaskAddStatus": ".task_add_status",
    "TaskConstraints": ".task_constraints",
    "TaskContainerExecutionInformation": ".task_container_execution_information",
    "TaskContainerSettings": ".task_container_settings",
    "TaskCounts": ".task_counts",
    "TaskCountsResult": ".task_counts_result",
    "TaskDependencies": ".task_dependencies",
    "TaskExecutionInformation": ".task_execution_information",
    "TaskExecutionResult": ".task_execution_result",
    "TaskFailureInformation": ".task_failure_information",
    "TaskIdRange": ".task_id_range",
    "TaskSlotCounts": ".task_slot_counts",
    "TaskState": ".task_state",
    "TaskStatistics": ".task_statistics",
    "TaskUpdateParameter": ".task_update_parameter",
    "UserIdentity": ".user_identity",
}

__all__ = [
    "AccessScope",
    "AffinityInformation",
    "ApplicationPackageReference",
    "AuthenticationTokenSettings",
    "AutoUserScope",
    "AutoUserSpecification",
    "BatchError",
    "BatchErrorDetail",
    "CloudJob",
    "CloudJobListResult",
    "CloudTask",
    "CloudTaskListResult",
    "CloudTaskListSubtasksResult",
    "ComputeNodeIdentityReference",
    "ComputeNodeInformation",
    "ContainerHostBatchBindMountEntry",
    "ContainerHostDataPath",
    "ContainerRegistry",
    "ContainerWorkingDirectory",
    "DependencyAction",
    "DisableJobOption",
    "ElevationLevel",
    "EnvironmentSetting",
    "ErrorCategory",
    "ErrorMessage",
    "ExitCodeMapping",
    "ExitCodeRangeMapping",
    "ExitConditions",
    "ExitOptions",
    "FileProperties",
    "HttpHeader",
    "JobAction",
    "JobAddParameter",
    "JobConstraints",
    "JobDisableParameter",
    "JobExecutionInformation",
    "JobManagerTask",
    "JobNetworkConfiguration",
    "JobPatchParameter",
    "JobPreparationTask",
    "JobReleaseTask",
    "JobSchedulingError",
    "JobState",
    "JobStatistics",
    "JobTerminateParameter",
    "MetadataItem",
    "MultiInstanceSettings",
    "NameValuePair",
    "NodeFile",
    "NodeFileListResult",
    "OnAllTasksComplete",
    "OnTaskFailure",
    "OutputFile",
    "OutputFileBlobContainerDestination",
    "OutputFileDestination",
    "OutputFileUploadCondition",
    "OutputFileUploadOptions",
    "PoolInformation",
    "ResourceFile",
    "SubtaskInformation",
    "SubtaskState",
    "TaskAddCollectionParameter",
    "TaskAddCollectionResult",
    "TaskAddParameter",
    "TaskAddResult",
    "TaskAddStatus",
    "TaskConstraints",
    "TaskContainerExecutionInformation",
    "TaskContainerSettings",
    "TaskCounts",
    "TaskCountsResult",
    "TaskDependencies",
    "TaskExecutionInformation",
    "TaskExecutionResult",
    "TaskFailureInformation",
    "TaskIdRange",
    "TaskSlotCounts",
    "TaskState",
    "TaskStatistics",
    "TaskUpdateParameter",
    "UserIdentity",
]


def __getattr__(name: str) -> Any:
    try:
        module = _MODULES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value = getattr(import_module(module, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
