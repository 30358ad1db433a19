# Made by `python -m tests.batchtasks.compat.stubs`. Do not edit.
# ruff: noqa
# fmt: off
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from batchtasks.compat._calls import Paged as _Paged
from batchtasks.compat._model import Model as _Model
from batchtasks.compat.exceptions import BatchErrorException as BatchErrorException
from batchtasks.compat.exceptions import CreateTasksErrorException as CreateTasksErrorException

__all__: list[str]

class AccessScope(str, Enum):
    job = "job"

class AccountListSupportedImagesOptions(_Model):
    filter: Any
    max_results: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, filter: Any | None = ..., max_results: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class AccountListSupportedImagesResult(_Model):
    value: list[ImageInformation] | Any
    def __init__(self, *, value: Any | None = ...) -> None: ...

class AffinityInformation(_Model):
    affinity_id: str
    def __init__(self, *, affinity_id: str) -> None: ...

class AllocationState(str, Enum):
    steady = "steady"
    resizing = "resizing"
    stopping = "stopping"

class ApplicationListOptions(_Model):
    max_results: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, max_results: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class ApplicationPackageReference(_Model):
    application_id: str
    version: str
    def __init__(self, *, application_id: str, version: str | None = ...) -> None: ...

class ApplicationSummary(_Model):
    id: str
    display_name: str
    versions: list[str] | Any
    def __init__(self, *, id: str | None = ..., display_name: str | None = ..., versions: Any | None = ...) -> None: ...

class AuthenticationTokenSettings(_Model):
    access: list[AccessScope] | Any
    def __init__(self, *, access: Any | None = ...) -> None: ...

class AutoPoolSpecification(_Model):
    pool_lifetime_option: PoolLifetimeOption | Any
    auto_pool_id_prefix: str
    keep_alive: bool
    pool: PoolSpecification | Any
    def __init__(self, *, pool_lifetime_option: Any, auto_pool_id_prefix: str | None = ..., keep_alive: bool | None = ..., pool: Any | None = ...) -> None: ...

class AutoScaleRun(_Model):
    timestamp: datetime | Any
    results: str
    error: AutoScaleRunError | Any
    def __init__(self, *, timestamp: Any | None = ..., results: str | None = ..., error: Any | None = ...) -> None: ...

class AutoScaleRunError(_Model):
    code: str
    message: str
    values: list[NameValuePair] | Any
    def __init__(self, *, code: str | None = ..., message: str | None = ..., values: Any | None = ...) -> None: ...

class AutoUserScope(str, Enum):
    task = "task"
    pool = "pool"

class AutoUserSpecification(_Model):
    scope: AutoUserScope | Any
    elevation_level: ElevationLevel | Any
    def __init__(self, *, scope: Any | None = ..., elevation_level: Any | None = ...) -> None: ...

class AutomaticOSUpgradePolicy(_Model):
    disable_automatic_rollback: bool
    enable_automatic_os_upgrade: bool
    use_rolling_upgrade_policy: bool
    os_rolling_upgrade_deferral: bool
    def __init__(self, *, disable_automatic_rollback: bool | None = ..., enable_automatic_os_upgrade: bool | None = ..., use_rolling_upgrade_policy: bool | None = ..., os_rolling_upgrade_deferral: bool | None = ...) -> None: ...

class AzureBlobFileSystemConfiguration(_Model):
    account_name: str
    container_name: str
    account_key: str
    sas_key: str
    blobfuse_options: str
    relative_mount_path: str
    identity_reference: ComputeNodeIdentityReference | Any
    def __init__(self, *, account_name: str | None = ..., container_name: str | None = ..., account_key: str | None = ..., sas_key: str | None = ..., blobfuse_options: str | None = ..., relative_mount_path: str | None = ..., identity_reference: Any | None = ...) -> None: ...

class AzureFileShareConfiguration(_Model):
    account_name: str
    azure_file_url: str
    account_key: str
    relative_mount_path: str
    mount_options: str
    def __init__(self, *, account_name: str | None = ..., azure_file_url: str | None = ..., account_key: str | None = ..., relative_mount_path: str | None = ..., mount_options: str | None = ...) -> None: ...

class BatchError(_Model):
    code: str
    message: ErrorMessage | Any
    values: list[BatchErrorDetail] | Any
    def __init__(self, *, code: str | None = ..., message: Any | None = ..., values: Any | None = ...) -> None: ...

class BatchErrorDetail(_Model):
    key: str
    value: str
    def __init__(self, *, key: str | None = ..., value: str | None = ...) -> None: ...

class BatchPoolIdentity(_Model):
    type: PoolIdentityType | Any
    user_assigned_identities: list[UserAssignedIdentity] | Any
    def __init__(self, *, type: Any | None = ..., user_assigned_identities: Any | None = ...) -> None: ...

class CIFSMountConfiguration(_Model):
    username: str
    source: str
    relative_mount_path: str
    mount_options: str
    password: str
    def __init__(self, *, username: str | None = ..., source: str | None = ..., relative_mount_path: str | None = ..., mount_options: str | None = ..., password: str | None = ...) -> None: ...

class CachingType(str, Enum):
    none = "none"
    read_only = "readonly"
    read_write = "readwrite"

class CertificateReference(_Model):
    thumbprint: str
    thumbprint_algorithm: str
    store_location: CertificateStoreLocation | Any
    store_name: str
    visibility: list[CertificateVisibility] | Any
    def __init__(self, *, thumbprint: str | None = ..., thumbprint_algorithm: str | None = ..., store_location: Any | None = ..., store_name: str | None = ..., visibility: Any | None = ...) -> None: ...

class CertificateStoreLocation(str, Enum):
    current_user = "currentuser"
    local_machine = "localmachine"

class CertificateVisibility(str, Enum):
    start_task = "starttask"
    task = "task"
    remote_user = "remoteuser"

class CloudJob(_Model):
    id: str
    display_name: str
    uses_task_dependencies: bool
    url: str
    e_tag: str
    last_modified: datetime | Any
    creation_time: datetime | Any
    state: JobState | Any
    state_transition_time: datetime | Any
    previous_state: JobState | Any
    previous_state_transition_time: datetime | Any
    priority: int
    allow_task_preemption: bool
    max_parallel_tasks: int
    constraints: JobConstraints | Any
    job_manager_task: JobManagerTask | Any
    job_preparation_task: JobPreparationTask | Any
    job_release_task: JobReleaseTask | Any
    common_environment_settings: list[EnvironmentSetting] | Any
    pool_info: PoolInformation | Any
    on_all_tasks_complete: OnAllTasksComplete | Any
    on_task_failure: OnTaskFailure | Any
    network_configuration: JobNetworkConfiguration | Any
    metadata: list[MetadataItem] | Any
    execution_info: JobExecutionInformation | Any
    stats: JobStatistics | Any
    def __init__(self, *, id: str | None = ..., display_name: str | None = ..., uses_task_dependencies: bool | None = ..., url: str | None = ..., e_tag: str | None = ..., last_modified: Any | None = ..., creation_time: Any | None = ..., state: Any | None = ..., state_transition_time: Any | None = ..., previous_state: Any | None = ..., previous_state_transition_time: Any | None = ..., priority: int | None = ..., allow_task_preemption: bool | None = ..., max_parallel_tasks: int | None = ..., constraints: Any | None = ..., job_manager_task: Any | None = ..., job_preparation_task: Any | None = ..., job_release_task: Any | None = ..., common_environment_settings: Any | None = ..., pool_info: Any | None = ..., on_all_tasks_complete: Any | None = ..., on_task_failure: Any | None = ..., network_configuration: Any | None = ..., metadata: Any | None = ..., execution_info: Any | None = ..., stats: Any | None = ...) -> None: ...

class CloudJobListPreparationAndReleaseTaskStatusResult(_Model):
    value: list[JobPreparationAndReleaseTaskExecutionInformation] | Any
    def __init__(self, *, value: Any | None = ...) -> None: ...

class CloudJobSchedule(_Model):
    id: str
    display_name: str
    url: str
    e_tag: str
    last_modified: datetime | Any
    creation_time: datetime | Any
    state: JobScheduleState | Any
    state_transition_time: datetime | Any
    previous_state: JobScheduleState | Any
    previous_state_transition_time: datetime | Any
    schedule: Schedule | Any
    job_specification: Any
    execution_info: JobScheduleExecutionInformation | Any
    metadata: list[MetadataItem] | Any
    stats: Any
    def __init__(self, *, id: str | None = ..., display_name: str | None = ..., url: str | None = ..., e_tag: str | None = ..., last_modified: Any | None = ..., creation_time: Any | None = ..., state: Any | None = ..., state_transition_time: Any | None = ..., previous_state: Any | None = ..., previous_state_transition_time: Any | None = ..., schedule: Any | None = ..., job_specification: Any | None = ..., execution_info: Any | None = ..., metadata: Any | None = ..., stats: Any | None = ...) -> None: ...

