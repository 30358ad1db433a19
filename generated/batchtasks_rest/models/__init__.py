# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The models of the service. Each is imported when it is first named: all of them at once cost more than httpx does."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .access_scope import AccessScope
    from .account_list_supported_images_result import AccountListSupportedImagesResult
    from .affinity_information import AffinityInformation
    from .allocation_state import AllocationState
    from .application_list_result import ApplicationListResult
    from .application_package_reference import ApplicationPackageReference
    from .application_summary import ApplicationSummary
    from .authentication_token_settings import AuthenticationTokenSettings
    from .auto_pool_specification import AutoPoolSpecification
    from .auto_scale_run import AutoScaleRun
    from .auto_user_scope import AutoUserScope
    from .auto_user_specification import AutoUserSpecification
    from .batch_error import BatchError
    from .batch_error_detail import BatchErrorDetail
    from .cloud_job import CloudJob
    from .cloud_job_list_preparation_and_release_task_status_result import (
        CloudJobListPreparationAndReleaseTaskStatusResult,
    )
    from .cloud_job_list_result import CloudJobListResult
    from .cloud_job_schedule import CloudJobSchedule
    from .cloud_job_schedule_list_result import CloudJobScheduleListResult
    from .cloud_pool import CloudPool
    from .cloud_pool_list_result import CloudPoolListResult
    from .cloud_task import CloudTask
    from .cloud_task_list_result import CloudTaskListResult
    from .cloud_task_list_subtasks_result import CloudTaskListSubtasksResult
    from .compute_node import ComputeNode
    from .compute_node_deallocation_option import ComputeNodeDeallocationOption
    from .compute_node_error import ComputeNodeError
    from .compute_node_fill_type import ComputeNodeFillType
    from .compute_node_identity_reference import ComputeNodeIdentityReference
    from .compute_node_information import ComputeNodeInformation
    from .compute_node_list_result import ComputeNodeListResult
    from .compute_node_state import ComputeNodeState
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
    from .image_information import ImageInformation
    from .image_reference import ImageReference
    from .job_action import JobAction
    from .job_add_parameter import JobAddParameter
    from .job_constraints import JobConstraints
    from .job_default_order import JobDefaultOrder
    from .job_disable_parameter import JobDisableParameter
    from .job_execution_information import JobExecutionInformation
    from .job_manager_task import JobManagerTask
    from .job_network_configuration import JobNetworkConfiguration
    from .job_network_configuration_patch import JobNetworkConfigurationPatch
    from .job_patch_parameter import JobPatchParameter
    from .job_preparation_and_release_task_execution_information import JobPreparationAndReleaseTaskExecutionInformation
    from .job_preparation_task import JobPreparationTask
    from .job_preparation_task_execution_information import JobPreparationTaskExecutionInformation
    from .job_preparation_task_state import JobPreparationTaskState
    from .job_release_task import JobReleaseTask
    from .job_release_task_execution_information import JobReleaseTaskExecutionInformation
    from .job_release_task_state import JobReleaseTaskState
    from .job_schedule_add_parameter import JobScheduleAddParameter
    from .job_schedule_execution_information import JobScheduleExecutionInformation
    from .job_schedule_state import JobScheduleState
    from .job_scheduling_error import JobSchedulingError
    from .job_state import JobState
    from .job_statistics import JobStatistics
    from .job_terminate_parameter import JobTerminateParameter
    from .job_update_parameter import JobUpdateParameter
    from .metadata_item import MetadataItem
    from .multi_instance_settings import MultiInstanceSettings
    from .name_value_pair import NameValuePair
    from .node_agent_information import NodeAgentInformation
    from .node_communication_mode import NodeCommunicationMode
    from .node_file import NodeFile
    from .node_file_list_result import NodeFileListResult
    from .on_all_tasks_complete import OnAllTasksComplete
    from .on_task_failure import OnTaskFailure
    from .os_type import OSType
    from .output_file import OutputFile
    from .output_file_blob_container_destination import OutputFileBlobContainerDestination
    from .output_file_destination import OutputFileDestination
    from .output_file_upload_condition import OutputFileUploadCondition
    from .output_file_upload_options import OutputFileUploadOptions
    from .pool_add_parameter import PoolAddParameter
    from .pool_information import PoolInformation
    from .pool_lifetime_option import PoolLifetimeOption
    from .pool_patch_parameter import PoolPatchParameter
    from .pool_resize_parameter import PoolResizeParameter
    from .pool_specification import PoolSpecification
    from .pool_state import PoolState
    from .recent_job import RecentJob
    from .resize_error import ResizeError
    from .resource_file import ResourceFile
    from .schedule import Schedule
    from .scheduling_state import SchedulingState
    from .start_task import StartTask
    from .start_task_information import StartTaskInformation
    from .start_task_state import StartTaskState
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
    from .task_information import TaskInformation
    from .task_scheduling_policy import TaskSchedulingPolicy
    from .task_slot_counts import TaskSlotCounts
    from .task_state import TaskState
    from .task_statistics import TaskStatistics
    from .task_update_parameter import TaskUpdateParameter
    from .user_identity import UserIdentity
    from .verification_type import VerificationType
    from .virtual_machine_configuration import VirtualMachineConfiguration
    from .virtual_machine_info import VirtualMachineInfo

