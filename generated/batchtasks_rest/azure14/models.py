# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The models, each with the members that the spec has; `batchtasks_rest.models` says what they mean."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from .._azure14 import Model, Paged, member


class AccessScope(str, Enum):
    job = "job"


class AccountListSupportedImagesOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    filter: Any = member("filter", default=None)
    max_results: Any = member("max_results", default=1000)


class AffinityInformation(Model):
    affinity_id: str = member("affinityId")


class AllocationState(str, Enum):
    steady = "steady"
    resizing = "resizing"
    stopping = "stopping"


class ApplicationListOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    max_results: Any = member("max_results", default=1000)


class ApplicationPackageReference(Model):
    application_id: str = member("applicationId")
    version: str | Any = member("version", default=None)


class ApplicationSummary(Model):
    id: str | Any = member("id", default=None)
    display_name: str | Any = member("displayName", default=None)
    versions: list[str] | Any = member("versions", default=None)


class AuthenticationTokenSettings(Model):
    access: list[AccessScope] | Any = member("access", default=None)


class AutoPoolSpecification(Model):
    auto_pool_id_prefix: str | Any = member("autoPoolIdPrefix", default=None)
    pool_lifetime_option: PoolLifetimeOption | Any = member("poolLifetimeOption")
    keep_alive: bool | Any = member("keepAlive", default=None)
    pool: PoolSpecification | Any = member("pool", default=None)


class AutoScaleRun(Model):
    timestamp: datetime | Any = member("timestamp", default=None)
    results: str | Any = member("results", default=None)
    error: AutoScaleRunError | Any = member("error", default=None)


class AutoScaleRunError(Model):
    code: str | Any = member("code", default=None)
    message: str | Any = member("message", default=None)
    values: list[NameValuePair] | Any = member("values", default=None)


class AutoUserScope(str, Enum):
    task = "task"
    pool = "pool"


class AutoUserSpecification(Model):
    scope: AutoUserScope | Any = member("scope", default=None)
    elevation_level: ElevationLevel | Any = member("elevationLevel", default=None)


class AutomaticOSUpgradePolicy(Model):
    disable_automatic_rollback: bool | Any = member("disableAutomaticRollback", default=None)
    enable_automatic_os_upgrade: bool | Any = member("enableAutomaticOSUpgrade", default=None)
    use_rolling_upgrade_policy: bool | Any = member("useRollingUpgradePolicy", default=None)
    os_rolling_upgrade_deferral: bool | Any = member("osRollingUpgradeDeferral", default=None)


class AzureBlobFileSystemConfiguration(Model):
    account_name: str | Any = member("accountName", default=None)
    container_name: str | Any = member("containerName", default=None)
    account_key: str | Any = member("accountKey", default=None)
    sas_key: str | Any = member("sasKey", default=None)
    blobfuse_options: str | Any = member("blobfuseOptions", default=None)
    relative_mount_path: str | Any = member("relativeMountPath", default=None)
    identity_reference: ComputeNodeIdentityReference | Any = member("identityReference", default=None)


class AzureFileShareConfiguration(Model):
    account_name: str | Any = member("accountName", default=None)
    azure_file_url: str | Any = member("azureFileUrl", default=None)
    account_key: str | Any = member("accountKey", default=None)
    relative_mount_path: str | Any = member("relativeMountPath", default=None)
    mount_options: str | Any = member("mountOptions", default=None)


class BatchError(Model):
    code: str | Any = member("code", default=None)
    message: ErrorMessage | Any = member("message", default=None)
    values: list[BatchErrorDetail] | Any = member("values", default=None)


class BatchErrorDetail(Model):
    key: str | Any = member("key", default=None)
    value: str | Any = member("value", default=None)


class BatchPoolIdentity(Model):
    type: PoolIdentityType | Any = member("type", default=None)
    user_assigned_identities: list[UserAssignedIdentity] | Any = member("userAssignedIdentities", default=None)


class CIFSMountConfiguration(Model):
    username: str | Any = member("username", default=None)
    source: str | Any = member("source", default=None)
    relative_mount_path: str | Any = member("relativeMountPath", default=None)
    mount_options: str | Any = member("mountOptions", default=None)
    password: str | Any = member("password", default=None)


class CachingType(str, Enum):
    none = "none"
    read_only = "readonly"
    read_write = "readwrite"


class CertificateReference(Model):
    thumbprint: str | Any = member("thumbprint", default=None)
    thumbprint_algorithm: str | Any = member("thumbprintAlgorithm", default=None)
    store_location: CertificateStoreLocation | Any = member("storeLocation", default=None)
    store_name: str | Any = member("storeName", default=None)
    visibility: list[CertificateVisibility] | Any = member("visibility", default=None)


class CertificateStoreLocation(str, Enum):
    current_user = "currentuser"
    local_machine = "localmachine"


class CertificateVisibility(str, Enum):
    start_task = "starttask"
    task = "task"
    remote_user = "remoteuser"


class CloudJob(Model):
    id: str | Any = member("id", default=None)
    display_name: str | Any = member("displayName", default=None)
    uses_task_dependencies: bool | Any = member("usesTaskDependencies", default=None)
    url: str | Any = member("url", default=None)
    e_tag: str | Any = member("eTag", default=None)
    last_modified: datetime | Any = member("lastModified", default=None)
    creation_time: datetime | Any = member("creationTime", default=None)
    state: JobState | Any = member("state", default=None)
    state_transition_time: datetime | Any = member("stateTransitionTime", default=None)
    previous_state: JobState | Any = member("previousState", default=None)
    previous_state_transition_time: datetime | Any = member("previousStateTransitionTime", default=None)
    priority: int | Any = member("priority", default=None)
    allow_task_preemption: bool | Any = member("allowTaskPreemption", default=None)
    max_parallel_tasks: int | Any = member("maxParallelTasks", default=None)
    constraints: JobConstraints | Any = member("constraints", default=None)
    job_manager_task: JobManagerTask | Any = member("jobManagerTask", default=None)
    job_preparation_task: JobPreparationTask | Any = member("jobPreparationTask", default=None)
    job_release_task: JobReleaseTask | Any = member("jobReleaseTask", default=None)
    common_environment_settings: list[EnvironmentSetting] | Any = member("commonEnvironmentSettings", default=None)
    pool_info: PoolInformation | Any = member("poolInfo", default=None)
    on_all_tasks_complete: OnAllTasksComplete | Any = member("onAllTasksComplete", default=None)
    on_task_failure: OnTaskFailure | Any = member("onTaskFailure", default=None)
    network_configuration: JobNetworkConfiguration | Any = member("networkConfiguration", default=None)
    metadata: list[MetadataItem] | Any = member("metadata", default=None)
    execution_info: JobExecutionInformation | Any = member("executionInfo", default=None)
    stats: JobStatistics | Any = member("stats", default=None)


class CloudJobSchedule(Model):
    id: str | Any = member("id", default=None)
    display_name: str | Any = member("displayName", default=None)
    url: str | Any = member("url", default=None)
    e_tag: str | Any = member("eTag", default=None)
    last_modified: datetime | Any = member("lastModified", default=None)
    creation_time: datetime | Any = member("creationTime", default=None)
    state: JobScheduleState | Any = member("state", default=None)
    state_transition_time: datetime | Any = member("stateTransitionTime", default=None)
    previous_state: JobScheduleState | Any = member("previousState", default=None)
    previous_state_transition_time: datetime | Any = member("previousStateTransitionTime", default=None)
    schedule: Schedule | Any = member("schedule", default=None)
    job_specification: Any | Any = member("jobSpecification", default=None)
    execution_info: JobScheduleExecutionInformation | Any = member("executionInfo", default=None)
    metadata: list[MetadataItem] | Any = member("metadata", default=None)
    stats: Any | Any = member("stats", default=None)