class CloudPool(_Model):
    id: str
    url: str
    e_tag: str
    last_modified: datetime | Any
    creation_time: datetime | Any
    state: PoolState | Any
    state_transition_time: datetime | Any
    allocation_state: AllocationState | Any
    allocation_state_transition_time: datetime | Any
    display_name: str
    vm_size: str
    cloud_service_configuration: CloudServiceConfiguration | Any
    virtual_machine_configuration: VirtualMachineConfiguration | Any
    task_slots_per_node: int
    task_scheduling_policy: TaskSchedulingPolicy | Any
    resize_timeout: timedelta | Any
    target_dedicated_nodes: int
    target_low_priority_nodes: int
    enable_auto_scale: bool
    auto_scale_formula: str
    auto_scale_evaluation_interval: timedelta | Any
    enable_inter_node_communication: bool
    network_configuration: NetworkConfiguration | Any
    start_task: StartTask | Any
    certificate_references: list[CertificateReference] | Any
    application_package_references: list[ApplicationPackageReference] | Any
    application_licenses: list[str] | Any
    user_accounts: list[UserAccount] | Any
    metadata: list[MetadataItem] | Any
    mount_configuration: list[MountConfiguration] | Any
    target_node_communication_mode: NodeCommunicationMode | Any
    upgrade_policy: UpgradePolicy | Any
    resource_tags: Any
    resize_errors: list[ResizeError] | Any
    current_dedicated_nodes: int
    current_low_priority_nodes: int
    current_node_communication_mode: NodeCommunicationMode | Any
    auto_scale_run: AutoScaleRun | Any
    stats: PoolStatistics | Any
    identity: BatchPoolIdentity | Any
    def __init__(self, *, id: str | None = ..., url: str | None = ..., e_tag: str | None = ..., last_modified: Any | None = ..., creation_time: Any | None = ..., state: Any | None = ..., state_transition_time: Any | None = ..., allocation_state: Any | None = ..., allocation_state_transition_time: Any | None = ..., display_name: str | None = ..., vm_size: str | None = ..., cloud_service_configuration: Any | None = ..., virtual_machine_configuration: Any | None = ..., task_slots_per_node: int | None = ..., task_scheduling_policy: Any | None = ..., resize_timeout: Any | None = ..., target_dedicated_nodes: int | None = ..., target_low_priority_nodes: int | None = ..., enable_auto_scale: bool | None = ..., auto_scale_formula: str | None = ..., auto_scale_evaluation_interval: Any | None = ..., enable_inter_node_communication: bool | None = ..., network_configuration: Any | None = ..., start_task: Any | None = ..., certificate_references: Any | None = ..., application_package_references: Any | None = ..., application_licenses: Any | None = ..., user_accounts: Any | None = ..., metadata: Any | None = ..., mount_configuration: Any | None = ..., target_node_communication_mode: Any | None = ..., upgrade_policy: Any | None = ..., resource_tags: Any | None = ..., resize_errors: Any | None = ..., current_dedicated_nodes: int | None = ..., current_low_priority_nodes: int | None = ..., current_node_communication_mode: Any | None = ..., auto_scale_run: Any | None = ..., stats: Any | None = ..., identity: Any | None = ...) -> None: ...

class CloudServiceConfiguration(_Model):
    os_family: str
    os_version: str
    def __init__(self, *, os_family: str | None = ..., os_version: str | None = ...) -> None: ...

class CloudTask(_Model):
    id: str
    display_name: str
    url: str
    e_tag: str
    creation_time: datetime | Any
    last_modified: datetime | Any
    state: TaskState | Any
    state_transition_time: datetime | Any
    previous_state: TaskState | Any
    previous_state_transition_time: datetime | Any
    command_line: str
    container_settings: TaskContainerSettings | Any
    exit_conditions: ExitConditions | Any
    resource_files: list[ResourceFile] | Any
    output_files: list[OutputFile] | Any
    environment_settings: list[EnvironmentSetting] | Any
    affinity_info: AffinityInformation | Any
    constraints: TaskConstraints | Any
    required_slots: int
    user_identity: UserIdentity | Any
    execution_info: TaskExecutionInformation | Any
    node_info: ComputeNodeInformation | Any
    multi_instance_settings: MultiInstanceSettings | Any
    stats: TaskStatistics | Any
    depends_on: TaskDependencies | Any
    application_package_references: list[ApplicationPackageReference] | Any
    authentication_token_settings: AuthenticationTokenSettings | Any
    def __init__(self, *, id: str | None = ..., display_name: str | None = ..., url: str | None = ..., e_tag: str | None = ..., creation_time: Any | None = ..., last_modified: Any | None = ..., state: Any | None = ..., state_transition_time: Any | None = ..., previous_state: Any | None = ..., previous_state_transition_time: Any | None = ..., command_line: str | None = ..., container_settings: Any | None = ..., exit_conditions: Any | None = ..., resource_files: Any | None = ..., output_files: Any | None = ..., environment_settings: Any | None = ..., affinity_info: Any | None = ..., constraints: Any | None = ..., required_slots: int | None = ..., user_identity: Any | None = ..., execution_info: Any | None = ..., node_info: Any | None = ..., multi_instance_settings: Any | None = ..., stats: Any | None = ..., depends_on: Any | None = ..., application_package_references: Any | None = ..., authentication_token_settings: Any | None = ...) -> None: ...

class CloudTaskListSubtasksResult(_Model):
    value: list[SubtaskInformation] | Any
    def __init__(self, *, value: Any | None = ...) -> None: ...

class ComputeNode(_Model):
    id: str
    url: str
    state: ComputeNodeState | Any
    scheduling_state: SchedulingState | Any
    state_transition_time: datetime | Any
    last_boot_time: datetime | Any
    allocation_time: datetime | Any
    ip_address: str
    ipv6_address: str
    affinity_id: str
    vm_size: str
    total_tasks_run: int
    running_tasks_count: int
    running_task_slots_count: int
    total_tasks_succeeded: int
    recent_tasks: list[TaskInformation] | Any
    start_task: StartTask | Any
    start_task_info: StartTaskInformation | Any
    certificate_references: list[CertificateReference] | Any
    errors: list[ComputeNodeError] | Any
    is_dedicated: bool
    endpoint_configuration: ComputeNodeEndpointConfiguration | Any
    node_agent_info: NodeAgentInformation | Any
    virtual_machine_info: VirtualMachineInfo | Any
    def __init__(self, *, id: str | None = ..., url: str | None = ..., state: Any | None = ..., scheduling_state: Any | None = ..., state_transition_time: Any | None = ..., last_boot_time: Any | None = ..., allocation_time: Any | None = ..., ip_address: str | None = ..., ipv6_address: str | None = ..., affinity_id: str | None = ..., vm_size: str | None = ..., total_tasks_run: int | None = ..., running_tasks_count: int | None = ..., running_task_slots_count: int | None = ..., total_tasks_succeeded: int | None = ..., recent_tasks: Any | None = ..., start_task: Any | None = ..., start_task_info: Any | None = ..., certificate_references: Any | None = ..., errors: Any | None = ..., is_dedicated: bool | None = ..., endpoint_configuration: Any | None = ..., node_agent_info: Any | None = ..., virtual_machine_info: Any | None = ...) -> None: ...

class ComputeNodeDeallocationOption(str, Enum):
    requeue = "requeue"
    terminate = "terminate"
    task_completion = "taskcompletion"
    retained_data = "retaineddata"

class ComputeNodeEndpointConfiguration(_Model):
    inbound_endpoints: list[InboundEndpoint] | Any
    def __init__(self, *, inbound_endpoints: Any | None = ...) -> None: ...

class ComputeNodeError(_Model):
    code: str
    message: str
    error_details: list[NameValuePair] | Any
    def __init__(self, *, code: str | None = ..., message: str | None = ..., error_details: Any | None = ...) -> None: ...

class ComputeNodeFillType(str, Enum):
    spread = "spread"
    pack = "pack"

class ComputeNodeGetOptions(_Model):
    select: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, select: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class ComputeNodeIdentityReference(_Model):
    resource_id: str
    def __init__(self, *, resource_id: str | None = ...) -> None: ...

class ComputeNodeInformation(_Model):
    affinity_id: str
    node_url: str
    pool_id: str
    node_id: str
    task_root_directory: str
    task_root_directory_url: str
    def __init__(self, *, affinity_id: str | None = ..., node_url: str | None = ..., pool_id: str | None = ..., node_id: str | None = ..., task_root_directory: str | None = ..., task_root_directory_url: str | None = ...) -> None: ...

