# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The operations, with the signatures that they have there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, overload

from .._azure14 import Group
from . import models


class AccountOperations(Group):
    def list_supported_images(
        self,
        account_list_supported_images_options: models.AccountListSupportedImagesOptions
        | Mapping[str, Any]
        | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> models.ImageInformationPaged:
        return self._invoke(
            "account.list_supported_images",
            models.AccountListSupportedImagesOptions,
            models.ImageInformationPaged,
            locals(),
        )


class ApplicationOperations(Group):
    def list(
        self,
        application_list_options: models.ApplicationListOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> models.ApplicationSummaryPaged:
        return self._invoke("application.list", models.ApplicationListOptions, models.ApplicationSummaryPaged, locals())


class ComputeNodeOperations(Group):
    @overload
    def get(
        self,
        pool_id: str,
        node_id: str,
        compute_node_get_options: models.ComputeNodeGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> models.ComputeNode: ...
    @overload
    def get(
        self,
        pool_id: str,
        node_id: str,
        compute_node_get_options: models.ComputeNodeGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def get(
        self,
        pool_id: str,
        node_id: str,
        compute_node_get_options: models.ComputeNodeGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("compute_node.get", models.ComputeNodeGetOptions, models.ComputeNode, locals())

    def list(
        self,
        pool_id: str,
        compute_node_list_options: models.ComputeNodeListOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> models.ComputeNodePaged:
        return self._invoke("compute_node.list", models.ComputeNodeListOptions, models.ComputeNodePaged, locals())


class FileOperations(Group):
    def delete_from_compute_node(
        self,
        pool_id: str,
        node_id: str,
        file_path: str,
        recursive: bool | None = None,
        file_delete_from_compute_node_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        raise self._missing("file.delete_from_compute_node")

    @overload
    def delete_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        recursive: bool | None = None,
        file_delete_from_task_options: models.FileDeleteFromTaskOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def delete_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        recursive: bool | None = None,
        file_delete_from_task_options: models.FileDeleteFromTaskOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def delete_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        recursive: bool | None = None,
        file_delete_from_task_options: models.FileDeleteFromTaskOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("file.delete_from_task", models.FileDeleteFromTaskOptions, None, locals())

    def get_from_compute_node(
        self,
        pool_id: str,
        node_id: str,
        file_path: str,
        file_get_from_compute_node_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        callback: Callable[..., Any] | None = None,
        **operation_config: Any,
    ) -> Any:
        raise self._missing("file.get_from_compute_node")

    @overload
    def get_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        file_get_from_task_options: models.FileGetFromTaskOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        callback: Callable[..., Any] | None = None,
        **operation_config: Any,
    ) -> Iterator[bytes]: ...
    @overload
    def get_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        file_get_from_task_options: models.FileGetFromTaskOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        callback: Callable[..., Any] | None = None,
        **operation_config: Any,
    ) -> Any: ...
    def get_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        file_get_from_task_options: models.FileGetFromTaskOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        callback: Callable[..., Any] | None = None,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("file.get_from_task", models.FileGetFromTaskOptions, None, locals())

    def get_properties_from_compute_node(
        self,
        pool_id: str,
        node_id: str,
        file_path: str,
        file_get_properties_from_compute_node_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        raise self._missing("file.get_properties_from_compute_node")

    @overload
    def get_properties_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        file_get_properties_from_task_options: models.FileGetPropertiesFromTaskOptions
        | Mapping[str, Any]
        | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def get_properties_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        file_get_properties_from_task_options: models.FileGetPropertiesFromTaskOptions
        | Mapping[str, Any]
        | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def get_properties_from_task(
        self,
        job_id: str,
        task_id: str,
        file_path: str,
        file_get_properties_from_task_options: models.FileGetPropertiesFromTaskOptions
        | Mapping[str, Any]
        | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("file.get_properties_from_task", models.FileGetPropertiesFromTaskOptions, None, locals())

    def list_from_compute_node(
        self,
        pool_id: str,
        node_id: str,
        recursive: bool | None = None,
        file_list_from_compute_node_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        raise self._missing("file.list_from_compute_node")

    def list_from_task(
        self,
        job_id: str,
        task_id: str,
        recursive: bool | None = None,
        file_list_from_task_options: models.FileListFromTaskOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> models.NodeFilePaged:
        return self._invoke("file.list_from_task", models.FileListFromTaskOptions, models.NodeFilePaged, locals())


class JobOperations(Group):
    @overload
    def add(
        self,
        job: Any,
        job_add_options: models.JobAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def add(
        self,
        job: Any,
        job_add_options: models.JobAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def add(
        self,
        job: Any,
        job_add_options: models.JobAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("job.add", models.JobAddOptions, None, locals())

    @overload
    def delete(
        self,
        job_id: str,
        job_delete_options: models.JobDeleteOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def delete(
        self,
        job_id: str,
        job_delete_options: models.JobDeleteOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def delete(
        self,
        job_id: str,
        job_delete_options: models.JobDeleteOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("job.delete", models.JobDeleteOptions, None, locals())

    @overload
    def disable(
        self,
        job_id: str,
        disable_tasks: Any,
        job_disable_options: models.JobDisableOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def disable(
        self,
        job_id: str,
        disable_tasks: Any,
        job_disable_options: models.JobDisableOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def disable(
        self,
        job_id: str,
        disable_tasks: Any,
        job_disable_options: models.JobDisableOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("job.disable", models.JobDisableOptions, None, locals())

    @overload
    def enable(
        self,
        job_id: str,
        job_enable_options: models.JobEnableOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def enable(
        self,
        job_id: str,
        job_enable_options: models.JobEnableOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def enable(
        self,
        job_id: str,
        job_enable_options: models.JobEnableOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("job.enable", models.JobEnableOptions, None, locals())

    @overload
    def get(
        self,
        job_id: str,
        job_get_options: models.JobGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> models.CloudJob: ...
    @overload
    def get(
        self,
        job_id: str,
        job_get_options: models.JobGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def get(
        self,
        job_id: str,
        job_get_options: models.JobGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("job.get", models.JobGetOptions, models.CloudJob, locals())

    @overload
    def get_task_counts(
        self,
        job_id: str,
        job_get_task_counts_options: models.JobGetTaskCountsOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> models.TaskCountsResult: ...
    @overload
    def get_task_counts(
        self,
        job_id: str,
        job_get_task_counts_options: models.JobGetTaskCountsOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def get_task_counts(
        self,
        job_id: str,
        job_get_task_counts_options: models.JobGetTaskCountsOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("job.get_task_counts", models.JobGetTaskCountsOptions, models.TaskCountsResult, locals())

    def list(
        self,
        job_list_options: models.JobListOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> models.CloudJobPaged:
        return self._invoke("job.list", models.JobListOptions, models.CloudJobPaged, locals())

    def list_from_job_schedule(
        self,
        job_schedule_id: str,
        job_list_from_job_schedule_options: Any = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        raise self._missing("job.list_from_job_schedule")

    def list_preparation_and_release_task_status(
        self,
        job_id: str,
        job_list_preparation_and_release_task_status_options: models.JobListPreparationAndReleaseTaskStatusOptions
        | Mapping[str, Any]
        | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> models.JobPreparationAndReleaseTaskExecutionInformationPaged:
        return self._invoke(
            "job.list_preparation_and_release_task_status",
            models.JobListPreparationAndReleaseTaskStatusOptions,
            models.JobPreparationAndReleaseTaskExecutionInformationPaged,
            locals(),
        )

    @overload
    def patch(
        self,
        job_id: str,
        job_patch_parameter: Any,
        job_patch_options: models.JobPatchOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def patch(
        self,
        job_id: str,
        job_patch_parameter: Any,
        job_patch_options: models.JobPatchOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def patch(
        self,
        job_id: str,
        job_patch_parameter: Any,
        job_patch_options: models.JobPatchOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("job.patch", models.JobPatchOptions, None, locals())

    @overload
    def terminate(
        self,
        job_id: str,
        terminate_reason: str | None = None,
        job_terminate_options: models.JobTerminateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def terminate(
        self,
        job_id: str,
        terminate_reason: str | None = None,
        job_terminate_options: models.JobTerminateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def terminate(
        self,
        job_id: str,
        terminate_reason: str | None = None,
        job_terminate_options: models.JobTerminateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("job.terminate", models.JobTerminateOptions, None, locals())

    @overload
    def update(
        self,
        job_id: str,
        job_update_parameter: Any,
        job_update_options: models.JobUpdateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def update(
        self,
        job_id: str,
        job_update_parameter: Any,
        job_update_options: models.JobUpdateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def update(
        self,
        job_id: str,
        job_update_parameter: Any,
        job_update_options: models.JobUpdateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("job.update", models.JobUpdateOptions, None, locals())


class JobScheduleOperations(Group):
    @overload
    def add(
        self,
        cloud_job_schedule: Any,
        job_schedule_add_options: models.JobScheduleAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def add(
        self,
        cloud_job_schedule: Any,
        job_schedule_add_options: models.JobScheduleAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def add(
        self,
        cloud_job_schedule: Any,
        job_schedule_add_options: models.JobScheduleAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("job_schedule.add", models.JobScheduleAddOptions, None, locals())

    def list(
        self,
        job_schedule_list_options: models.JobScheduleListOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> models.CloudJobSchedulePaged:
        return self._invoke("job_schedule.list", models.JobScheduleListOptions, models.CloudJobSchedulePaged, locals())


class PoolOperations(Group):
    @overload
    def add(
        self,
        pool: Any,
        pool_add_options: models.PoolAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def add(
        self,
        pool: Any,
        pool_add_options: models.PoolAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def add(
        self,
        pool: Any,
        pool_add_options: models.PoolAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("pool.add", models.PoolAddOptions, None, locals())

    @overload
    def delete(
        self,
        pool_id: str,
        pool_delete_options: models.PoolDeleteOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def delete(
        self,
        pool_id: str,
        pool_delete_options: models.PoolDeleteOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def delete(
        self,
        pool_id: str,
        pool_delete_options: models.PoolDeleteOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("pool.delete", models.PoolDeleteOptions, None, locals())

    @overload
    def exists(
        self,
        pool_id: str,
        pool_exists_options: models.PoolExistsOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> bool: ...
    @overload
    def exists(
        self,
        pool_id: str,
        pool_exists_options: models.PoolExistsOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def exists(
        self,
        pool_id: str,
        pool_exists_options: models.PoolExistsOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("pool.exists", models.PoolExistsOptions, None, locals())

    @overload
    def get(
        self,
        pool_id: str,
        pool_get_options: models.PoolGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> models.CloudPool: ...
    @overload
    def get(
        self,
        pool_id: str,
        pool_get_options: models.PoolGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def get(
        self,
        pool_id: str,
        pool_get_options: models.PoolGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("pool.get", models.PoolGetOptions, models.CloudPool, locals())

    def list(
        self,
        pool_list_options: models.PoolListOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> models.CloudPoolPaged:
        return self._invoke("pool.list", models.PoolListOptions, models.CloudPoolPaged, locals())

    @overload
    def patch(
        self,
        pool_id: str,
        pool_patch_parameter: Any,
        pool_patch_options: models.PoolPatchOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def patch(
        self,
        pool_id: str,
        pool_patch_parameter: Any,
        pool_patch_options: models.PoolPatchOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def patch(
        self,
        pool_id: str,
        pool_patch_parameter: Any,
        pool_patch_options: models.PoolPatchOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("pool.patch", models.PoolPatchOptions, None, locals())

    @overload
    def resize(
        self,
        pool_id: str,
        pool_resize_parameter: Any,
        pool_resize_options: models.PoolResizeOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def resize(
        self,
        pool_id: str,
        pool_resize_parameter: Any,
        pool_resize_options: models.PoolResizeOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def resize(
        self,
        pool_id: str,
        pool_resize_parameter: Any,
        pool_resize_options: models.PoolResizeOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("pool.resize", models.PoolResizeOptions, None, locals())

    @overload
    def stop_resize(
        self,
        pool_id: str,
        pool_stop_resize_options: models.PoolStopResizeOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def stop_resize(
        self,
        pool_id: str,
        pool_stop_resize_options: models.PoolStopResizeOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def stop_resize(
        self,
        pool_id: str,
        pool_stop_resize_options: models.PoolStopResizeOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("pool.stop_resize", models.PoolStopResizeOptions, None, locals())


class TaskOperations(Group):
    @overload
    def add(
        self,
        job_id: str,
        task: Any,
        task_add_options: models.TaskAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def add(
        self,
        job_id: str,
        task: Any,
        task_add_options: models.TaskAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def add(
        self,
        job_id: str,
        task: Any,
        task_add_options: models.TaskAddOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("task.add", models.TaskAddOptions, None, locals())

    def add_collection(
        self,
        job_id: str,
        value: Iterable[Any],
        task_add_collection_options: models.TaskAddCollectionOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        threads: int | None = 0,
        **operation_config: Any,
    ) -> models.TaskAddCollectionResult:
        return self._invoke(
            "task.add_collection", models.TaskAddCollectionOptions, models.TaskAddCollectionResult, locals()
        )

    @overload
    def delete(
        self,
        job_id: str,
        task_id: str,
        task_delete_options: models.TaskDeleteOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def delete(
        self,
        job_id: str,
        task_id: str,
        task_delete_options: models.TaskDeleteOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def delete(
        self,
        job_id: str,
        task_id: str,
        task_delete_options: models.TaskDeleteOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("task.delete", models.TaskDeleteOptions, None, locals())

    @overload
    def get(
        self,
        job_id: str,
        task_id: str,
        task_get_options: models.TaskGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> models.CloudTask: ...
    @overload
    def get(
        self,
        job_id: str,
        task_id: str,
        task_get_options: models.TaskGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def get(
        self,
        job_id: str,
        task_id: str,
        task_get_options: models.TaskGetOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("task.get", models.TaskGetOptions, models.CloudTask, locals())

    def list(
        self,
        job_id: str,
        task_list_options: models.TaskListOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> models.CloudTaskPaged:
        return self._invoke("task.list", models.TaskListOptions, models.CloudTaskPaged, locals())

    @overload
    def list_subtasks(
        self,
        job_id: str,
        task_id: str,
        task_list_subtasks_options: models.TaskListSubtasksOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> models.CloudTaskListSubtasksResult: ...
    @overload
    def list_subtasks(
        self,
        job_id: str,
        task_id: str,
        task_list_subtasks_options: models.TaskListSubtasksOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def list_subtasks(
        self,
        job_id: str,
        task_id: str,
        task_list_subtasks_options: models.TaskListSubtasksOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke(
            "task.list_subtasks", models.TaskListSubtasksOptions, models.CloudTaskListSubtasksResult, locals()
        )

    @overload
    def reactivate(
        self,
        job_id: str,
        task_id: str,
        task_reactivate_options: models.TaskReactivateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def reactivate(
        self,
        job_id: str,
        task_id: str,
        task_reactivate_options: models.TaskReactivateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def reactivate(
        self,
        job_id: str,
        task_id: str,
        task_reactivate_options: models.TaskReactivateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("task.reactivate", models.TaskReactivateOptions, None, locals())

    @overload
    def terminate(
        self,
        job_id: str,
        task_id: str,
        task_terminate_options: models.TaskTerminateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def terminate(
        self,
        job_id: str,
        task_id: str,
        task_terminate_options: models.TaskTerminateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def terminate(
        self,
        job_id: str,
        task_id: str,
        task_terminate_options: models.TaskTerminateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("task.terminate", models.TaskTerminateOptions, None, locals())

    @overload
    def update(
        self,
        job_id: str,
        task_id: str,
        constraints: Any = None,
        task_update_options: models.TaskUpdateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: Literal[False] = False,
        **operation_config: Any,
    ) -> None: ...
    @overload
    def update(
        self,
        job_id: str,
        task_id: str,
        constraints: Any = None,
        task_update_options: models.TaskUpdateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any: ...
    def update(
        self,
        job_id: str,
        task_id: str,
        constraints: Any = None,
        task_update_options: models.TaskUpdateOptions | Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, str] | None = None,
        raw: bool = False,
        **operation_config: Any,
    ) -> Any:
        return self._invoke("task.update", models.TaskUpdateOptions, None, locals())


class Groups:
    """All groups."""

    def __init__(self, invoke: Any) -> None:
        self.account = AccountOperations(invoke)
        self.application = ApplicationOperations(invoke)
        self.compute_node = ComputeNodeOperations(invoke)
        self.file = FileOperations(invoke)
        self.job = JobOperations(invoke)
        self.job_schedule = JobScheduleOperations(invoke)
        self.pool = PoolOperations(invoke)
        self.task = TaskOperations(invoke)


__all__ = [
    "AccountOperations",
    "ApplicationOperations",
    "ComputeNodeOperations",
    "FileOperations",
    "JobOperations",
    "JobScheduleOperations",
    "PoolOperations",
    "TaskOperations",
]