class CloudPool(Model):
    id: str | Any = member("id", default=None)
    url: str | Any = member("url", default=None)
    e_tag: str | Any = member("eTag", default=None)
    last_modified: datetime | Any = member("lastModified", default=None)
    creation_time: datetime | Any = member("creationTime", default=None)
    state: PoolState | Any = member("state", default=None)
    state_transition_time: datetime | Any = member("stateTransitionTime", default=None)
    allocation_state: AllocationState | Any = member("allocationState", default=None)
    allocation_state_transition_time: datetime | Any = member("allocationStateTransitionTime", default=None)
    display_name: str | Any = member("displayName", default=None)
    vm_size: str | Any = member("vmSize", default=None)
    cloud_service_configuration: CloudServiceConfiguration | Any = member("cloudServiceConfiguration", default=None)
    virtual_machine_configuration: VirtualMachineConfiguration | Any = member(
        "virtualMachineConfiguration", default=None
    )
    task_slots_per_node: int | Any = member("taskSlotsPerNode", default=None)
    task_scheduling_policy: TaskSchedulingPolicy | Any = member("taskSchedulingPolicy", default=None)
    resize_timeout: timedelta | Any = member("resizeTimeout", default=None)
    target_dedicated_nodes: int | Any = member("targetDedicatedNodes", default=None)
    target_low_priority_nodes: int | Any = member("targetLowPriorityNodes", default=None)
    enable_auto_scale: bool | Any = member("enableAutoScale", default=None)
    auto_scale_formula: str | Any = member("autoScaleFormula", default=None)
    auto_scale_evaluation_interval: timedelta | Any = member("autoScaleEvaluationInterval", default=None)
    enable_inter_node_communication: bool | Any = member("enableInterNodeCommunication", default=None)
    network_configuration: NetworkConfiguration | Any = member("networkConfiguration", default=None)
    start_task: StartTask | Any = member("startTask", default=None)
    certificate_references: list[CertificateReference] | Any = member("certificateReferences", default=None)
    application_package_references: list[ApplicationPackageReference] | Any = member(
        "applicationPackageReferences", default=None
    )
    application_licenses: list[str] | Any = member("applicationLicenses", default=None)
    user_accounts: list[UserAccount] | Any = member("userAccounts", default=None)
    metadata: list[MetadataItem] | Any = member("metadata", default=None)
    mount_configuration: list[MountConfiguration] | Any = member("mountConfiguration", default=None)
    target_node_communication_mode: NodeCommunicationMode | Any = member("targetNodeCommunicationMode", default=None)
    upgrade_policy: UpgradePolicy | Any = member("upgradePolicy", default=None)
    resource_tags: Any | Any = member("resourceTags", default=None)
    resize_errors: list[ResizeError] | Any = member("resizeErrors", default=None)
    current_dedicated_nodes: int | Any = member("currentDedicatedNodes", default=None)
    current_low_priority_nodes: int | Any = member("currentLowPriorityNodes", default=None)
    current_node_communication_mode: NodeCommunicationMode | Any = member("currentNodeCommunicationMode", default=None)
    auto_scale_run: AutoScaleRun | Any = member("autoScaleRun", default=None)
    stats: PoolStatistics | Any = member("stats", default=None)
    identity: BatchPoolIdentity | Any = member("identity", default=None)


class CloudServiceConfiguration(Model):
    os_family: str | Any = member("osFamily", default=None)
    os_version: str | Any = member("osVersion", default=None)


class CloudTask(Model):
    id: str | Any = member("id", default=None)
    display_name: str | Any = member("displayName", default=None)
    url: str | Any = member("url", default=None)
    e_tag: str | Any = member("eTag", default=None)
    creation_time: datetime | Any = member("creationTime", default=None)
    last_modified: datetime | Any = member("lastModified", default=None)
    state: TaskState | Any = member("state", default=None)
    state_transition_time: datetime | Any = member("stateTransitionTime", default=None)
    previous_state: TaskState | Any = member("previousState", default=None)
    previous_state_transition_time: datetime | Any = member("previousStateTransitionTime", default=None)
    command_line: str | Any = member("commandLine", default=None)
    container_settings: TaskContainerSettings | Any = member("containerSettings", default=None)
    exit_conditions: ExitConditions | Any = member("exitConditions", default=None)
    resource_files: list[ResourceFile] | Any = member("resourceFiles", default=None)
    output_files: list[OutputFile] | Any = member("outputFiles", default=None)
    environment_settings: list[EnvironmentSetting] | Any = member("environmentSettings", default=None)
    affinity_info: AffinityInformation | Any = member("affinityInfo", default=None)
    constraints: TaskConstraints | Any = member("constraints", default=None)
    required_slots: int | Any = member("requiredSlots", default=None)
    user_identity: UserIdentity | Any = member("userIdentity", default=None)
    execution_info: TaskExecutionInformation | Any = member("executionInfo", default=None)
    node_info: ComputeNodeInformation | Any = member("nodeInfo", default=None)
    multi_instance_settings: MultiInstanceSettings | Any = member("multiInstanceSettings", default=None)
    stats: TaskStatistics | Any = member("stats", default=None)
    depends_on: TaskDependencies | Any = member("dependsOn", default=None)
    application_package_references: list[ApplicationPackageReference] | Any = member(
        "applicationPackageReferences", default=None
    )
    authentication_token_settings: AuthenticationTokenSettings | Any = member(
        "authenticationTokenSettings", default=None
    )


class CloudTaskListSubtasksResult(Model):
    value: list[SubtaskInformation] | Any = member("value", default=None)


class ComputeNode(Model):
    id: str | Any = member("id", default=None)
    url: str | Any = member("url", default=None)
    state: ComputeNodeState | Any = member("state", default=None)
    scheduling_state: SchedulingState | Any = member("schedulingState", default=None)
    state_transition_time: datetime | Any = member("stateTransitionTime", default=None)
    last_boot_time: datetime | Any = member("lastBootTime", default=None)
    allocation_time: datetime | Any = member("allocationTime", default=None)
    ip_address: str | Any = member("ipAddress", default=None)
    ipv6_address: str | Any = member("ipv6Address", default=None)
    affinity_id: str | Any = member("affinityId", default=None)
    vm_size: str | Any = member("vmSize", default=None)
    total_tasks_run: int | Any = member("totalTasksRun", default=None)
    running_tasks_count: int | Any = member("runningTasksCount", default=None)
    running_task_slots_count: int | Any = member("runningTaskSlotsCount", default=None)
    total_tasks_succeeded: int | Any = member("totalTasksSucceeded", default=None)
    recent_tasks: list[TaskInformation] | Any = member("recentTasks", default=None)
    start_task: StartTask | Any = member("startTask", default=None)
    start_task_info: StartTaskInformation | Any = member("startTaskInfo", default=None)
    certificate_references: list[CertificateReference] | Any = member("certificateReferences", default=None)
    errors: list[ComputeNodeError] | Any = member("errors", default=None)
    is_dedicated: bool | Any = member("isDedicated", default=None)
    endpoint_configuration: ComputeNodeEndpointConfiguration | Any = member("endpointConfiguration", default=None)
    node_agent_info: NodeAgentInformation | Any = member("nodeAgentInfo", default=None)
    virtual_machine_info: VirtualMachineInfo | Any = member("virtualMachineInfo", default=None)


class ComputeNodeDeallocationOption(str, Enum):
    requeue = "requeue"
    terminate = "terminate"
    task_completion = "taskcompletion"
    retained_data = "retaineddata"


class ComputeNodeEndpointConfiguration(Model):
    inbound_endpoints: list[InboundEndpoint] | Any = member("inboundEndpoints", default=None)


class ComputeNodeError(Model):
    code: str | Any = member("code", default=None)
    message: str | Any = member("message", default=None)
    error_details: list[NameValuePair] | Any = member("errorDetails", default=None)


class ComputeNodeFillType(str, Enum):
    spread = "spread"
    pack = "pack"


class ComputeNodeGetOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    select: Any = member("select", default=None)


class ComputeNodeIdentityReference(Model):
    resource_id: str | Any = member("resourceId", default=None)


class ComputeNodeInformation(Model):
    affinity_id: str | Any = member("affinityId", default=None)
    node_url: str | Any = member("nodeUrl", default=None)
    pool_id: str | Any = member("poolId", default=None)
    node_id: str | Any = member("nodeId", default=None)
    task_root_directory: str | Any = member("taskRootDirectory", default=None)
    task_root_directory_url: str | Any = member("taskRootDirectoryUrl", default=None)


class ComputeNodeListOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    filter: Any = member("filter", default=None)
    select: Any = member("select", default=None)
    max_results: Any = member("max_results", default=1000)


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


class ContainerConfiguration(Model):
    type: str | Any = member("type", default=None)
    container_image_names: list[str] | Any = member("containerImageNames", default=None)
    container_registries: list[ContainerRegistry] | Any = member("containerRegistries", default=None)


class ContainerHostBatchBindMountEntry(Model):
    source: ContainerHostDataPath | Any = member("source", default=None)
    is_read_only: bool | Any = member("isReadOnly", default=None)


class ContainerHostDataPath(str, Enum):
    shared = "Shared"
    startup = "Startup"
    vfs_mounts = "VfsMounts"
    task = "Task"
    job_prep = "JobPrep"
    applications = "Applications"


class ContainerRegistry(Model):
    user_name: str | Any = member("username", default=None)
    password: str | Any = member("password", default=None)
    registry_server: str | Any = member("registryServer", default=None)
    identity_reference: ComputeNodeIdentityReference | Any = member("identityReference", default=None)


class ContainerWorkingDirectory(str, Enum):
    task_working_directory = "taskWorkingDirectory"
    container_image_default = "containerImageDefault"


class DataDisk(Model):
    lun: int | Any = member("lun", default=None)
    caching: CachingType | Any = member("caching", default=None)
    disk_size_gb: int | Any = member("diskSizeGB", default=None)
    storage_account_type: StorageAccountType | Any = member("storageAccountType", default=None)


class DependencyAction(str, Enum):
    satisfy = "satisfy"
    block = "block"


class DiffDiskPlacement(str, Enum):
    cache_disk = "CacheDisk"


class DiffDiskSettings(Model):
    placement: DiffDiskPlacement | Any = member("placement", default=None)