class ComputeNodeListOptions(_Model):
    filter: Any
    select: Any
    max_results: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, filter: Any | None = ..., select: Any | None = ..., max_results: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class ComputeNodeState(str, Enum):
    idle = "idle"
    rebooting = "rebooting"
    reimaging = "reimaging"
    running = "running"
    unusable = "unusable"
    creating = "creating"
    starting = "starting"
    waiting_for_start_task = "waitingforstarttask"
    start_task_failed = "starttaskfailed"
    unknown = "unknown"
    leaving_pool = "leavingpool"
    offline = "offline"
    preempted = "preempted"
    upgrading_os = "upgradingos"
    deallocated = "deallocated"
    deallocating = "deallocating"

class ContainerConfiguration(_Model):
    type: str
    container_image_names: list[str] | Any
    container_registries: list[ContainerRegistry] | Any
    def __init__(self, *, type: str | None = ..., container_image_names: Any | None = ..., container_registries: Any | None = ...) -> None: ...

class ContainerHostBatchBindMountEntry(_Model):
    source: ContainerHostDataPath | Any
    is_read_only: bool
    def __init__(self, *, source: Any | None = ..., is_read_only: bool | None = ...) -> None: ...

class ContainerHostDataPath(str, Enum):
    shared = "Shared"
    startup = "Startup"
    vfs_mounts = "VfsMounts"
    task = "Task"
    job_prep = "JobPrep"
    applications = "Applications"

class ContainerRegistry(_Model):
    user_name: str
    password: str
    registry_server: str
    identity_reference: ComputeNodeIdentityReference | Any
    def __init__(self, *, user_name: str | None = ..., password: str | None = ..., registry_server: str | None = ..., identity_reference: Any | None = ...) -> None: ...

class ContainerWorkingDirectory(str, Enum):
    task_working_directory = "taskWorkingDirectory"
    container_image_default = "containerImageDefault"

class DataDisk(_Model):
    lun: int
    caching: CachingType | Any
    disk_size_gb: int
    storage_account_type: StorageAccountType | Any
    def __init__(self, *, lun: int | None = ..., caching: Any | None = ..., disk_size_gb: int | None = ..., storage_account_type: Any | None = ...) -> None: ...

class DependencyAction(str, Enum):
    satisfy = "satisfy"
    block = "block"

class DiffDiskPlacement(str, Enum):
    cache_disk = "CacheDisk"

class DiffDiskSettings(_Model):
    placement: DiffDiskPlacement | Any
    def __init__(self, *, placement: Any | None = ...) -> None: ...

class DisableJobOption(str, Enum):
    requeue = "requeue"
    terminate = "terminate"
    wait = "wait"

class DiskEncryptionConfiguration(_Model):
    targets: list[DiskEncryptionTarget] | Any
    def __init__(self, *, targets: Any | None = ...) -> None: ...

class DiskEncryptionTarget(str, Enum):
    os_disk = "osdisk"
    temporary_disk = "temporarydisk"

class DynamicVNetAssignmentScope(str, Enum):
    none = "none"
    job = "job"

class ElevationLevel(str, Enum):
    non_admin = "nonadmin"
    admin = "admin"

class EnvironmentSetting(_Model):
    name: str
    value: str
    def __init__(self, *, name: str, value: str | None = ...) -> None: ...

class ErrorCategory(str, Enum):
    user_error = "usererror"
    server_error = "servererror"

class ErrorMessage(_Model):
    lang: str
    value: str
    def __init__(self, *, lang: str | None = ..., value: str | None = ...) -> None: ...

class ExitCodeMapping(_Model):
    code: int
    exit_options: ExitOptions | Any
    def __init__(self, *, code: int, exit_options: Any) -> None: ...

class ExitCodeRangeMapping(_Model):
    start: int
    end: int
    exit_options: ExitOptions | Any
    def __init__(self, *, start: int, end: int, exit_options: Any) -> None: ...

class ExitConditions(_Model):
    exit_codes: list[ExitCodeMapping] | Any
    exit_code_ranges: list[ExitCodeRangeMapping] | Any
    pre_processing_error: ExitOptions | Any
    file_upload_error: ExitOptions | Any
    default: ExitOptions | Any
    def __init__(self, *, exit_codes: Any | None = ..., exit_code_ranges: Any | None = ..., pre_processing_error: Any | None = ..., file_upload_error: Any | None = ..., default: Any | None = ...) -> None: ...

class ExitOptions(_Model):
    job_action: JobAction | Any
    dependency_action: DependencyAction | Any
    def __init__(self, *, job_action: Any | None = ..., dependency_action: Any | None = ...) -> None: ...

class FileDeleteFromTaskOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class FileGetFromTaskOptions(_Model):
    timeout: Any
    ocp_range: Any
    if_modified_since: Any
    if_unmodified_since: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., ocp_range: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class FileGetPropertiesFromTaskOptions(_Model):
    timeout: Any
    if_modified_since: Any
    if_unmodified_since: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class FileListFromTaskOptions(_Model):
    filter: Any
    max_results: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, filter: Any | None = ..., max_results: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class FileProperties(_Model):
    creation_time: datetime | Any
    last_modified: datetime | Any
    content_length: int
    content_type: str
    file_mode: str
    def __init__(self, *, creation_time: Any | None = ..., last_modified: Any | None = ..., content_length: int | None = ..., content_type: str | None = ..., file_mode: str | None = ...) -> None: ...

class HttpHeader(_Model):
    name: str
    value: str
    def __init__(self, *, name: str, value: str | None = ...) -> None: ...

class IPAddressProvisioningType(str, Enum):
    batch_managed = "batchmanaged"
    user_managed = "usermanaged"
    no_public_ip_addresses = "nopublicipaddresses"

class ImageInformation(_Model):
    node_agent_sku_id: str
    image_reference: ImageReference | Any
    os_type: OSType | Any
    capabilities: list[str] | Any
    batch_support_end_of_life: datetime | Any
    verification_type: VerificationType | Any
    def __init__(self, *, node_agent_sku_id: str | None = ..., image_reference: Any | None = ..., os_type: Any | None = ..., capabilities: Any | None = ..., batch_support_end_of_life: Any | None = ..., verification_type: Any | None = ...) -> None: ...

class ImageReference(_Model):
    publisher: str
    offer: str
    sku: str
    version: str
    virtual_machine_image_id: str
    exact_version: str
    shared_gallery_image_id: str
    community_gallery_image_id: str
    def __init__(self, *, publisher: str | None = ..., offer: str | None = ..., sku: str | None = ..., version: str | None = ..., virtual_machine_image_id: str | None = ..., exact_version: str | None = ..., shared_gallery_image_id: str | None = ..., community_gallery_image_id: str | None = ...) -> None: ...

class InboundEndpoint(_Model):
    name: str
    protocol: InboundEndpointProtocol | Any
    public_ip_address: str
    public_fqdn: str
    frontend_port: int
    backend_port: int
    def __init__(self, *, name: str | None = ..., protocol: Any | None = ..., public_ip_address: str | None = ..., public_fqdn: str | None = ..., frontend_port: int | None = ..., backend_port: int | None = ...) -> None: ...

class InboundEndpointProtocol(str, Enum):
    tcp = "tcp"
    udp = "udp"

class InboundNATPool(_Model):
    name: str
    protocol: InboundEndpointProtocol | Any
    backend_port: int
    frontend_port_range_start: int
    frontend_port_range_end: int
    network_security_group_rules: list[NetworkSecurityGroupRule] | Any
    def __init__(self, *, name: str | None = ..., protocol: Any | None = ..., backend_port: int | None = ..., frontend_port_range_start: int | None = ..., frontend_port_range_end: int | None = ..., network_security_group_rules: Any | None = ...) -> None: ...

class JobAction(str, Enum):
    none = "none"
    disable = "disable"
    terminate = "terminate"

class JobAddOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class JobAddParameter(_Model):
    id: str
    pool_info: PoolInformation | Any
    display_name: str
    priority: int
    max_parallel_tasks: int
    allow_task_preemption: bool
    constraints: JobConstraints | Any
    job_manager_task: JobManagerTask | Any
    job_preparation_task: JobPreparationTask | Any
    job_release_task: JobReleaseTask | Any
    common_environment_settings: list[EnvironmentSetting] | Any
    on_all_tasks_complete: OnAllTasksComplete | Any
    on_task_failure: OnTaskFailure | Any
    metadata: list[MetadataItem] | Any
    uses_task_dependencies: bool
    network_configuration: JobNetworkConfiguration | Any
    def __init__(self, *, id: str, pool_info: Any, display_name: str | None = ..., priority: int | None = ..., max_parallel_tasks: int | None = ..., allow_task_preemption: bool | None = ..., constraints: Any | None = ..., job_manager_task: Any | None = ..., job_preparation_task: Any | None = ..., job_release_task: Any | None = ..., common_environment_settings: Any | None = ..., on_all_tasks_complete: Any | None = ..., on_task_failure: Any | None = ..., metadata: Any | None = ..., uses_task_dependencies: bool | None = ..., network_configuration: Any | None = ...) -> None: ...