_MODULES = {
    "AccessScope": ".access_scope",
    "AccountListSupportedImagesResult": ".account_list_supported_images_result",
    "AffinityInformation": ".affinity_information",
    "AllocationState": ".allocation_state",
    "ApplicationListResult": ".application_list_result",
    "ApplicationPackageReference": ".application_package_reference",
    "ApplicationSummary": ".application_summary",
    "AuthenticationTokenSettings": ".authentication_token_settings",
    "AutoPoolSpecification": ".auto_pool_specification",
    "AutoScaleRun": ".auto_scale_run",
    "AutoUserScope": ".auto_user_scope",
    "AutoUserSpecification": ".auto_user_specification",
    "BatchError": ".batch_error",
    "BatchErrorDetail": ".batch_error_detail",
    "CloudJob": ".cloud_job",
    "CloudJobListPreparationAndReleaseTaskStatusResult": ".cloud_job_list_preparation_and_release_task_status_result",
    "CloudJobListResult": ".cloud_job_list_result",
    "CloudJobSchedule": ".cloud_job_schedule",
    "CloudJobScheduleListResult": ".cloud_job_schedule_list_result",
    "CloudPool": ".cloud_pool",
    "CloudPoolListResult": ".cloud_pool_list_result",
    "CloudTask": ".cloud_task",
    "CloudTaskListResult": ".cloud_task_list_result",
    "CloudTaskListSubtasksResult": ".cloud_task_list_subtasks_result",
    "ComputeNode": ".compute_node",
    "ComputeNodeDeallocationOption": ".compute_node_deallocation_option",
    "ComputeNodeError": ".compute_node_error",
    "ComputeNodeFillType": ".compute_node_fill_type",
    "ComputeNodeIdentityReference": ".compute_node_identity_reference",
    "ComputeNodeInformation": ".compute_node_information",
    "ComputeNodeListResult": ".compute_node_list_result",
    "ComputeNodeState": ".compute_node_state",
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
    "ImageInformation": ".image_information",
    "ImageReference": ".image_reference",
    "JobAction": ".job_action",
    "JobAddParameter": ".job_add_parameter",
    "JobConstraints": ".job_constraints",
    "JobDefaultOrder": ".job_default_order",
    "JobDisableParameter": ".job_disable_parameter",
    "JobExecutionInformation": ".job_execution_information",
    "JobManagerTask": ".job_manager_task",
    "JobNetworkConfiguration": ".job_network_configuration",
    "JobNetworkConfigurationPatch": ".job_network_configuration_patch",
    "JobPatchParameter": ".job_patch_parameter",
    "JobPreparationAndReleaseTaskExecutionInformation": ".job_preparation_and_release_task_execution_information",
    "JobPreparationTask": ".job_preparation_task",
    "JobPreparationTaskExecutionInformation": ".job_preparation_task_execution_information",
    "JobPreparationTaskState": ".job_preparation_task_state",
    "JobReleaseTask": ".job_release_task",
    "JobReleaseTaskExecutionInformation": ".job_release_task_execution_information",
    "JobReleaseTaskState": ".job_release_task_state",
    "JobScheduleAddParameter": ".job_schedule_add_parameter",
    "JobScheduleExecutionInformation": ".job_schedule_execution_information",
    "JobScheduleState": ".job_schedule_state",
    "JobSchedulingError": ".job_scheduling_error",
    "JobState": ".job_state",
    "JobStatistics": ".job_statistics",
    "JobTerminateParameter": ".job_terminate_parameter",
    "JobUpdateParameter": ".job_update_parameter",
    "MetadataItem": ".metadata_item",
    "MultiInstanceSettings": ".multi_instance_settings",
    "NameValuePair": ".name_value_pair",
    "NodeAgentInformation": ".node_agent_information",
    "NodeCommunicationMode": ".node_communication_mode",
    "NodeFile": ".node_file",
    "NodeFileListResult": ".node_file_list_result",
    "OnAllTasksComplete": ".on_all_tasks_complete",
    "OnTaskFailure": ".on_task_failure",
    "OSType": ".os_type",
    "OutputFile": ".output_file",
    "OutputFileBlobContainerDestination": ".output_file_blob_container_destination",
    "OutputFileDestination": ".output_file_destination",
    "OutputFileUploadCondition": ".output_file_upload_condition",
    "OutputFileUploadOptions": ".output_file_upload_options",
    "PoolAddParameter": ".pool_add_parameter",
    "PoolInformation": ".pool_information",
    "PoolLifetimeOption": ".pool_lifetime_option",
    "PoolPatchParameter": ".pool_patch_parameter",
    "PoolResizeParameter": ".pool_resize_parameter",
    "PoolSpecification": ".pool_specification",
    "PoolState": ".pool_state",
    "RecentJob": ".recent_job",
    "ResizeError": ".resize_error",
    "ResourceFile": ".resource_file",
    "Schedule": ".schedule",
    "SchedulingState": ".scheduling_state",
    "StartTask": ".start_task",
    "StartTaskInformation": ".start_task_information",
    "StartTaskState": ".start_task_state",
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
    "TaskInformation": ".task_information",
    "TaskSchedulingPolicy": ".task_scheduling_policy",
    "TaskSlotCounts": ".task_slot_counts",
    "TaskState": ".task_state",
    "TaskStatistics": ".task_statistics",
    "TaskUpdateParameter": ".task_update_parameter",
    "UserIdentity": ".user_identity",
    "VerificationType": ".verification_type",
    "VirtualMachineConfiguration": ".virtual_machine_configuration",
    "VirtualMachineInfo": ".virtual_machine_info",
}