class DisableJobOption(str, Enum):
    requeue = "requeue"
    terminate = "terminate"
    wait = "wait"


class DiskEncryptionConfiguration(Model):
    targets: list[DiskEncryptionTarget] | Any = member("targets", default=None)


class DiskEncryptionTarget(str, Enum):
    os_disk = "osdisk"
    temporary_disk = "temporarydisk"


class DynamicVNetAssignmentScope(str, Enum):
    none = "none"
    job = "job"


class ElevationLevel(str, Enum):
    non_admin = "nonadmin"
    admin = "admin"


class EnvironmentSetting(Model):
    name: str = member("name")
    value: str | Any = member("value", default=None)


class ErrorCategory(str, Enum):
    user_error = "usererror"
    server_error = "servererror"


class ErrorMessage(Model):
    lang: str | Any = member("lang", default=None)
    value: str | Any = member("value", default=None)


class ExitCodeMapping(Model):
    code: int = member("code")
    exit_options: ExitOptions | Any = member("exitOptions")


class ExitCodeRangeMapping(Model):
    start: int = member("start")
    end: int = member("end")
    exit_options: ExitOptions | Any = member("exitOptions")


class ExitConditions(Model):
    exit_codes: list[ExitCodeMapping] | Any = member("exitCodes", default=None)
    exit_code_ranges: list[ExitCodeRangeMapping] | Any = member("exitCodeRanges", default=None)
    pre_processing_error: ExitOptions | Any = member("preProcessingError", default=None)
    file_upload_error: ExitOptions | Any = member("fileUploadError", default=None)
    default: ExitOptions | Any = member("default", default=None)


class ExitOptions(Model):
    job_action: JobAction | Any = member("jobAction", default=None)
    dependency_action: DependencyAction | Any = member("dependencyAction", default=None)


class FileDeleteFromTaskOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)


class FileGetFromTaskOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    ocp_range: Any = member("ocp_range", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class FileGetPropertiesFromTaskOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class FileListFromTaskOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    filter: Any = member("filter", default=None)
    max_results: Any = member("max_results", default=1000)


class FileProperties(Model):
    creation_time: datetime | Any = member("creationTime", default=None)
    last_modified: datetime | Any = member("lastModified", default=None)
    content_length: int | Any = member("contentLength", default=None)
    content_type: str | Any = member("contentType", default=None)
    file_mode: str | Any = member("fileMode", default=None)


class HttpHeader(Model):
    name: str = member("name")
    value: str | Any = member("value", default=None)


class IPAddressProvisioningType(str, Enum):
    batch_managed = "batchmanaged"
    user_managed = "usermanaged"
    no_public_ip_addresses = "nopublicipaddresses"


class ImageInformation(Model):
    node_agent_sku_id: str | Any = member("nodeAgentSKUId", default=None)
    image_reference: ImageReference | Any = member("imageReference", default=None)
    os_type: OSType | Any = member("osType", default=None)
    capabilities: list[str] | Any = member("capabilities", default=None)
    batch_support_end_of_life: datetime | Any = member("batchSupportEndOfLife", default=None)
    verification_type: VerificationType | Any = member("verificationType", default=None)


class ImageReference(Model):
    publisher: str | Any = member("publisher", default=None)
    offer: str | Any = member("offer", default=None)
    sku: str | Any = member("sku", default=None)
    version: str | Any = member("version", default=None)
    virtual_machine_image_id: str | Any = member("virtualMachineImageId", default=None)
    exact_version: str | Any = member("exactVersion", default=None)
    shared_gallery_image_id: str | Any = member("sharedGalleryImageId", default=None)
    community_gallery_image_id: str | Any = member("communityGalleryImageId", default=None)


class InboundEndpoint(Model):
    name: str | Any = member("name", default=None)
    protocol: InboundEndpointProtocol | Any = member("protocol", default=None)
    public_ip_address: str | Any = member("publicIPAddress", default=None)
    public_fqdn: str | Any = member("publicFQDN", default=None)
    frontend_port: int | Any = member("frontendPort", default=None)
    backend_port: int | Any = member("backendPort", default=None)


class InboundEndpointProtocol(str, Enum):
    tcp = "tcp"
    udp = "udp"


class InboundNATPool(Model):
    name: str | Any = member("name", default=None)
    protocol: InboundEndpointProtocol | Any = member("protocol", default=None)
    backend_port: int | Any = member("backendPort", default=None)
    frontend_port_range_start: int | Any = member("frontendPortRangeStart", default=None)
    frontend_port_range_end: int | Any = member("frontendPortRangeEnd", default=None)
    network_security_group_rules: list[NetworkSecurityGroupRule] | Any = member(
        "networkSecurityGroupRules", default=None
    )


class JobAction(str, Enum):
    none = "none"
    disable = "disable"
    terminate = "terminate"


class JobAddOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)


class JobAddParameter(Model):
    id: str = member("id")
    display_name: str | Any = member("displayName", default=None)
    priority: int | Any = member("priority", default=None)
    max_parallel_tasks: int | Any = member("maxParallelTasks", default=None)
    allow_task_preemption: bool | Any = member("allowTaskPreemption", default=None)
    constraints: JobConstraints | Any = member("constraints", default=None)
    job_manager_task: JobManagerTask | Any = member("jobManagerTask", default=None)
    job_preparation_task: JobPreparationTask | Any = member("jobPreparationTask", default=None)
    job_release_task: JobReleaseTask | Any = member("jobReleaseTask", default=None)
    common_environment_settings: list[EnvironmentSetting] | Any = member("commonEnvironmentSettings", default=None)
    pool_info: PoolInformation | Any = member("poolInfo")
    on_all_tasks_complete: OnAllTasksComplete | Any = member("onAllTasksComplete", default=None)
    on_task_failure: OnTaskFailure | Any = member("onTaskFailure", default=None)
    metadata: list[MetadataItem] | Any = member("metadata", default=None)
    uses_task_dependencies: bool | Any = member("usesTaskDependencies", default=None)
    network_configuration: JobNetworkConfiguration | Any = member("networkConfiguration", default=None)


class JobConstraints(Model):
    max_wall_clock_time: timedelta | Any = member("maxWallClockTime", default=None)
    max_task_retry_count: int | Any = member("maxTaskRetryCount", default=None)


class JobDefaultOrder(str, Enum):
    none = "none"
    creationtime = "creationtime"


class JobDeleteOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)
    force: Any = member("force", default=None)


class JobDisableOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class JobDisableParameter(Model):
    disable_tasks: DisableJobOption | Any = member("disableTasks")


class JobEnableOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class JobExecutionInformation(Model):
    start_time: datetime | Any = member("startTime", default=None)
    end_time: datetime | Any = member("endTime", default=None)
    pool_id: str | Any = member("poolId", default=None)
    scheduling_error: JobSchedulingError | Any = member("schedulingError", default=None)
    terminate_reason: str | Any = member("terminateReason", default=None)


class JobGetOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)
    select: Any = member("select", default=None)
    expand: Any = member("expand", default=None)


class JobGetTaskCountsOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)


class JobListOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    filter: Any = member("filter", default=None)
    select: Any = member("select", default=None)
    expand: Any = member("expand", default=None)
    max_results: Any = member("max_results", default=1000)


class JobListPreparationAndReleaseTaskStatusOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    filter: Any = member("filter", default=None)
    select: Any = member("select", default=None)
    max_results: Any = member("max_results", default=1000)


class JobManagerTask(Model):
    id: str = member("id")
    display_name: str | Any = member("displayName", default=None)
    command_line: str = member("commandLine")
    container_settings: TaskContainerSettings | Any = member("containerSettings", default=None)
    resource_files: list[ResourceFile] | Any = member("resourceFiles", default=None)
    output_files: list[OutputFile] | Any = member("outputFiles", default=None)
    environment_settings: list[EnvironmentSetting] | Any = member("environmentSettings", default=None)
    constraints: TaskConstraints | Any = member("constraints", default=None)
    required_slots: int | Any = member("requiredSlots", default=None)
    kill_job_on_completion: bool | Any = member("killJobOnCompletion", default=None)
    user_identity: UserIdentity | Any = member("userIdentity", default=None)
    run_exclusive: bool | Any = member("runExclusive", default=None)
    application_package_references: list[ApplicationPackageReference] | Any = member(
        "applicationPackageReferences", default=None
    )
    authentication_token_settings: AuthenticationTokenSettings | Any = member(
        "authenticationTokenSettings", default=None
    )
    allow_low_priority_node: bool | Any = member("allowLowPriorityNode", default=None)


class JobNetworkConfiguration(Model):
    subnet_id: str = member("subnetId")
    skip_withdraw_from_v_net: bool | Any = member("skipWithdrawFromVNet", default=None)


class JobNetworkConfigurationPatch(Model):
    subnet_id: str | Any = member("subnetId", default=None)
    skip_withdraw_from_v_net: bool | Any = member("skipWithdrawFromVNet", default=None)


class JobPatchOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class JobPatchParameter(Model):
    priority: int | Any = member("priority", default=None)
    max_parallel_tasks: int | Any = member("maxParallelTasks", default=None)
    allow_task_preemption: bool | Any = member("allowTaskPreemption", default=None)
    on_all_tasks_complete: OnAllTasksComplete | Any = member("onAllTasksComplete", default=None)
    constraints: JobConstraints | Any = member("constraints", default=None)
    pool_info: PoolInformation | Any = member("poolInfo", default=None)
    metadata: list[MetadataItem] | Any = member("metadata", default=None)
    network_configuration: JobNetworkConfigurationPatch | Any = member("networkConfiguration", default=None)


class JobPreparationAndReleaseTaskExecutionInformation(Model):
    pool_id: str | Any = member("poolId", default=None)
    node_id: str | Any = member("nodeId", default=None)
    node_url: str | Any = member("nodeUrl", default=None)
    job_preparation_task_execution_info: JobPreparationTaskExecutionInformation | Any = member(
        "jobPreparationTaskExecutionInfo", default=None
    )
    job_release_task_execution_info: JobReleaseTaskExecutionInformation | Any = member(
        "jobReleaseTaskExecutionInfo", default=None
    )


class JobPreparationTask(Model):
    id: str | Any = member("id", default=None)
    command_line: str = member("commandLine")
    container_settings: TaskContainerSettings | Any = member("containerSettings", default=None)
    resource_files: list[ResourceFile] | Any = member("resourceFiles", default=None)
    environment_settings: list[EnvironmentSetting] | Any = member("environmentSettings", default=None)
    constraints: TaskConstraints | Any = member("constraints", default=None)
    wait_for_success: bool | Any = member("waitForSuccess", default=None)
    user_identity: UserIdentity | Any = member("userIdentity", default=None)
    rerun_on_node_reboot_after_success: bool | Any = member("rerunOnNodeRebootAfterSuccess", default=None)


class JobPreparationTaskExecutionInformation(Model):
    start_time: datetime | Any = member("startTime", default=None)
    end_time: datetime | Any = member("endTime", default=None)
    state: JobPreparationTaskState | Any = member("state", default=None)
    task_root_directory: str | Any = member("taskRootDirectory", default=None)
    task_root_directory_url: str | Any = member("taskRootDirectoryUrl", default=None)
    exit_code: int | Any = member("exitCode", default=None)
    container_info: TaskContainerExecutionInformation | Any = member("containerInfo", default=None)
    failure_info: TaskFailureInformation | Any = member("failureInfo", default=None)
    retry_count: int | Any = member("retryCount", default=None)
    last_retry_time: datetime | Any = member("lastRetryTime", default=None)
    result: TaskExecutionResult | Any = member("result", default=None)


class JobPreparationTaskState(str, Enum):
    running = "running"
    completed = "completed"


class JobReleaseTask(Model):
    id: str | Any = member("id", default=None)
    command_line: str = member("commandLine")
    container_settings: TaskContainerSettings | Any = member("containerSettings", default=None)
    resource_files: list[ResourceFile] | Any = member("resourceFiles", default=None)
    environment_settings: list[EnvironmentSetting] | Any = member("environmentSettings", default=None)
    max_wall_clock_time: timedelta | Any = member("maxWallClockTime", default=None)
    retention_time: timedelta | Any = member("retentionTime", default=None)
    user_identity: UserIdentity | Any = member("userIdentity", default=None)


class JobReleaseTaskExecutionInformation(Model):
    start_time: datetime | Any = member("startTime", default=None)
    end_time: datetime | Any = member("endTime", default=None)
    state: JobReleaseTaskState | Any = member("state", default=None)
    task_root_directory: str | Any = member("taskRootDirectory", default=None)
    task_root_directory_url: str | Any = member("taskRootDirectoryUrl", default=None)
    exit_code: int | Any = member("exitCode", default=None)
    container_info: TaskContainerExecutionInformation | Any = member("containerInfo", default=None)
    failure_info: TaskFailureInformation | Any = member("failureInfo", default=None)
    result: TaskExecutionResult | Any = member("result", default=None)


class JobReleaseTaskState(str, Enum):
    running = "running"
    completed = "completed"


class JobScheduleAddOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)


class JobScheduleAddParameter(Model):
    id: str = member("id")
    display_name: str | Any = member("displayName", default=None)
    schedule: Schedule | Any = member("schedule")
    job_specification: Any | Any = member("jobSpecification")
    metadata: list[MetadataItem] | Any = member("metadata", default=None)


class JobScheduleExecutionInformation(Model):
    next_run_time: datetime | Any = member("nextRunTime", default=None)
    recent_job: RecentJob | Any = member("recentJob", default=None)
    end_time: datetime | Any = member("endTime", default=None)


class JobScheduleListOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    filter: Any = member("filter", default=None)
    select: Any = member("select", default=None)
    expand: Any = member("expand", default=None)
    max_results: Any = member("max_results", default=1000)


class JobScheduleState(str, Enum):
    active = "active"
    completed = "completed"
    disabled = "disabled"
    terminating = "terminating"
    deleting = "deleting"


class JobSchedulingError(Model):
    category: ErrorCategory | Any = member("category", default=None)
    code: str | Any = member("code", default=None)
    message: str | Any = member("message", default=None)
    details: list[NameValuePair] | Any = member("details", default=None)


class JobState(str, Enum):
    active = "active"
    disabling = "disabling"
    disabled = "disabled"
    enabling = "enabling"
    terminating = "terminating"
    completed = "completed"
    deleting = "deleting"


class JobStatistics(Model):
    url: str | Any = member("url", default=None)
    start_time: datetime | Any = member("startTime", default=None)
    last_update_time: datetime | Any = member("lastUpdateTime", default=None)
    user_cpu_time: timedelta | Any = member("userCPUTime", default=None)
    kernel_cpu_time: timedelta | Any = member("kernelCPUTime", default=None)
    wall_clock_time: timedelta | Any = member("wallClockTime", default=None)
    read_iops: int | Any = member("readIOps", default=None)
    write_iops: int | Any = member("writeIOps", default=None)
    read_io_gi_b: float | Any = member("readIOGiB", default=None)
    write_io_gi_b: float | Any = member("writeIOGiB", default=None)
    num_succeeded_tasks: int | Any = member("numSucceededTasks", default=None)
    num_failed_tasks: int | Any = member("numFailedTasks", default=None)
    num_task_retries: int | Any = member("numTaskRetries", default=None)
    wait_time: timedelta | Any = member("waitTime", default=None)


class JobTerminateOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    force: Any = member("force", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class JobTerminateParameter(Model):
    terminate_reason: str | Any = member("terminateReason", default=None)


class JobUpdateOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class JobUpdateParameter(Model):
    priority: int | Any = member("priority", default=None)
    max_parallel_tasks: int | Any = member("maxParallelTasks", default=None)
    allow_task_preemption: bool | Any = member("allowTaskPreemption", default=None)
    constraints: JobConstraints | Any = member("constraints", default=None)
    pool_info: PoolInformation | Any = member("poolInfo")
    metadata: list[MetadataItem] | Any = member("metadata", default=None)
    on_all_tasks_complete: OnAllTasksComplete | Any = member("onAllTasksComplete", default=None)


class LinuxUserConfiguration(Model):
    uid: int | Any = member("uid", default=None)
    gid: int | Any = member("gid", default=None)
    ssh_private_key: str | Any = member("sshPrivateKey", default=None)


class LoginMode(str, Enum):
    batch = "batch"
    interactive = "interactive"


class ManagedDisk(Model):
    storage_account_type: StorageAccountType | Any = member("storageAccountType", default=None)


class MetadataItem(Model):
    name: str = member("name")
    value: str = member("value")


class MountConfiguration(Model):
    azure_blob_file_system_configuration: AzureBlobFileSystemConfiguration | Any = member(
        "azureBlobFileSystemConfiguration", default=None
    )
    nfs_mount_configuration: NFSMountConfiguration | Any = member("nfsMountConfiguration", default=None)
    cifs_mount_configuration: CIFSMountConfiguration | Any = member("cifsMountConfiguration", default=None)
    azure_file_share_configuration: AzureFileShareConfiguration | Any = member(
        "azureFileShareConfiguration", default=None
    )


class MultiInstanceSettings(Model):
    number_of_instances: int | Any = member("numberOfInstances", default=None)
    coordination_command_line: str = member("coordinationCommandLine")
    common_resource_files: list[ResourceFile] | Any = member("commonResourceFiles", default=None)


class NFSMountConfiguration(Model):
    source: str | Any = member("source", default=None)
    relative_mount_path: str | Any = member("relativeMountPath", default=None)
    mount_options: str | Any = member("mountOptions", default=None)


class NameValuePair(Model):
    name: str | Any = member("name", default=None)
    value: str | Any = member("value", default=None)


class NetworkConfiguration(Model):
    subnet_id: str | Any = member("subnetId", default=None)
    dynamic_vnet_assignment_scope: DynamicVNetAssignmentScope | Any = member("dynamicVNetAssignmentScope", default=None)
    endpoint_configuration: PoolEndpointConfiguration | Any = member("endpointConfiguration", default=None)
    public_ip_address_configuration: PublicIPAddressConfiguration | Any = member(
        "publicIPAddressConfiguration", default=None
    )
    enable_accelerated_networking: bool | Any = member("enableAcceleratedNetworking", default=None)


class NetworkSecurityGroupRule(Model):
    priority: int | Any = member("priority", default=None)
    access: NetworkSecurityGroupRuleAccess | Any = member("access", default=None)
    source_address_prefix: str | Any = member("sourceAddressPrefix", default=None)
    source_port_ranges: list[str] | Any = member("sourcePortRanges", default=None)


class NetworkSecurityGroupRuleAccess(str, Enum):
    allow = "allow"
    deny = "deny"


class NodeAgentInformation(Model):
    version: str | Any = member("version", default=None)
    last_update_time: datetime | Any = member("lastUpdateTime", default=None)


class NodeCommunicationMode(str, Enum):
    default = "default"
    classic = "classic"
    simplified = "simplified"


class NodeFile(Model):
    name: str | Any = member("name", default=None)
    url: str | Any = member("url", default=None)
    is_directory: bool | Any = member("isDirectory", default=None)
    properties: FileProperties | Any = member("properties", default=None)


class NodePlacementConfiguration(Model):
    policy: NodePlacementPolicyType | Any = member("policy", default=None)


class NodePlacementPolicyType(str, Enum):
    regional = "regional"
    zonal = "zonal"


class OSDisk(Model):
    ephemeral_os_disk_settings: DiffDiskSettings | Any = member("ephemeralOSDiskSettings", default=None)
    caching: CachingType | Any = member("caching", default=None)
    managed_disk: ManagedDisk | Any = member("managedDisk", default=None)
    disk_size_gb: int | Any = member("diskSizeGB", default=None)
    write_accelerator_enabled: bool | Any = member("writeAcceleratorEnabled", default=None)


class OSType(str, Enum):
    linux = "linux"
    windows = "windows"


class OnAllTasksComplete(str, Enum):
    no_action = "noaction"
    terminate_job = "terminatejob"


class OnTaskFailure(str, Enum):
    no_action = "noaction"
    perform_exit_options_job_action = "performexitoptionsjobaction"


class OutputFile(Model):
    file_pattern: str = member("filePattern")
    destination: OutputFileDestination | Any = member("destination")
    upload_options: OutputFileUploadOptions | Any = member("uploadOptions")


class OutputFileBlobContainerDestination(Model):
    container_url: str = member("containerUrl")
    path: str | Any = member("path", default=None)
    identity_reference: ComputeNodeIdentityReference | Any = member("identityReference", default=None)
    upload_headers: list[HttpHeader] | Any = member("uploadHeaders", default=None)


class OutputFileDestination(Model):
    container: OutputFileBlobContainerDestination | Any = member("container", default=None)


class OutputFileUploadCondition(str, Enum):
    task_success = "tasksuccess"
    task_failure = "taskfailure"
    task_completion = "taskcompletion"


class OutputFileUploadOptions(Model):
    upload_condition: OutputFileUploadCondition | Any = member("uploadCondition")


class PoolAddOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)


class PoolAddParameter(Model):
    id: str = member("id")
    display_name: str | Any = member("displayName", default=None)
    vm_size: str = member("vmSize")
    cloud_service_configuration: CloudServiceConfiguration | Any = member("cloudServiceConfiguration", default=None)
    virtual_machine_configuration: VirtualMachineConfiguration | Any = member(
        "virtualMachineConfiguration", default=None
    )
    task_slots_per_node: int | Any = member("taskSlotsPerNode", default=None)
    task_scheduling_policy: TaskSchedulingPolicy | Any = member("taskSchedulingPolicy", default=None)
    resize_timeout: timedelta | Any = member("resizeTimeout", default=None)
    target_dedicated_nodes: int | Any = member("targetDedicatedNodes", default=None)
    target_low_priority_nodes: int | Any = member("targetLowPriorityNodes", default=None)
    enable_auto_scale: bool | Any = member("enableAutoScale", default=None)
    auto_scale_formula: str | Any = member("autoScaleFormula", default=None)
    auto_scale_evaluation_interval: timedelta | Any = member("autoScaleEvaluationInterval", default=None)
    enable_inter_node_communication: bool | Any = member("enableInterNodeCommunication", default=None)
    network_configuration: NetworkConfiguration | Any = member("networkConfiguration", default=None)
    start_task: StartTask | Any = member("startTask", default=None)
    certificate_references: list[CertificateReference] | Any = member("certificateReferences", default=None)
    application_package_references: list[ApplicationPackageReference] | Any = member(
        "applicationPackageReferences", default=None
    )
    application_licenses: list[str] | Any = member("applicationLicenses", default=None)
    user_accounts: list[UserAccount] | Any = member("userAccounts", default=None)
    metadata: list[MetadataItem] | Any = member("metadata", default=None)
    mount_configuration: list[MountConfiguration] | Any = member("mountConfiguration", default=None)
    target_node_communication_mode: NodeCommunicationMode | Any = member("targetNodeCommunicationMode", default=None)
    upgrade_policy: UpgradePolicy | Any = member("upgradePolicy", default=None)
    resource_tags: Any | Any = member("resourceTags", default=None)


class PoolDeleteOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class PoolEndpointConfiguration(Model):
    inbound_nat_pools: list[InboundNATPool] | Any = member("inboundNATPools", default=None)


class PoolExistsOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class PoolGetOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)
    select: Any = member("select", default=None)
    expand: Any = member("expand", default=None)


class PoolIdentityType(str, Enum):
    user_assigned = "UserAssigned"
    none = "None"


class PoolInformation(Model):
    pool_id: str | Any = member("poolId", default=None)
    auto_pool_specification: AutoPoolSpecification | Any = member("autoPoolSpecification", default=None)


class PoolLifetimeOption(str, Enum):
    job_schedule = "jobschedule"
    job = "job"


class PoolListOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    filter: Any = member("filter", default=None)
    select: Any = member("select", default=None)
    expand: Any = member("expand", default=None)
    max_results: Any = member("max_results", default=1000)


class PoolPatchOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class PoolPatchParameter(Model):
    display_name: str | Any = member("displayName", default=None)
    vm_size: str | Any = member("vmSize", default=None)
    virtual_machine_configuration: VirtualMachineConfiguration | Any = member(
        "virtualMachineConfiguration", default=None
    )
    task_slots_per_node: int | Any = member("taskSlotsPerNode", default=None)
    task_scheduling_policy: TaskSchedulingPolicy | Any = member("taskSchedulingPolicy", default=None)
    enable_inter_node_communication: bool | Any = member("enableInterNodeCommunication", default=None)
    network_configuration: NetworkConfiguration | Any = member("networkConfiguration", default=None)
    start_task: StartTask | Any = member("startTask", default=None)
    certificate_references: list[CertificateReference] | Any = member("certificateReferences", default=None)
    application_package_references: list[ApplicationPackageReference] | Any = member(
        "applicationPackageReferences", default=None
    )
    user_accounts: list[UserAccount] | Any = member("userAccounts", default=None)
    metadata: list[MetadataItem] | Any = member("metadata", default=None)
    mount_configuration: list[MountConfiguration] | Any = member("mountConfiguration", default=None)
    target_node_communication_mode: NodeCommunicationMode | Any = member("targetNodeCommunicationMode", default=None)
    upgrade_policy: UpgradePolicy | Any = member("upgradePolicy", default=None)
    resource_tags: Any | Any = member("resourceTags", default=None)


class PoolResizeOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class PoolResizeParameter(Model):
    target_dedicated_nodes: int | Any = member("targetDedicatedNodes", default=None)
    target_low_priority_nodes: int | Any = member("targetLowPriorityNodes", default=None)
    resize_timeout: timedelta | Any = member("resizeTimeout", default=None)
    node_deallocation_option: ComputeNodeDeallocationOption | Any = member("nodeDeallocationOption", default=None)