class JobConstraints(_Model):
    max_wall_clock_time: timedelta | Any
    max_task_retry_count: int
    def __init__(self, *, max_wall_clock_time: Any | None = ..., max_task_retry_count: int | None = ...) -> None: ...

class JobDefaultOrder(str, Enum):
    none = "none"
    creationtime = "creationtime"

class JobDeleteOptions(_Model):
    force: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, force: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class JobDisableOptions(_Model):
    timeout: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class JobDisableParameter(_Model):
    disable_tasks: DisableJobOption | Any
    def __init__(self, *, disable_tasks: Any) -> None: ...

class JobEnableOptions(_Model):
    timeout: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class JobExecutionInformation(_Model):
    start_time: datetime | Any
    end_time: datetime | Any
    pool_id: str
    scheduling_error: JobSchedulingError | Any
    terminate_reason: str
    def __init__(self, *, start_time: Any | None = ..., end_time: Any | None = ..., pool_id: str | None = ..., scheduling_error: Any | None = ..., terminate_reason: str | None = ...) -> None: ...

class JobGetOptions(_Model):
    select: Any
    expand: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, select: Any | None = ..., expand: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class JobGetTaskCountsOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class JobListOptions(_Model):
    filter: Any
    select: Any
    expand: Any
    max_results: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, filter: Any | None = ..., select: Any | None = ..., expand: Any | None = ..., max_results: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class JobListPreparationAndReleaseTaskStatusOptions(_Model):
    filter: Any
    select: Any
    max_results: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, filter: Any | None = ..., select: Any | None = ..., max_results: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class JobManagerTask(_Model):
    id: str
    command_line: str
    display_name: str
    container_settings: TaskContainerSettings | Any
    resource_files: list[ResourceFile] | Any
    output_files: list[OutputFile] | Any
    environment_settings: list[EnvironmentSetting] | Any
    constraints: TaskConstraints | Any
    required_slots: int
    kill_job_on_completion: bool
    user_identity: UserIdentity | Any
    run_exclusive: bool
    application_package_references: list[ApplicationPackageReference] | Any
    authentication_token_settings: AuthenticationTokenSettings | Any
    allow_low_priority_node: bool
    def __init__(self, *, id: str, command_line: str, display_name: str | None = ..., container_settings: Any | None = ..., resource_files: Any | None = ..., output_files: Any | None = ..., environment_settings: Any | None = ..., constraints: Any | None = ..., required_slots: int | None = ..., kill_job_on_completion: bool | None = ..., user_identity: Any | None = ..., run_exclusive: bool | None = ..., application_package_references: Any | None = ..., authentication_token_settings: Any | None = ..., allow_low_priority_node: bool | None = ...) -> None: ...

class JobNetworkConfiguration(_Model):
    subnet_id: str
    skip_withdraw_from_v_net: bool
    def __init__(self, *, subnet_id: str, skip_withdraw_from_v_net: bool | None = ...) -> None: ...

class JobNetworkConfigurationPatch(_Model):
    subnet_id: str
    skip_withdraw_from_v_net: bool
    def __init__(self, *, subnet_id: str | None = ..., skip_withdraw_from_v_net: bool | None = ...) -> None: ...

class JobPatchOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class JobPatchParameter(_Model):
    priority: int
    max_parallel_tasks: int
    allow_task_preemption: bool
    on_all_tasks_complete: OnAllTasksComplete | Any
    constraints: JobConstraints | Any
    pool_info: PoolInformation | Any
    metadata: list[MetadataItem] | Any
    network_configuration: JobNetworkConfigurationPatch | Any
    def __init__(self, *, priority: int | None = ..., max_parallel_tasks: int | None = ..., allow_task_preemption: bool | None = ..., on_all_tasks_complete: Any | None = ..., constraints: Any | None = ..., pool_info: Any | None = ..., metadata: Any | None = ..., network_configuration: Any | None = ...) -> None: ...

class JobPreparationAndReleaseTaskExecutionInformation(_Model):
    pool_id: str
    node_id: str
    node_url: str
    job_preparation_task_execution_info: JobPreparationTaskExecutionInformation | Any
    job_release_task_execution_info: JobReleaseTaskExecutionInformation | Any
    def __init__(self, *, pool_id: str | None = ..., node_id: str | None = ..., node_url: str | None = ..., job_preparation_task_execution_info: Any | None = ..., job_release_task_execution_info: Any | None = ...) -> None: ...

class JobPreparationTask(_Model):
    command_line: str
    id: str
    container_settings: TaskContainerSettings | Any
    resource_files: list[ResourceFile] | Any
    environment_settings: list[EnvironmentSetting] | Any
    constraints: TaskConstraints | Any
    wait_for_success: bool
    user_identity: UserIdentity | Any
    rerun_on_node_reboot_after_success: bool
    def __init__(self, *, command_line: str, id: str | None = ..., container_settings: Any | None = ..., resource_files: Any | None = ..., environment_settings: Any | None = ..., constraints: Any | None = ..., wait_for_success: bool | None = ..., user_identity: Any | None = ..., rerun_on_node_reboot_after_success: bool | None = ...) -> None: ...

class JobPreparationTaskExecutionInformation(_Model):
    start_time: datetime | Any
    end_time: datetime | Any
    state: JobPreparationTaskState | Any
    task_root_directory: str
    task_root_directory_url: str
    exit_code: int
    container_info: TaskContainerExecutionInformation | Any
    failure_info: TaskFailureInformation | Any
    retry_count: int
    last_retry_time: datetime | Any
    result: TaskExecutionResult | Any
    def __init__(self, *, start_time: Any | None = ..., end_time: Any | None = ..., state: Any | None = ..., task_root_directory: str | None = ..., task_root_directory_url: str | None = ..., exit_code: int | None = ..., container_info: Any | None = ..., failure_info: Any | None = ..., retry_count: int | None = ..., last_retry_time: Any | None = ..., result: Any | None = ...) -> None: ...

class JobPreparationTaskState(str, Enum):
    running = "running"
    completed = "completed"

class JobReleaseTask(_Model):
    command_line: str
    id: str
    container_settings: TaskContainerSettings | Any
    resource_files: list[ResourceFile] | Any
    environment_settings: list[EnvironmentSetting] | Any
    max_wall_clock_time: timedelta | Any
    retention_time: timedelta | Any
    user_identity: UserIdentity | Any
    def __init__(self, *, command_line: str, id: str | None = ..., container_settings: Any | None = ..., resource_files: Any | None = ..., environment_settings: Any | None = ..., max_wall_clock_time: Any | None = ..., retention_time: Any | None = ..., user_identity: Any | None = ...) -> None: ...

class JobReleaseTaskExecutionInformation(_Model):
    start_time: datetime | Any
    end_time: datetime | Any
    state: JobReleaseTaskState | Any
    task_root_directory: str
    task_root_directory_url: str
    exit_code: int
    container_info: TaskContainerExecutionInformation | Any
    failure_info: TaskFailureInformation | Any
    result: TaskExecutionResult | Any
    def __init__(self, *, start_time: Any | None = ..., end_time: Any | None = ..., state: Any | None = ..., task_root_directory: str | None = ..., task_root_directory_url: str | None = ..., exit_code: int | None = ..., container_info: Any | None = ..., failure_info: Any | None = ..., result: Any | None = ...) -> None: ...

class JobReleaseTaskState(str, Enum):
    running = "running"
    completed = "completed"

class JobScheduleAddOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class JobScheduleAddParameter(_Model):
    id: str
    schedule: Schedule | Any
    job_specification: Any
    display_name: str
    metadata: list[MetadataItem] | Any
    def __init__(self, *, id: str, schedule: Any, job_specification: Any, display_name: str | None = ..., metadata: Any | None = ...) -> None: ...

class JobScheduleExecutionInformation(_Model):
    next_run_time: datetime | Any
    recent_job: RecentJob | Any
    end_time: datetime | Any
    def __init__(self, *, next_run_time: Any | None = ..., recent_job: Any | None = ..., end_time: Any | None = ...) -> None: ...

class JobScheduleListOptions(_Model):
    filter: Any
    select: Any
    expand: Any
    max_results: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, filter: Any | None = ..., select: Any | None = ..., expand: Any | None = ..., max_results: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class JobScheduleState(str, Enum):
    active = "active"
    completed = "completed"
    disabled = "disabled"
    terminating = "terminating"
    deleting = "deleting"