__all__ = [
    "AccessScope",
    "AccountListSupportedImagesResult",
    "AffinityInformation",
    "AllocationState",
    "ApplicationListResult",
    "ApplicationPackageReference",
    "ApplicationSummary",
    "AuthenticationTokenSettings",
    "AutoPoolSpecification",
    "AutoScaleRun",
    "AutoUserScope",
    "AutoUserSpecification",
    "BatchError",
    "BatchErrorDetail",
    "CloudJob",
    "CloudJobListPreparationAndReleaseTaskStatusResult",
    "CloudJobListResult",
    "CloudJobSchedule",
    "CloudJobScheduleListResult",
    "CloudPool",
    "CloudPoolListResult",
    "CloudTask",
    "CloudTaskListResult",
    "CloudTaskListSubtasksResult",
    "ComputeNode",
    "ComputeNodeDeallocationOption",
    "ComputeNodeError",
    "ComputeNodeFillType",
    "ComputeNodeIdentityReference",
    "ComputeNodeInformation",
    "ComputeNodeListResult",
    "ComputeNodeState",
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
    "ImageInformation",
    "ImageReference",
    "JobAction",
    "JobAddParameter",
    "JobConstraints",
    "JobDefaultOrder",
    "JobDisableParameter",
    "JobExecutionInformation",
    "JobManagerTask",
    "JobNetworkConfiguration",
    "JobNetworkConfigurationPatch",
    "JobPatchParameter",
    "JobPreparationAndReleaseTaskExecutionInformation",
    "JobPreparationTask",
    "JobPreparationTaskExecutionInformation",
    "JobPreparationTaskState",
    "JobReleaseTask",
    "JobReleaseTaskExecutionInformation",
    "JobReleaseTaskState",
    "JobScheduleAddParameter",
    "JobScheduleExecutionInformation",
    "JobScheduleState",
    "JobSchedulingError",
    "JobState",
    "JobStatistics",
    "JobTerminateParameter",
    "JobUpdateParameter",
    "MetadataItem",
    "MultiInstanceSettings",
    "NameValuePair",
    "NodeAgentInformation",
    "NodeCommunicationMode",
    "NodeFile",
    "NodeFileListResult",
    "OnAllTasksComplete",
    "OnTaskFailure",
    "OSType",
    "OutputFile",
    "OutputFileBlobContainerDestination",
    "OutputFileDestination",
    "OutputFileUploadCondition",
    "OutputFileUploadOptions",
    "PoolAddParameter",
    "PoolInformation",
    "PoolLifetimeOption",
    "PoolPatchParameter",
    "PoolResizeParameter",
    "PoolSpecification",
    "PoolState",
    "RecentJob",
    "ResizeError",
    "ResourceFile",
    "Schedule",
    "SchedulingState",
    "StartTask",
    "StartTaskInformation",
    "StartTaskState",
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
    "TaskInformation",
    "TaskSchedulingPolicy",
    "TaskSlotCounts",
    "TaskState",
    "TaskStatistics",
    "TaskUpdateParameter",
    "UserIdentity",
    "VerificationType",
    "VirtualMachineConfiguration",
    "VirtualMachineInfo",
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