class PoolSpecification(Model):
    display_name: str | Any = member("displayName", default=None)
    vm_size: str = member("vmSize")
    cloud_service_configuration: CloudServiceConfiguration | Any = member("cloudServiceConfiguration", default=None)
    virtual_machine_configuration: VirtualMachineConfiguration | Any = member(
        "virtualMachineConfiguration", default=None
    )
    task_slots_per_node: int | Any = member("taskSlotsPerNode", default=None)
    task_scheduling_policy: TaskSchedulingPolicy | Any = member("taskSchedulingPolicy", default=None)
    resize_timeout: timedelta | Any = member("resizeTimeout", default=None)
    target_dedicated_nodes: int | Any = member("targetDedicatedNodes", default=None)
    target_low_priority_nodes: int | Any = member("targetLowPriorityNodes", default=None)
    enable_auto_scale: bool | Any = member("enableAutoScale", default=None)
    auto_scale_formula: str | Any = member("autoScaleFormula", default=None)
    auto_scale_evaluation_interval: timedelta | Any = member("autoScaleEvaluationInterval", default=None)
    enable_inter_node_communication: bool | Any = member("enableInterNodeCommunication", default=None)
    network_configuration: NetworkConfiguration | Any = member("networkConfiguration", default=None)
    start_task: StartTask | Any = member("startTask", default=None)
    certificate_references: list[CertificateReference] | Any = member("certificateReferences", default=None)
    application_package_references: list[ApplicationPackageReference] | Any = member(
        "applicationPackageReferences", default=None
    )
    application_licenses: list[str] | Any = member("applicationLicenses", default=None)
    user_accounts: list[UserAccount] | Any = member("userAccounts", default=None)
    metadata: list[MetadataItem] | Any = member("metadata", default=None)
    mount_configuration: list[MountConfiguration] | Any = member("mountConfiguration", default=None)
    target_node_communication_mode: NodeCommunicationMode | Any = member("targetNodeCommunicationMode", default=None)
    upgrade_policy: UpgradePolicy | Any = member("upgradePolicy", default=None)
    resource_tags: Any | Any = member("resourceTags", default=None)


class PoolState(str, Enum):
    active = "active"
    deleting = "deleting"


class PoolStatistics(Model):
    url: str | Any = member("url", default=None)
    start_time: datetime | Any = member("startTime", default=None)
    last_update_time: datetime | Any = member("lastUpdateTime", default=None)
    usage_stats: UsageStatistics | Any = member("usageStats", default=None)
    resource_stats: ResourceStatistics | Any = member("resourceStats", default=None)


class PoolStopResizeOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class PublicIPAddressConfiguration(Model):
    provision: IPAddressProvisioningType | Any = member("provision", default=None)
    ip_address_ids: list[str] | Any = member("ipAddressIds", default=None)


class RecentJob(Model):
    id: str | Any = member("id", default=None)
    url: str | Any = member("url", default=None)


class ResizeError(Model):
    code: str | Any = member("code", default=None)
    message: str | Any = member("message", default=None)
    values: list[NameValuePair] | Any = member("values", default=None)


class ResourceFile(Model):
    auto_storage_container_name: str | Any = member("autoStorageContainerName", default=None)
    storage_container_url: str | Any = member("storageContainerUrl", default=None)
    http_url: str | Any = member("httpUrl", default=None)
    blob_prefix: str | Any = member("blobPrefix", default=None)
    file_path: str | Any = member("filePath", default=None)
    file_mode: str | Any = member("fileMode", default=None)
    identity_reference: ComputeNodeIdentityReference | Any = member("identityReference", default=None)


class ResourceStatistics(Model):
    start_time: datetime | Any = member("startTime", default=None)
    last_update_time: datetime | Any = member("lastUpdateTime", default=None)
    avg_cpu_percentage: float | Any = member("avgCPUPercentage", default=None)
    avg_memory_gi_b: float | Any = member("avgMemoryGiB", default=None)
    peak_memory_gi_b: float | Any = member("peakMemoryGiB", default=None)
    avg_disk_gi_b: float | Any = member("avgDiskGiB", default=None)
    peak_disk_gi_b: float | Any = member("peakDiskGiB", default=None)
    disk_read_iops: int | Any = member("diskReadIOps", default=None)
    disk_write_iops: int | Any = member("diskWriteIOps", default=None)
    disk_read_gi_b: float | Any = member("diskReadGiB", default=None)
    disk_write_gi_b: float | Any = member("diskWriteGiB", default=None)
    network_read_gi_b: float | Any = member("networkReadGiB", default=None)
    network_write_gi_b: float | Any = member("networkWriteGiB", default=None)


class RollingUpgradePolicy(Model):
    enable_cross_zone_upgrade: bool | Any = member("enableCrossZoneUpgrade", default=None)
    max_batch_instance_percent: int | Any = member("maxBatchInstancePercent", default=None)
    max_unhealthy_instance_percent: int | Any = member("maxUnhealthyInstancePercent", default=None)
    max_unhealthy_upgraded_instance_percent: int | Any = member("maxUnhealthyUpgradedInstancePercent", default=None)
    pause_time_between_batches: timedelta | Any = member("pauseTimeBetweenBatches", default=None)
    prioritize_unhealthy_instances: bool | Any = member("prioritizeUnhealthyInstances", default=None)
    rollback_failed_instances_on_policy_breach: bool | Any = member(
        "rollbackFailedInstancesOnPolicyBreach", default=None
    )


class Schedule(Model):
    do_not_run_until: datetime | Any = member("doNotRunUntil", default=None)
    do_not_run_after: datetime | Any = member("doNotRunAfter", default=None)
    start_window: timedelta | Any = member("startWindow", default=None)
    recurrence_interval: timedelta | Any = member("recurrenceInterval", default=None)


class SchedulingState(str, Enum):
    enabled = "enabled"
    disabled = "disabled"


class SecurityProfile(Model):
    security_type: SecurityTypes | Any = member("securityType", default=None)
    encryption_at_host: bool | Any = member("encryptionAtHost", default=None)
    uefi_settings: UefiSettings | Any = member("uefiSettings", default=None)


class SecurityTypes(str, Enum):
    trusted_launch = "trustedLaunch"


class ServiceArtifactReference(Model):
    id: str | Any = member("id", default=None)


class StartTask(Model):
    command_line: str = member("commandLine")
    container_settings: TaskContainerSettings | Any = member("containerSettings", default=None)
    resource_files: list[ResourceFile] | Any = member("resourceFiles", default=None)
    environment_settings: list[EnvironmentSetting] | Any = member("environmentSettings", default=None)
    user_identity: UserIdentity | Any = member("userIdentity", default=None)
    max_task_retry_count: int | Any = member("maxTaskRetryCount", default=None)
    wait_for_success: bool | Any = member("waitForSuccess", default=None)


class StartTaskInformation(Model):
    state: StartTaskState | Any = member("state", default=None)
    start_time: datetime | Any = member("startTime", default=None)
    end_time: datetime | Any = member("endTime", default=None)
    exit_code: int | Any = member("exitCode", default=None)
    container_info: TaskContainerExecutionInformation | Any = member("containerInfo", default=None)
    failure_info: TaskFailureInformation | Any = member("failureInfo", default=None)
    retry_count: int | Any = member("retryCount", default=None)
    last_retry_time: datetime | Any = member("lastRetryTime", default=None)
    result: TaskExecutionResult | Any = member("result", default=None)


class StartTaskState(str, Enum):
    running = "running"
    completed = "completed"


class StorageAccountType(str, Enum):
    standard_lrs = "standard_lrs"
    premium_lrs = "premium_lrs"
    standard_ssdlrs = "standardssd_lrs"


class SubtaskInformation(Model):
    id: int | Any = member("id", default=None)
    node_info: ComputeNodeInformation | Any = member("nodeInfo", default=None)
    start_time: datetime | Any = member("startTime", default=None)
    end_time: datetime | Any = member("endTime", default=None)
    exit_code: int | Any = member("exitCode", default=None)
    container_info: TaskContainerExecutionInformation | Any = member("containerInfo", default=None)
    failure_info: TaskFailureInformation | Any = member("failureInfo", default=None)
    state: SubtaskState | Any = member("state", default=None)
    state_transition_time: datetime | Any = member("stateTransitionTime", default=None)
    previous_state: SubtaskState | Any = member("previousState", default=None)
    previous_state_transition_time: datetime | Any = member("previousStateTransitionTime", default=None)
    result: TaskExecutionResult | Any = member("result", default=None)


class SubtaskState(str, Enum):
    preparing = "preparing"
    running = "running"
    completed = "completed"


class TaskAddCollectionOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)


class TaskAddCollectionParameter(Model):
    value: list[TaskAddParameter] | Any = member("value")


class TaskAddCollectionResult(Model):
    value: list[TaskAddResult] | Any = member("value", default=None)


class TaskAddOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)


class TaskAddParameter(Model):
    id: str = member("id")
    display_name: str | Any = member("displayName", default=None)
    command_line: str = member("commandLine")
    container_settings: TaskContainerSettings | Any = member("containerSettings", default=None)
    exit_conditions: ExitConditions | Any = member("exitConditions", default=None)
    resource_files: list[ResourceFile] | Any = member("resourceFiles", default=None)
    output_files: list[OutputFile] | Any = member("outputFiles", default=None)
    environment_settings: list[EnvironmentSetting] | Any = member("environmentSettings", default=None)
    affinity_info: AffinityInformation | Any = member("affinityInfo", default=None)
    constraints: TaskConstraints | Any = member("constraints", default=None)
    required_slots: int | Any = member("requiredSlots", default=None)
    user_identity: UserIdentity | Any = member("userIdentity", default=None)
    multi_instance_settings: MultiInstanceSettings | Any = member("multiInstanceSettings", default=None)
    depends_on: TaskDependencies | Any = member("dependsOn", default=None)
    application_package_references: list[ApplicationPackageReference] | Any = member(
        "applicationPackageReferences", default=None
    )
    authentication_token_settings: AuthenticationTokenSettings | Any = member(
        "authenticationTokenSettings", default=None
    )