class JobSchedulingError(_Model):
    category: ErrorCategory | Any
    code: str
    message: str
    details: list[NameValuePair] | Any
    def __init__(self, *, category: Any | None = ..., code: str | None = ..., message: str | None = ..., details: Any | None = ...) -> None: ...

class JobState(str, Enum):
    active = "active"
    disabling = "disabling"
    disabled = "disabled"
    enabling = "enabling"
    terminating = "terminating"
    completed = "completed"
    deleting = "deleting"

class JobStatistics(_Model):
    url: str
    start_time: datetime | Any
    last_update_time: datetime | Any
    user_cpu_time: timedelta | Any
    kernel_cpu_time: timedelta | Any
    wall_clock_time: timedelta | Any
    read_iops: int
    write_iops: int
    read_io_gi_b: float
    write_io_gi_b: float
    num_succeeded_tasks: int
    num_failed_tasks: int
    num_task_retries: int
    wait_time: timedelta | Any
    def __init__(self, *, url: str | None = ..., start_time: Any | None = ..., last_update_time: Any | None = ..., user_cpu_time: Any | None = ..., kernel_cpu_time: Any | None = ..., wall_clock_time: Any | None = ..., read_iops: int | None = ..., write_iops: int | None = ..., read_io_gi_b: float | None = ..., write_io_gi_b: float | None = ..., num_succeeded_tasks: int | None = ..., num_failed_tasks: int | None = ..., num_task_retries: int | None = ..., wait_time: Any | None = ...) -> None: ...

class JobTerminateOptions(_Model):
    force: Any
    timeout: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, force: Any | None = ..., timeout: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class JobTerminateParameter(_Model):
    terminate_reason: str
    def __init__(self, *, terminate_reason: str | None = ...) -> None: ...

class JobUpdateOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class JobUpdateParameter(_Model):
    pool_info: PoolInformation | Any
    priority: int
    max_parallel_tasks: int
    allow_task_preemption: bool
    constraints: JobConstraints | Any
    metadata: list[MetadataItem] | Any
    on_all_tasks_complete: OnAllTasksComplete | Any
    def __init__(self, *, pool_info: Any, priority: int | None = ..., max_parallel_tasks: int | None = ..., allow_task_preemption: bool | None = ..., constraints: Any | None = ..., metadata: Any | None = ..., on_all_tasks_complete: Any | None = ...) -> None: ...

class LinuxUserConfiguration(_Model):
    uid: int
    gid: int
    ssh_private_key: str
    def __init__(self, *, uid: int | None = ..., gid: int | None = ..., ssh_private_key: str | None = ...) -> None: ...

class LoginMode(str, Enum):
    batch = "batch"
    interactive = "interactive"

class ManagedDisk(_Model):
    storage_account_type: StorageAccountType | Any
    def __init__(self, *, storage_account_type: Any | None = ...) -> None: ...

class MetadataItem(_Model):
    name: str
    value: str
    def __init__(self, *, name: str, value: str) -> None: ...

class MountConfiguration(_Model):
    azure_blob_file_system_configuration: AzureBlobFileSystemConfiguration | Any
    nfs_mount_configuration: NFSMountConfiguration | Any
    cifs_mount_configuration: CIFSMountConfiguration | Any
    azure_file_share_configuration: AzureFileShareConfiguration | Any
    def __init__(self, *, azure_blob_file_system_configuration: Any | None = ..., nfs_mount_configuration: Any | None = ..., cifs_mount_configuration: Any | None = ..., azure_file_share_configuration: Any | None = ...) -> None: ...

class MultiInstanceSettings(_Model):
    coordination_command_line: str
    number_of_instances: int
    common_resource_files: list[ResourceFile] | Any
    def __init__(self, *, coordination_command_line: str, number_of_instances: int | None = ..., common_resource_files: Any | None = ...) -> None: ...

class NFSMountConfiguration(_Model):
    source: str
    relative_mount_path: str
    mount_options: str
    def __init__(self, *, source: str | None = ..., relative_mount_path: str | None = ..., mount_options: str | None = ...) -> None: ...

class NameValuePair(_Model):
    name: str
    value: str
    def __init__(self, *, name: str | None = ..., value: str | None = ...) -> None: ...

class NetworkConfiguration(_Model):
    subnet_id: str
    dynamic_vnet_assignment_scope: DynamicVNetAssignmentScope | Any
    endpoint_configuration: PoolEndpointConfiguration | Any
    public_ip_address_configuration: PublicIPAddressConfiguration | Any
    enable_accelerated_networking: bool
    def __init__(self, *, subnet_id: str | None = ..., dynamic_vnet_assignment_scope: Any | None = ..., endpoint_configuration: Any | None = ..., public_ip_address_configuration: Any | None = ..., enable_accelerated_networking: bool | None = ...) -> None: ...

class NetworkSecurityGroupRule(_Model):
    priority: int
    access: NetworkSecurityGroupRuleAccess | Any
    source_address_prefix: str
    source_port_ranges: list[str] | Any
    def __init__(self, *, priority: int | None = ..., access: Any | None = ..., source_address_prefix: str | None = ..., source_port_ranges: Any | None = ...) -> None: ...

class NetworkSecurityGroupRuleAccess(str, Enum):
    allow = "allow"
    deny = "deny"

class NodeAgentInformation(_Model):
    version: str
    last_update_time: datetime | Any
    def __init__(self, *, version: str | None = ..., last_update_time: Any | None = ...) -> None: ...

class NodeCommunicationMode(str, Enum):
    default = "default"
    classic = "classic"
    simplified = "simplified"

class NodeFile(_Model):
    name: str
    url: str
    is_directory: bool
    properties: FileProperties | Any
    def __init__(self, *, name: str | None = ..., url: str | None = ..., is_directory: bool | None = ..., properties: Any | None = ...) -> None: ...

class NodePlacementConfiguration(_Model):
    policy: NodePlacementPolicyType | Any
    def __init__(self, *, policy: Any | None = ...) -> None: ...

class NodePlacementPolicyType(str, Enum):
    regional = "regional"
    zonal = "zonal"

class OSDisk(_Model):
    ephemeral_os_disk_settings: DiffDiskSettings | Any
    caching: CachingType | Any
    managed_disk: ManagedDisk | Any
    disk_size_gb: int
    write_accelerator_enabled: bool
    def __init__(self, *, ephemeral_os_disk_settings: Any | None = ..., caching: Any | None = ..., managed_disk: Any | None = ..., disk_size_gb: int | None = ..., write_accelerator_enabled: bool | None = ...) -> None: ...

class OSType(str, Enum):
    linux = "linux"
    windows = "windows"

class OnAllTasksComplete(str, Enum):
    no_action = "noaction"
    terminate_job = "terminatejob"

class OnTaskFailure(str, Enum):
    no_action = "noaction"
    perform_exit_options_job_action = "performexitoptionsjobaction"

class OutputFile(_Model):
    file_pattern: str
    destination: OutputFileDestination | Any
    upload_options: OutputFileUploadOptions | Any
    def __init__(self, *, file_pattern: str, destination: Any, upload_options: Any) -> None: ...

class OutputFileBlobContainerDestination(_Model):
    container_url: str
    path: str
    identity_reference: ComputeNodeIdentityReference | Any
    upload_headers: list[HttpHeader] | Any
    def __init__(self, *, container_url: str, path: str | None = ..., identity_reference: Any | None = ..., upload_headers: Any | None = ...) -> None: ...

class OutputFileDestination(_Model):
    container: OutputFileBlobContainerDestination | Any
    def __init__(self, *, container: Any | None = ...) -> None: ...

class OutputFileUploadCondition(str, Enum):
    task_success = "tasksuccess"
    task_failure = "taskfailure"
    task_completion = "taskcompletion"

class OutputFileUploadOptions(_Model):
    upload_condition: OutputFileUploadCondition | Any
    def __init__(self, *, upload_condition: Any) -> None: ...

class PoolAddOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class PoolAddParameter(_Model):
    id: str
    vm_size: str
    display_name: str
    cloud_service_configuration: CloudServiceConfiguration | Any
    virtual_machine_configuration: VirtualMachineConfiguration | Any
    task_slots_per_node: int
    task_scheduling_policy: TaskSchedulingPolicy | Any
    resize_timeout: timedelta | Any
    target_dedicated_nodes: int
    target_low_priority_nodes: int
    enable_auto_scale: bool
    auto_scale_formula: str
    auto_scale_evaluation_interval: timedelta | Any
    enable_inter_node_communication: bool
    network_configuration: NetworkConfiguration | Any
    start_task: StartTask | Any
    certificate_references: list[CertificateReference] | Any
    application_package_references: list[ApplicationPackageReference] | Any
    application_licenses: list[str] | Any
    user_accounts: list[UserAccount] | Any
    metadata: list[MetadataItem] | Any
    mount_configuration: list[MountConfiguration] | Any
    target_node_communication_mode: NodeCommunicationMode | Any
    upgrade_policy: UpgradePolicy | Any
    resource_tags: Any
    def __init__(self, *, id: str, vm_size: str, display_name: str | None = ..., cloud_service_configuration: Any | None = ..., virtual_machine_configuration: Any | None = ..., task_slots_per_node: int | None = ..., task_scheduling_policy: Any | None = ..., resize_timeout: Any | None = ..., target_dedicated_nodes: int | None = ..., target_low_priority_nodes: int | None = ..., enable_auto_scale: bool | None = ..., auto_scale_formula: str | None = ..., auto_scale_evaluation_interval: Any | None = ..., enable_inter_node_communication: bool | None = ..., network_configuration: Any | None = ..., start_task: Any | None = ..., certificate_references: Any | None = ..., application_package_references: Any | None = ..., application_licenses: Any | None = ..., user_accounts: Any | None = ..., metadata: Any | None = ..., mount_configuration: Any | None = ..., target_node_communication_mode: Any | None = ..., upgrade_policy: Any | None = ..., resource_tags: Any | None = ...) -> None: ...

class PoolDeleteOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class PoolEndpointConfiguration(_Model):
    inbound_nat_pools: list[InboundNATPool] | Any
    def __init__(self, *, inbound_nat_pools: Any | None = ...) -> None: ...

class PoolExistsOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class PoolGetOptions(_Model):
    select: Any
    expand: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, select: Any | None = ..., expand: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class PoolIdentityType(str, Enum):
    user_assigned = "UserAssigned"
    none = "None"

class PoolInformation(_Model):
    pool_id: str
    auto_pool_specification: AutoPoolSpecification | Any
    def __init__(self, *, pool_id: str | None = ..., auto_pool_specification: Any | None = ...) -> None: ...

class PoolLifetimeOption(str, Enum):
    job_schedule = "jobschedule"
    job = "job"

class PoolListOptions(_Model):
    filter: Any
    select: Any
    expand: Any
    max_results: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, filter: Any | None = ..., select: Any | None = ..., expand: Any | None = ..., max_results: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class PoolPatchOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class PoolPatchParameter(_Model):
    display_name: str
    vm_size: str
    virtual_machine_configuration: VirtualMachineConfiguration | Any
    task_slots_per_node: int
    task_scheduling_policy: TaskSchedulingPolicy | Any
    enable_inter_node_communication: bool
    network_configuration: Any
    start_task: StartTask | Any
    certificate_references: list[CertificateReference] | Any
    application_package_references: list[ApplicationPackageReference] | Any
    user_accounts: list[Any] | Any
    metadata: list[MetadataItem] | Any
    mount_configuration: list[Any] | Any
    target_node_communication_mode: NodeCommunicationMode | Any
    upgrade_policy: Any
    resource_tags: Any
    def __init__(self, *, display_name: str | None = ..., vm_size: str | None = ..., virtual_machine_configuration: Any | None = ..., task_slots_per_node: int | None = ..., task_scheduling_policy: Any | None = ..., enable_inter_node_communication: bool | None = ..., network_configuration: Any | None = ..., start_task: Any | None = ..., certificate_references: Any | None = ..., application_package_references: Any | None = ..., user_accounts: Any | None = ..., metadata: Any | None = ..., mount_configuration: Any | None = ..., target_node_communication_mode: Any | None = ..., upgrade_policy: Any | None = ..., resource_tags: Any | None = ...) -> None: ...

class PoolResizeOptions(_Model):
    timeout: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class PoolResizeParameter(_Model):
    target_dedicated_nodes: int
    target_low_priority_nodes: int
    resize_timeout: timedelta | Any
    node_deallocation_option: ComputeNodeDeallocationOption | Any
    def __init__(self, *, target_dedicated_nodes: int | None = ..., target_low_priority_nodes: int | None = ..., resize_timeout: Any | None = ..., node_deallocation_option: Any | None = ...) -> None: ...

class PoolSpecification(_Model):
    vm_size: str
    display_name: str
    cloud_service_configuration: CloudServiceConfiguration | Any
    virtual_machine_configuration: VirtualMachineConfiguration | Any
    task_slots_per_node: int
    task_scheduling_policy: TaskSchedulingPolicy | Any
    resize_timeout: timedelta | Any
    target_dedicated_nodes: int
    target_low_priority_nodes: int
    enable_auto_scale: bool
    auto_scale_formula: str
    auto_scale_evaluation_interval: timedelta | Any
    enable_inter_node_communication: bool
    network_configuration: NetworkConfiguration | Any
    start_task: StartTask | Any
    certificate_references: list[CertificateReference] | Any
    application_package_references: list[ApplicationPackageReference] | Any
    application_licenses: list[str] | Any
    user_accounts: list[UserAccount] | Any
    metadata: list[MetadataItem] | Any
    mount_configuration: list[MountConfiguration] | Any
    target_node_communication_mode: NodeCommunicationMode | Any
    upgrade_policy: UpgradePolicy | Any
    resource_tags: Any
    def __init__(self, *, vm_size: str, display_name: str | None = ..., cloud_service_configuration: Any | None = ..., virtual_machine_configuration: Any | None = ..., task_slots_per_node: int | None = ..., task_scheduling_policy: Any | None = ..., resize_timeout: Any | None = ..., target_dedicated_nodes: int | None = ..., target_low_priority_nodes: int | None = ..., enable_auto_scale: bool | None = ..., auto_scale_formula: str | None = ..., auto_scale_evaluation_interval: Any | None = ..., enable_inter_node_communication: bool | None = ..., network_configuration: Any | None = ..., start_task: Any | None = ..., certificate_references: Any | None = ..., application_package_references: Any | None = ..., application_licenses: Any | None = ..., user_accounts: Any | None = ..., metadata: Any | None = ..., mount_configuration: Any | None = ..., target_node_communication_mode: Any | None = ..., upgrade_policy: Any | None = ..., resource_tags: Any | None = ...) -> None: ...

class PoolState(str, Enum):
    active = "active"
    deleting = "deleting"

class PoolStatistics(_Model):
    url: str
    start_time: datetime | Any
    last_update_time: datetime | Any
    usage_stats: UsageStatistics | Any
    resource_stats: ResourceStatistics | Any
    def __init__(self, *, url: str | None = ..., start_time: Any | None = ..., last_update_time: Any | None = ..., usage_stats: Any | None = ..., resource_stats: Any | None = ...) -> None: ...

class PoolStopResizeOptions(_Model):
    timeout: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class PublicIPAddressConfiguration(_Model):
    provision: IPAddressProvisioningType | Any
    ip_address_ids: list[str] | Any
    def __init__(self, *, provision: Any | None = ..., ip_address_ids: Any | None = ...) -> None: ...

class RecentJob(_Model):
    id: str
    url: str
    def __init__(self, *, id: str | None = ..., url: str | None = ...) -> None: ...

class ResizeError(_Model):
    code: str
    message: str
    values: list[NameValuePair] | Any
    def __init__(self, *, code: str | None = ..., message: str | None = ..., values: Any | None = ...) -> None: ...

class ResourceFile(_Model):
    auto_storage_container_name: str
    storage_container_url: str
    http_url: str
    blob_prefix: str
    file_path: str
    file_mode: str
    identity_reference: ComputeNodeIdentityReference | Any
    def __init__(self, *, auto_storage_container_name: str | None = ..., storage_container_url: str | None = ..., http_url: str | None = ..., blob_prefix: str | None = ..., file_path: str | None = ..., file_mode: str | None = ..., identity_reference: Any | None = ...) -> None: ...

class ResourceStatistics(_Model):
    start_time: datetime | Any
    last_update_time: datetime | Any
    avg_cpu_percentage: float
    avg_memory_gi_b: float
    peak_memory_gi_b: float
    avg_disk_gi_b: float
    peak_disk_gi_b: float
    disk_read_iops: int
    disk_write_iops: int
    disk_read_gi_b: float
    disk_write_gi_b: float
    network_read_gi_b: float
    network_write_gi_b: float
    def __init__(self, *, start_time: Any | None = ..., last_update_time: Any | None = ..., avg_cpu_percentage: float | None = ..., avg_memory_gi_b: float | None = ..., peak_memory_gi_b: float | None = ..., avg_disk_gi_b: float | None = ..., peak_disk_gi_b: float | None = ..., disk_read_iops: int | None = ..., disk_write_iops: int | None = ..., disk_read_gi_b: float | None = ..., disk_write_gi_b: float | None = ..., network_read_gi_b: float | None = ..., network_write_gi_b: float | None = ...) -> None: ...

class RollingUpgradePolicy(_Model):
    enable_cross_zone_upgrade: bool
    max_batch_instance_percent: int
    max_unhealthy_instance_percent: int
    max_unhealthy_upgraded_instance_percent: int
    pause_time_between_batches: timedelta | Any
    prioritize_unhealthy_instances: bool
    rollback_failed_instances_on_policy_breach: bool
    def __init__(self, *, enable_cross_zone_upgrade: bool | None = ..., max_batch_instance_percent: int | None = ..., max_unhealthy_instance_percent: int | None = ..., max_unhealthy_upgraded_instance_percent: int | None = ..., pause_time_between_batches: Any | None = ..., prioritize_unhealthy_instances: bool | None = ..., rollback_failed_instances_on_policy_breach: bool | None = ...) -> None: ...

class Schedule(_Model):
    do_not_run_until: datetime | Any
    do_not_run_after: datetime | Any
    start_window: timedelta | Any
    recurrence_interval: timedelta | Any
    def __init__(self, *, do_not_run_until: Any | None = ..., do_not_run_after: Any | None = ..., start_window: Any | None = ..., recurrence_interval: Any | None = ...) -> None: ...

class SchedulingState(str, Enum):
    enabled = "enabled"
    disabled = "disabled"

class SecurityProfile(_Model):
    security_type: SecurityTypes | Any
    encryption_at_host: bool
    uefi_settings: UefiSettings | Any
    def __init__(self, *, security_type: Any | None = ..., encryption_at_host: bool | None = ..., uefi_settings: Any | None = ...) -> None: ...

class SecurityTypes(str, Enum):
    trusted_launch = "trustedLaunch"

class ServiceArtifactReference(_Model):
    id: str
    def __init__(self, *, id: str | None = ...) -> None: ...

class StartTask(_Model):
    command_line: str
    container_settings: TaskContainerSettings | Any
    resource_files: list[ResourceFile] | Any
    environment_settings: list[EnvironmentSetting] | Any
    user_identity: UserIdentity | Any
    max_task_retry_count: int
    wait_for_success: bool
    def __init__(self, *, command_line: str, container_settings: Any | None = ..., resource_files: Any | None = ..., environment_settings: Any | None = ..., user_identity: Any | None = ..., max_task_retry_count: int | None = ..., wait_for_success: bool | None = ...) -> None: ...

class StartTaskInformation(_Model):
    state: StartTaskState | Any
    start_time: datetime | Any
    end_time: datetime | Any
    exit_code: int
    container_info: TaskContainerExecutionInformation | Any
    failure_info: TaskFailureInformation | Any
    retry_count: int
    last_retry_time: datetime | Any
    result: TaskExecutionResult | Any
    def __init__(self, *, state: Any | None = ..., start_time: Any | None = ..., end_time: Any | None = ..., exit_code: int | None = ..., container_info: Any | None = ..., failure_info: Any | None = ..., retry_count: int | None = ..., last_retry_time: Any | None = ..., result: Any | None = ...) -> None: ...

class StartTaskState(str, Enum):
    running = "running"
    completed = "completed"

class StorageAccountType(str, Enum):
    standard_lrs = "standard_lrs"
    premium_lrs = "premium_lrs"
    standard_ssdlrs = "standardssd_lrs"

class SubtaskInformation(_Model):
    id: int
    node_info: ComputeNodeInformation | Any
    start_time: datetime | Any
    end_time: datetime | Any
    exit_code: int
    container_info: TaskContainerExecutionInformation | Any
    failure_info: TaskFailureInformation | Any
    state: SubtaskState | Any
    state_transition_time: datetime | Any
    previous_state: SubtaskState | Any
    previous_state_transition_time: datetime | Any
    result: TaskExecutionResult | Any
    def __init__(self, *, id: int | None = ..., node_info: Any | None = ..., start_time: Any | None = ..., end_time: Any | None = ..., exit_code: int | None = ..., container_info: Any | None = ..., failure_info: Any | None = ..., state: Any | None = ..., state_transition_time: Any | None = ..., previous_state: Any | None = ..., previous_state_transition_time: Any | None = ..., result: Any | None = ...) -> None: ...

class SubtaskState(str, Enum):
    preparing = "preparing"
    running = "running"
    completed = "completed"

class TaskAddCollectionOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class TaskAddCollectionParameter(_Model):
    value: list[TaskAddParameter] | Any
    def __init__(self, *, value: Any) -> None: ...

class TaskAddCollectionResult(_Model):
    value: list[TaskAddResult] | Any
    def __init__(self, *, value: Any | None = ...) -> None: ...

class TaskAddOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class TaskAddParameter(_Model):
    id: str
    command_line: str
    display_name: str
    container_settings: TaskContainerSettings | Any
    exit_conditions: ExitConditions | Any
    resource_files: list[ResourceFile] | Any
    output_files: list[OutputFile] | Any
    environment_settings: list[EnvironmentSetting] | Any
    affinity_info: AffinityInformation | Any
    constraints: TaskConstraints | Any
    required_slots: int
    user_identity: UserIdentity | Any
    multi_instance_settings: MultiInstanceSettings | Any
    depends_on: TaskDependencies | Any
    application_package_references: list[ApplicationPackageReference] | Any
    authentication_token_settings: AuthenticationTokenSettings | Any
    def __init__(self, *, id: str, command_line: str, display_name: str | None = ..., container_settings: Any | None = ..., exit_conditions: Any | None = ..., resource_files: Any | None = ..., output_files: Any | None = ..., environment_settings: Any | None = ..., affinity_info: Any | None = ..., constraints: Any | None = ..., required_slots: int | None = ..., user_identity: Any | None = ..., multi_instance_settings: Any | None = ..., depends_on: Any | None = ..., application_package_references: Any | None = ..., authentication_token_settings: Any | None = ...) -> None: ...

class TaskAddResult(_Model):
    status: TaskAddStatus | Any
    task_id: str
    e_tag: str
    last_modified: datetime | Any
    location: str
    error: BatchError | Any
    def __init__(self, *, status: Any | None = ..., task_id: str | None = ..., e_tag: str | None = ..., last_modified: Any | None = ..., location: str | None = ..., error: Any | None = ...) -> None: ...

class TaskAddStatus(str, Enum):
    success = "success"
    client_error = "clienterror"
    server_error = "servererror"

class TaskConstraints(_Model):
    max_wall_clock_time: timedelta | Any
    retention_time: timedelta | Any
    max_task_retry_count: int
    def __init__(self, *, max_wall_clock_time: Any | None = ..., retention_time: Any | None = ..., max_task_retry_count: int | None = ...) -> None: ...

class TaskContainerExecutionInformation(_Model):
    container_id: str
    state: str
    error: str
    def __init__(self, *, container_id: str | None = ..., state: str | None = ..., error: str | None = ...) -> None: ...

class TaskContainerSettings(_Model):
    image_name: str
    container_run_options: str
    registry: ContainerRegistry | Any
    working_directory: ContainerWorkingDirectory | Any
    container_host_batch_bind_mounts: list[ContainerHostBatchBindMountEntry] | Any
    def __init__(self, *, image_name: str, container_run_options: str | None = ..., registry: Any | None = ..., working_directory: Any | None = ..., container_host_batch_bind_mounts: Any | None = ...) -> None: ...

class TaskCounts(_Model):
    active: int
    running: int
    completed: int
    succeeded: int
    failed: int
    def __init__(self, *, active: int | None = ..., running: int | None = ..., completed: int | None = ..., succeeded: int | None = ..., failed: int | None = ...) -> None: ...

class TaskCountsResult(_Model):
    task_counts: TaskCounts | Any
    task_slot_counts: TaskSlotCounts | Any
    def __init__(self, *, task_counts: Any | None = ..., task_slot_counts: Any | None = ...) -> None: ...

class TaskDeleteOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class TaskDependencies(_Model):
    task_ids: list[str] | Any
    task_id_ranges: list[TaskIdRange] | Any
    def __init__(self, *, task_ids: Any | None = ..., task_id_ranges: Any | None = ...) -> None: ...

class TaskExecutionInformation(_Model):
    start_time: datetime | Any
    end_time: datetime | Any
    exit_code: int
    container_info: TaskContainerExecutionInformation | Any
    failure_info: TaskFailureInformation | Any
    retry_count: int
    last_retry_time: datetime | Any
    requeue_count: int
    last_requeue_time: datetime | Any
    result: TaskExecutionResult | Any
    def __init__(self, *, start_time: Any | None = ..., end_time: Any | None = ..., exit_code: int | None = ..., container_info: Any | None = ..., failure_info: Any | None = ..., retry_count: int | None = ..., last_retry_time: Any | None = ..., requeue_count: int | None = ..., last_requeue_time: Any | None = ..., result: Any | None = ...) -> None: ...