class TaskAddResult(Model):
    status: TaskAddStatus | Any = member("status", default=None)
    task_id: str | Any = member("taskId", default=None)
    e_tag: str | Any = member("eTag", default=None)
    last_modified: datetime | Any = member("lastModified", default=None)
    location: str | Any = member("location", default=None)
    error: BatchError | Any = member("error", default=None)


class TaskAddStatus(str, Enum):
    success = "success"
    client_error = "clienterror"
    server_error = "servererror"


class TaskConstraints(Model):
    max_wall_clock_time: timedelta | Any = member("maxWallClockTime", default=None)
    retention_time: timedelta | Any = member("retentionTime", default=None)
    max_task_retry_count: int | Any = member("maxTaskRetryCount", default=None)


class TaskContainerExecutionInformation(Model):
    container_id: str | Any = member("containerId", default=None)
    state: str | Any = member("state", default=None)
    error: str | Any = member("error", default=None)


class TaskContainerSettings(Model):
    image_name: str = member("imageName")
    container_run_options: str | Any = member("containerRunOptions", default=None)
    registry: ContainerRegistry | Any = member("registry", default=None)
    working_directory: ContainerWorkingDirectory | Any = member("workingDirectory", default=None)
    container_host_batch_bind_mounts: list[ContainerHostBatchBindMountEntry] | Any = member(
        "containerHostBatchBindMounts", default=None
    )


class TaskCounts(Model):
    active: int | Any = member("active", default=None)
    running: int | Any = member("running", default=None)
    completed: int | Any = member("completed", default=None)
    succeeded: int | Any = member("succeeded", default=None)
    failed: int | Any = member("failed", default=None)


class TaskCountsResult(Model):
    task_counts: TaskCounts | Any = member("taskCounts", default=None)
    task_slot_counts: TaskSlotCounts | Any = member("taskSlotCounts", default=None)


class TaskDeleteOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class TaskDependencies(Model):
    task_ids: list[str] | Any = member("taskIds", default=None)
    task_id_ranges: list[TaskIdRange] | Any = member("taskIdRanges", default=None)


class TaskExecutionInformation(Model):
    start_time: datetime | Any = member("startTime", default=None)
    end_time: datetime | Any = member("endTime", default=None)
    exit_code: int | Any = member("exitCode", default=None)
    container_info: TaskContainerExecutionInformation | Any = member("containerInfo", default=None)
    failure_info: TaskFailureInformation | Any = member("failureInfo", default=None)
    retry_count: int | Any = member("retryCount", default=None)
    last_retry_time: datetime | Any = member("lastRetryTime", default=None)
    requeue_count: int | Any = member("requeueCount", default=None)
    last_requeue_time: datetime | Any = member("lastRequeueTime", default=None)
    result: TaskExecutionResult | Any = member("result", default=None)


class TaskExecutionResult(str, Enum):
    success = "success"
    failure = "failure"


class TaskFailureInformation(Model):
    category: ErrorCategory | Any = member("category", default=None)
    code: str | Any = member("code", default=None)
    message: str | Any = member("message", default=None)
    details: list[NameValuePair] | Any = member("details", default=None)


class TaskGetOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)
    select: Any = member("select", default=None)
    expand: Any = member("expand", default=None)


class TaskIdRange(Model):
    start: int = member("start")
    end: int = member("end")


class TaskInformation(Model):
    task_url: str | Any = member("taskUrl", default=None)
    job_id: str | Any = member("jobId", default=None)
    task_id: str | Any = member("taskId", default=None)
    subtask_id: int | Any = member("subtaskId", default=None)
    task_state: TaskState | Any = member("taskState", default=None)
    execution_info: TaskExecutionInformation | Any = member("executionInfo", default=None)


class TaskListOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    filter: Any = member("filter", default=None)
    select: Any = member("select", default=None)
    expand: Any = member("expand", default=None)
    max_results: Any = member("max_results", default=1000)


class TaskListSubtasksOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    select: Any = member("select", default=None)


class TaskReactivateOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class TaskSchedulingPolicy(Model):
    node_fill_type: ComputeNodeFillType | Any = member("nodeFillType")
    job_default_order: JobDefaultOrder | Any = member("jobDefaultOrder", default=None)


class TaskSlotCounts(Model):
    active: int | Any = member("active", default=None)
    running: int | Any = member("running", default=None)
    completed: int | Any = member("completed", default=None)
    succeeded: int | Any = member("succeeded", default=None)
    failed: int | Any = member("failed", default=None)


class TaskState(str, Enum):
    active = "active"
    preparing = "preparing"
    running = "running"
    completed = "completed"


class TaskStatistics(Model):
    url: str | Any = member("url", default=None)
    start_time: datetime | Any = member("startTime", default=None)
    last_update_time: datetime | Any = member("lastUpdateTime", default=None)
    user_cpu_time: timedelta | Any = member("userCPUTime", default=None)
    kernel_cpu_time: timedelta | Any = member("kernelCPUTime", default=None)
    wall_clock_time: timedelta | Any = member("wallClockTime", default=None)
    read_iops: int | Any = member("readIOps", default=None)
    write_iops: int | Any = member("writeIOps", default=None)
    read_io_gi_b: float | Any = member("readIOGiB", default=None)
    write_io_gi_b: float | Any = member("writeIOGiB", default=None)
    wait_time: timedelta | Any = member("waitTime", default=None)


class TaskTerminateOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class TaskUpdateOptions(Model):
    timeout: Any = member("timeout", default=30)
    client_request_id: Any = member("client_request_id", default=None)
    return_client_request_id: Any = member("return_client_request_id", default=False)
    ocp_date: Any = member("ocp_date", default=None)
    if_match: Any = member("if_match", default=None)
    if_none_match: Any = member("if_none_match", default=None)
    if_modified_since: Any = member("if_modified_since", default=None)
    if_unmodified_since: Any = member("if_unmodified_since", default=None)


class TaskUpdateParameter(Model):
    constraints: TaskConstraints | Any = member("constraints", default=None)


class UefiSettings(Model):
    secure_boot_enabled: bool | Any = member("secureBootEnabled", default=None)
    v_tpm_enabled: bool | Any = member("vTpmEnabled", default=None)


class UpgradeMode(str, Enum):
    automatic = "automatic"
    manual = "manual"
    rolling = "rolling"


class UpgradePolicy(Model):
    mode: UpgradeMode | Any = member("mode", default=None)
    automatic_os_upgrade_policy: AutomaticOSUpgradePolicy | Any = member("automaticOSUpgradePolicy", default=None)
    rolling_upgrade_policy: RollingUpgradePolicy | Any = member("rollingUpgradePolicy", default=None)


class UsageStatistics(Model):
    start_time: datetime | Any = member("startTime", default=None)
    last_update_time: datetime | Any = member("lastUpdateTime", default=None)
    dedicated_core_time: timedelta | Any = member("dedicatedCoreTime", default=None)


class UserAccount(Model):
    name: str | Any = member("name", default=None)
    password: str | Any = member("password", default=None)
    elevation_level: ElevationLevel | Any = member("elevationLevel", default=None)
    linux_user_configuration: LinuxUserConfiguration | Any = member("linuxUserConfiguration", default=None)
    windows_user_configuration: WindowsUserConfiguration | Any = member("windowsUserConfiguration", default=None)


class UserAssignedIdentity(Model):
    resource_id: str | Any = member("resourceId", default=None)
    client_id: str | Any = member("clientId", default=None)
    principal_id: str | Any = member("principalId", default=None)


class UserIdentity(Model):
    user_name: str | Any = member("username", default=None)
    auto_user: AutoUserSpecification | Any = member("autoUser", default=None)


class VMExtension(Model):
    name: str | Any = member("name", default=None)
    publisher: str | Any = member("publisher", default=None)
    type: str | Any = member("type", default=None)
    type_handler_version: str | Any = member("typeHandlerVersion", default=None)
    auto_upgrade_minor_version: bool | Any = member("autoUpgradeMinorVersion", default=None)
    enable_automatic_upgrade: bool | Any = member("enableAutomaticUpgrade", default=None)
    settings: Any | Any = member("settings", default=None)
    protected_settings: Any | Any = member("protectedSettings", default=None)
    provision_after_extensions: list[str] | Any = member("provisionAfterExtensions", default=None)


class VerificationType(str, Enum):
    verified = "verified"
    unverified = "unverified"


class VirtualMachineConfiguration(Model):
    image_reference: ImageReference | Any = member("imageReference")
    node_agent_sku_id: str = member("nodeAgentSKUId")
    windows_configuration: WindowsConfiguration | Any = member("windowsConfiguration", default=None)
    data_disks: list[DataDisk] | Any = member("dataDisks", default=None)
    license_type: str | Any = member("licenseType", default=None)
    container_configuration: ContainerConfiguration | Any = member("containerConfiguration", default=None)
    disk_encryption_configuration: DiskEncryptionConfiguration | Any = member(
        "diskEncryptionConfiguration", default=None
    )
    node_placement_configuration: NodePlacementConfiguration | Any = member("nodePlacementConfiguration", default=None)
    extensions: list[VMExtension] | Any = member("extensions", default=None)
    os_disk: OSDisk | Any = member("osDisk", default=None)
    security_profile: SecurityProfile | Any = member("securityProfile", default=None)
    service_artifact_reference: ServiceArtifactReference | Any = member("serviceArtifactReference", default=None)