class TaskExecutionResult(str, Enum):
    success = "success"
    failure = "failure"

class TaskFailureInformation(_Model):
    category: ErrorCategory | Any
    code: str
    message: str
    details: list[NameValuePair] | Any
    def __init__(self, *, category: Any | None = ..., code: str | None = ..., message: str | None = ..., details: Any | None = ...) -> None: ...

class TaskGetOptions(_Model):
    select: Any
    expand: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, select: Any | None = ..., expand: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class TaskIdRange(_Model):
    start: int
    end: int
    def __init__(self, *, start: int, end: int) -> None: ...

class TaskInformation(_Model):
    task_url: str
    job_id: str
    task_id: str
    subtask_id: int
    task_state: TaskState | Any
    execution_info: TaskExecutionInformation | Any
    def __init__(self, *, task_url: str | None = ..., job_id: str | None = ..., task_id: str | None = ..., subtask_id: int | None = ..., task_state: Any | None = ..., execution_info: Any | None = ...) -> None: ...

class TaskListOptions(_Model):
    filter: Any
    select: Any
    expand: Any
    max_results: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, filter: Any | None = ..., select: Any | None = ..., expand: Any | None = ..., max_results: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class TaskListSubtasksOptions(_Model):
    select: Any
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, select: Any | None = ..., timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class TaskReactivateOptions(_Model):
    timeout: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class TaskSchedulingPolicy(_Model):
    node_fill_type: ComputeNodeFillType | Any
    job_default_order: JobDefaultOrder | Any
    def __init__(self, *, node_fill_type: Any, job_default_order: Any | None = ...) -> None: ...

class TaskSlotCounts(_Model):
    active: int
    running: int
    completed: int
    succeeded: int
    failed: int
    def __init__(self, *, active: int | None = ..., running: int | None = ..., completed: int | None = ..., succeeded: int | None = ..., failed: int | None = ...) -> None: ...

class TaskState(str, Enum):
    active = "active"
    preparing = "preparing"
    running = "running"
    completed = "completed"

class TaskStatistics(_Model):
    url: str
    start_time: datetime | Any
    last_update_time: datetime | Any
    user_cpu_time: timedelta | Any
    kernel_cpu_time: timedelta | Any
    wall_clock_time: timedelta | Any
    read_iops: int
    write_iops: int
    read_io_gi_b: float
    write_io_gi_b: float
    wait_time: timedelta | Any
    def __init__(self, *, url: str | None = ..., start_time: Any | None = ..., last_update_time: Any | None = ..., user_cpu_time: Any | None = ..., kernel_cpu_time: Any | None = ..., wall_clock_time: Any | None = ..., read_iops: int | None = ..., write_iops: int | None = ..., read_io_gi_b: float | None = ..., write_io_gi_b: float | None = ..., wait_time: Any | None = ...) -> None: ...

class TaskTerminateOptions(_Model):
    timeout: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    def __init__(self, *, timeout: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ...) -> None: ...

class TaskUpdateOptions(_Model):
    timeout: Any
    client_request_id: Any
    return_client_request_id: Any
    ocp_date: Any
    if_match: Any
    if_none_match: Any
    if_modified_since: Any
    if_unmodified_since: Any
    def __init__(self, *, timeout: Any | None = ..., client_request_id: Any | None = ..., return_client_request_id: Any | None = ..., ocp_date: Any | None = ..., if_match: Any | None = ..., if_none_match: Any | None = ..., if_modified_since: Any | None = ..., if_unmodified_since: Any | None = ...) -> None: ...

class TaskUpdateParameter(_Model):
    constraints: TaskConstraints | Any
    def __init__(self, *, constraints: Any | None = ...) -> None: ...

class UefiSettings(_Model):
    secure_boot_enabled: bool
    v_tpm_enabled: bool
    def __init__(self, *, secure_boot_enabled: bool | None = ..., v_tpm_enabled: bool | None = ...) -> None: ...

class UpgradeMode(str, Enum):
    automatic = "automatic"
    manual = "manual"
    rolling = "rolling"

class UpgradePolicy(_Model):
    mode: UpgradeMode | Any
    automatic_os_upgrade_policy: AutomaticOSUpgradePolicy | Any
    rolling_upgrade_policy: RollingUpgradePolicy | Any
    def __init__(self, *, mode: Any | None = ..., automatic_os_upgrade_policy: Any | None = ..., rolling_upgrade_policy: Any | None = ...) -> None: ...

class UsageStatistics(_Model):
    start_time: datetime | Any
    last_update_time: datetime | Any
    dedicated_core_time: timedelta | Any
    def __init__(self, *, start_time: Any | None = ..., last_update_time: Any | None = ..., dedicated_core_time: Any | None = ...) -> None: ...

class UserAccount(_Model):
    name: str
    password: str
    elevation_level: ElevationLevel | Any
    linux_user_configuration: LinuxUserConfiguration | Any
    windows_user_configuration: WindowsUserConfiguration | Any
    def __init__(self, *, name: str | None = ..., password: str | None = ..., elevation_level: Any | None = ..., linux_user_configuration: Any | None = ..., windows_user_configuration: Any | None = ...) -> None: ...

class UserAssignedIdentity(_Model):
    resource_id: str
    client_id: str
    principal_id: str
    def __init__(self, *, resource_id: str | None = ..., client_id: str | None = ..., principal_id: str | None = ...) -> None: ...

class UserIdentity(_Model):
    user_name: str
    auto_user: AutoUserSpecification | Any
    def __init__(self, *, user_name: str | None = ..., auto_user: Any | None = ...) -> None: ...

class VMExtension(_Model):
    name: str
    publisher: str
    type: str
    type_handler_version: str
    auto_upgrade_minor_version: bool
    enable_automatic_upgrade: bool
    settings: Any
    protected_settings: Any
    provision_after_extensions: list[str] | Any
    def __init__(self, *, name: str | None = ..., publisher: str | None = ..., type: str | None = ..., type_handler_version: str | None = ..., auto_upgrade_minor_version: bool | None = ..., enable_automatic_upgrade: bool | None = ..., settings: Any | None = ..., protected_settings: Any | None = ..., provision_after_extensions: Any | None = ...) -> None: ...

class VerificationType(str, Enum):
    verified = "verified"
    unverified = "unverified"

class VirtualMachineConfiguration(_Model):
    image_reference: ImageReference | Any
    node_agent_sku_id: str
    windows_configuration: WindowsConfiguration | Any
    data_disks: list[DataDisk] | Any
    license_type: str
    container_configuration: ContainerConfiguration | Any
    disk_encryption_configuration: DiskEncryptionConfiguration | Any
    node_placement_configuration: NodePlacementConfiguration | Any
    extensions: list[VMExtension] | Any
    os_disk: OSDisk | Any
    security_profile: SecurityProfile | Any
    service_artifact_reference: ServiceArtifactReference | Any
    def __init__(self, *, image_reference: Any, node_agent_sku_id: str, windows_configuration: Any | None = ..., data_disks: Any | None = ..., license_type: str | None = ..., container_configuration: Any | None = ..., disk_encryption_configuration: Any | None = ..., node_placement_configuration: Any | None = ..., extensions: Any | None = ..., os_disk: Any | None = ..., security_profile: Any | None = ..., service_artifact_reference: Any | None = ...) -> None: ...

class VirtualMachineInfo(_Model):
    image_reference: ImageReference | Any
    scale_set_vm_resource_id: str
    def __init__(self, *, image_reference: Any | None = ..., scale_set_vm_resource_id: str | None = ...) -> None: ...

class WindowsConfiguration(_Model):
    enable_automatic_updates: bool
    def __init__(self, *, enable_automatic_updates: bool | None = ...) -> None: ...

class WindowsUserConfiguration(_Model):
    login_mode: LoginMode | Any
    def __init__(self, *, login_mode: Any | None = ...) -> None: ...

class ApplicationSummaryPaged(_Paged[ApplicationSummary]): ...

class CloudJobPaged(_Paged[CloudJob]): ...

class CloudJobSchedulePaged(_Paged[CloudJobSchedule]): ...

class CloudPoolPaged(_Paged[CloudPool]): ...

class CloudTaskPaged(_Paged[CloudTask]): ...

class ComputeNodePaged(_Paged[ComputeNode]): ...

class ImageInformationPaged(_Paged[ImageInformation]): ...

class JobPreparationAndReleaseTaskExecutionInformationPaged(_Paged[JobPreparationAndReleaseTaskExecutionInformation]): ...

class NodeFilePaged(_Paged[NodeFile]): ...