class VirtualMachineInfo(Model):
    image_reference: ImageReference | Any = member("imageReference", default=None)
    scale_set_vm_resource_id: str | Any = member("scaleSetVmResourceId", default=None)


class WindowsConfiguration(Model):
    enable_automatic_updates: bool | Any = member("enableAutomaticUpdates", default=None)


class WindowsUserConfiguration(Model):
    login_mode: LoginMode | Any = member("loginMode", default=None)


class ApplicationSummaryPaged(Paged[ApplicationSummary]):
    item = ApplicationSummary


class CloudJobPaged(Paged[CloudJob]):
    item = CloudJob


class CloudJobSchedulePaged(Paged[CloudJobSchedule]):
    item = CloudJobSchedule


class CloudPoolPaged(Paged[CloudPool]):
    item = CloudPool


class CloudTaskPaged(Paged[CloudTask]):
    item = CloudTask


class ComputeNodePaged(Paged[ComputeNode]):
    item = ComputeNode


class ImageInformationPaged(Paged[ImageInformation]):
    item = ImageInformation


class JobPreparationAndReleaseTaskExecutionInformationPaged(Paged[JobPreparationAndReleaseTaskExecutionInformation]):
    item = JobPreparationAndReleaseTaskExecutionInformation


class NodeFilePaged(Paged[NodeFile]):
    item = NodeFile


__all__ = [
    "AccessScope",
    "AccountListSupportedImagesOptions",
    "AffinityInformation",
    "AllocationState",
    "ApplicationListOptions",
    "ApplicationPackageReference",
    "ApplicationSummary",
    "ApplicationSummaryPaged",
    "AuthenticationTokenSettings",
    "AutoPoolSpecification",
    "AutoScaleRun",
    "AutoScaleRunError",
    "AutoUserScope",
    "AutoUserSpecification",
    "AutomaticOSUpgradePolicy",
    "AzureBlobFileSystemConfiguration",
    "AzureFileShareConfiguration",
    "BatchError",
    "BatchErrorDetail",
    "BatchPoolIdentity",
    "CIFSMountConfiguration",
    "CachingType",
    "CertificateReference",
    "CertificateStoreLocation",
    "CertificateVisibility",
    "CloudJob",
    "CloudJobPaged",
    "CloudJobSchedule",
    "CloudJobSchedulePaged",
    "CloudPool",
    "CloudPoolPaged",
    "CloudServiceConfiguration",
    "CloudTask",
    "CloudTaskListSubtasksResult",
    "CloudTaskPaged",
    "ComputeNode",
    "ComputeNodeDeallocationOption",
    "ComputeNodeEndpointConfiguration",
    "ComputeNodeError",
    "ComputeNodeFillType",
    "ComputeNodeGetOptions",
    "ComputeNodeIdentityReference",
    "ComputeNodeInformation",
    "ComputeNodeListOptions",
    "ComputeNodePaged",
    "ComputeNodeState",
    "ContainerConfiguration",
    "ContainerHostBatchBindMountEntry",
    "ContainerHostDataPath",
    "ContainerRegistry",
    "ContainerWorkingDirectory",
    "DataDisk",
    "DependencyAction",
    "DiffDiskPlacement",
    "DiffDiskSettings",
    "DisableJobOption",
    "DiskEncryptionConfiguration",
    "DiskEncryptionTarget",
    "DynamicVNetAssignmentScope",
    "ElevationLevel",
    "EnvironmentSetting",
    "ErrorCategory",
    "ErrorMessage",
    "ExitCodeMapping",
    "ExitCodeRangeMapping",
    "ExitConditions",
    "ExitOptions",
    "FileDeleteFromTaskOptions",
    "FileGetFromTaskOptions",
    "FileGetPropertiesFromTaskOptions",
    "FileListFromTaskOptions",
    "FileProperties",
    "HttpHeader",
    "IPAddressProvisioningType",
    "ImageInformation",
    "ImageInformationPaged",
    "ImageReference",
    "InboundEndpoint",
    "InboundEndpointProtocol",
    "InboundNATPool",
    "JobAction",
    "JobAddOptions",
    "JobAddParameter",
    "JobConstraints",
    "JobDefaultOrder",
    "JobDeleteOptions",
    "JobDisableOptions",
    "JobDisableParameter",
    "JobEnableOptions",
    "JobExecutionInformation",
    "JobGetOptions",
    "JobGetTaskCountsOptions",
    "JobListOptions",
    "JobListPreparationAndReleaseTaskStatusOptions",
    "JobManagerTask",
    "JobNetworkConfiguration",
    "JobNetworkConfigurationPatch",
    "JobPatchOptions",
    "JobPatchParameter",
    "JobPreparationAndReleaseTaskExecutionInformation",
    "JobPreparationAndReleaseTaskExecutionInformationPaged",
    "JobPreparationTask",
    "JobPreparationTaskExecutionInformation",
    "JobPreparationTaskState",
    "JobReleaseTask",
    "JobReleaseTaskExecutionInformation",
    "JobReleaseTaskState",
    "JobScheduleAddOptions",
    "JobScheduleAddParameter",
    "JobScheduleExecutionInformation",
    "JobScheduleListOptions",
    "JobScheduleState",
    "JobSchedulingError",
    "JobState",
    "JobStatistics",
    "JobTerminateOptions",
    "JobTerminateParameter",
    "JobUpdateOptions",
    "JobUpdateParameter",
    "LinuxUserConfiguration",
    "LoginMode",
    "ManagedDisk",
    "MetadataItem",
    "MountConfiguration",
    "MultiInstanceSettings",
    "NFSMountConfiguration",
    "NameValuePair",
    "NetworkConfiguration",
    "NetworkSecurityGroupRule",
    "NetworkSecurityGroupRuleAccess",
    "NodeAgentInformation",
    "NodeCommunicationMode",
    "NodeFile",
    "NodeFilePaged",
    "NodePlacementConfiguration",
    "NodePlacementPolicyType",
    "OSDisk",
    "OSType",
    "OnAllTasksComplete",
    "OnTaskFailure",
    "OutputFile",
    "OutputFileBlobContainerDestination",
    "OutputFileDestination",
    "OutputFileUploadCondition",
    "OutputFileUploadOptions",
    "PoolAddOptions",
    "PoolAddParameter",
    "PoolDeleteOptions",
    "PoolEndpointConfiguration",
    "PoolExistsOptions",
    "PoolGetOptions",
    "PoolIdentityType",
    "PoolInformation",
    "PoolLifetimeOption",
    "PoolListOptions",
    "PoolPatchOptions",
    "PoolPatchParameter",
    "PoolResizeOptions",
    "PoolResizeParameter",
    "PoolSpecification",
    "PoolState",
    "PoolStatistics",
    "PoolStopResizeOptions",
    "PublicIPAddressConfiguration",
    "RecentJob",
    "ResizeError",
    "ResourceFile",
    "ResourceStatistics",
    "RollingUpgradePolicy",
    "Schedule",
    "SchedulingState",
    "SecurityProfile",
    "SecurityTypes",
    "ServiceArtifactReference",
    "StartTask",
    "StartTaskInformation",
    "StartTaskState",
    "StorageAccountType",
    "SubtaskInformation",
    "SubtaskState",
    "TaskAddCollectionOptions",
    "TaskAddCollectionParameter",
    "TaskAddCollectionResult",
    "TaskAddOptions",
    "TaskAddParameter",
    "TaskAddResult",
    "TaskAddStatus",
    "TaskConstraints",
    "TaskContainerExecutionInformation",
    "TaskContainerSettings",
    "TaskCounts",
    "TaskCountsResult",
    "TaskDeleteOptions",
    "TaskDependencies",
    "TaskExecutionInformation",
    "TaskExecutionResult",
    "TaskFailureInformation",
    "TaskGetOptions",
    "TaskIdRange",
    "TaskInformation",
    "TaskListOptions",
    "TaskListSubtasksOptions",
    "TaskReactivateOptions",
    "TaskSchedulingPolicy",
    "TaskSlotCounts",
    "TaskState",
    "TaskStatistics",
    "TaskTerminateOptions",
    "TaskUpdateOptions",
    "TaskUpdateParameter",
    "UefiSettings",
    "UpgradeMode",
    "UpgradePolicy",
    "UsageStatistics",
    "UserAccount",
    "UserAssignedIdentity",
    "UserIdentity",
    "VMExtension",
    "VerificationType",
    "VirtualMachineConfiguration",
    "VirtualMachineInfo",
    "WindowsConfiguration",
    "WindowsUserConfiguration",
]
