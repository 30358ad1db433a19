"""What Microsoft's descriptions say otherwise than our specification, as facts; see `spec/accepted-drift.yaml`."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from generator.document import operations, resolve, walk

Json = dict[str, Any]

# Members that upstream always expects in an answer.
ALWAYS_THERE = {
    "TaskAddResult": ["status", "taskId"],
    "TaskExecutionInformation": ["retryCount", "requeueCount"],
    "TaskFailureInformation": ["category"],
    "TaskCountsResult": ["taskCounts", "taskSlotCounts"],
    "TaskCounts": ["active", "running", "completed", "succeeded", "failed"],
    "FileProperties": ["lastModified", "contentLength"],
}
NUMBERS_IN_TEXT = {
    "TaskStatistics": ["readIOps", "writeIOps"],
    "JobStatistics": ["readIOps", "writeIOps", "numSucceededTasks", "numFailedTasks", "numTaskRetries"],
    "FileProperties": ["contentLength"],
}
WITH_TAG = ("Task_List", "Job_List", "File_ListFromTask", "ComputeNode_Get")
PATCHED = (
    "PoolInformation",
    "AutoPoolSpecification",
    "PoolSpecification",
    "VirtualMachineConfiguration",
    "TaskSchedulingPolicy",
    "StartTask",
    "TaskContainerSettings",
)
STATED_MINIMUM = {"maxresults"}


def as_known(document: Json, version: str) -> Json:
    """Change a projected document in place into one that differs as upstream's does."""
    for change in (_bodies, _answers, _limits, _formats, _conditions, _open_objects, _extra_operations):
        change(document)
    (_typespec if version >= "2025" else _by_hand)(document)
    if version.startswith("2024-07"):
        _before_the_preview(document)
    if version.startswith("2024"):
        _parameter(document, "Task_AddCollection", "timeout")["schema"]["default"] = 120
        mode = _schemas(document)["CloudPool"]["properties"]["currentNodeCommunicationMode"]
        mode["nullable"] = True
    return document


def _before_the_preview(document: Json) -> None:
    """What the stable description of 2024-07-01.20.0 has as the versions before it."""
    for response in _responses(document, "Task_AddCollection"):
        response["headers"].pop("ETag", None)
        response["headers"].pop("Last-Modified", None)
    _schemas(document)["CloudTaskListSubtasksResult"]["properties"].pop("odata.nextLink")
    _schemas(document)["JobNetworkConfigurationPatch"]["required"] = ["subnetId"]
    for parameter in _named(document, "force"):
        parameter["schema"]["default"] = False


def _schemas(document: Json) -> Json:
    found: Json = document["components"]["schemas"]
    return found


def _bodies(document: Json) -> None:
    for name, required in ALWAYS_THERE.items():
        _schemas(document)[name]["required"] = list(required)
    for schema in _schemas(document).values():
        members = schema.get("properties", {})
        members.pop("odata.metadata", None)
        for member in members.values():
            member.pop("default", None)
    _schemas(document)["CloudJob"]["properties"]["maxParallelTasks"]["default"] = -1


def _answers(document: Json) -> None:
    for name, operation in ((each.name, each.node) for each in operations(document)):
        operation["responses"] = {status: dict(resolve(document, r)) for status, r in operation["responses"].items()}
        for status in ("304", "206"):
            operation["responses"].pop(status, None)
        for status, response in operation["responses"].items():
            headers = {} if status in ("default", "404") else dict(response.get("headers", {}))
            for unknown in ("DataServiceVersion", "Location"):
                headers.pop(unknown, None)
            if name in WITH_TAG and headers:
                headers["ETag"] = {"schema": {"type": "string"}}
                headers["Last-Modified"] = {"schema": {"type": "string", "format": "date-time-rfc1123"}}
            response["headers"] = headers


def _limits(document: Json) -> None:
    for trail, node in walk(document):
        for limit in ("minLength", "maxLength", "pattern"):
            if not isinstance(node.get(limit), dict):
                node.pop(limit, None)
        if "minimum" in node and "MaxResults" not in trail and not STATED_MINIMUM & set(map(str, trail)):
            del node["minimum"]
            node.pop("maximum", None)
    for name in ("Timeout", "TimeOut"):
        document["components"]["parameters"].get(name, {}).get("schema", {}).pop("maximum", None)
    for name in ("File_ListFromTask", "File_DeleteFromTask"):
        _parameter(document, name, "recursive")["schema"].pop("default", None)


def _formats(document: Json) -> None:
    for trail, node in walk(document):
        if node.get("format") == "uri" and "examples" not in trail:
            del node["format"]
    document["components"]["headers"]["OcpBatchFileIsDirectory"]["schema"] = {"type": "boolean"}
    for response in _responses(document, "Task_AddCollection"):
        for name in ("request-id", "client-request-id"):
            if name in response["headers"]:
                response["headers"][name] = {"schema": {"type": "string"}}


def _conditions(document: Json) -> None:
    """Which members go together stands in words only."""
    for schema in _schemas(document).values():
        for key in ("oneOf", "anyOf", "not", "dependentRequired"):
            schema.pop(key, None)


def _open_objects(document: Json) -> None:
    """What our specification passes on as it is has members in upstream's; some lead back to themselves."""
    for name, schema in _schemas(document).items():
        if schema.get("additionalProperties") is True and "properties" not in schema:
            again = {"$ref": f"#/components/schemas/{name}"}
            schema["properties"] = {"like": again, "many": {"type": "array", "items": {"type": "integer"}}}
            schema["required"] = ["many"]
            del schema["additionalProperties"]


def _extra_operations(document: Json) -> None:
    """Operations that our specification leaves out."""
    for path in (
        "/pools/{poolId}/removenodes",
        "/pools/{poolId}/nodes/{nodeId}/reboot",
        "/jobschedules/{id}/disable",
        "/applications/{applicationId}",
    ):
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        parameters = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names]
        answers = {"202": {"description": "It is being done.", "headers": {}}}
        verb = "get" if path.startswith("/applications") else "post"
        document["paths"][path] = {verb: {"operationId": path, "parameters": parameters, "responses": answers}}


def _by_hand(document: Json) -> None:
    """Swagger 2.0 as Microsoft wrote it by hand."""
    for trail, node in walk(document):
        if trail[-1:] != ("exactVersion",):
            node.pop("readOnly", None)
    for name, members in NUMBERS_IN_TEXT.items():
        for member in members:
            _schemas(document)[name]["properties"][member]["type"] = "integer"
    for _, node in walk(_schemas(document)):
        if node.get("format") == "float":
            node["format"] = "double"
        elif node.get("format") in ("password", "arm-id"):
            del node["format"]
    for name in ("$select", "$expand"):
        for parameter in _named(document, name):
            parameter["schema"] = {"type": "string"}


def _typespec(document: Json) -> None:
    """What is made from TypeSpec."""
    for name, schema in _schemas(document).items():
        if name not in ("CloudTask", "CloudJob", "BatchError"):
            schema.pop("readOnly", None)
    _patches(document)
    _parameter_schema(document, "client-request-id").pop("format", None)
    _parameter_schema(document, "timeOut").pop("default", None)
    document["components"]["headers"]["ContentLength"]["schema"] = {"type": "string", "format": "int64"}
    for _, node in walk(document["components"]["parameters"]):
        if node.get("enum") == ["stats"]:
            del node["enum"]
    for expand in _named(document, "$expand"):
        expand["schema"]["items"] = {"type": "string"}
    _schemas(document)["TaskAddCollectionParameter"]["properties"]["value"].pop("maxItems")
    for name in ("File_GetFromTask", "File_GetPropertiesFromTask"):
        for response in _responses(document, name):
            response["headers"].pop("Content-Type", None)
    for response in _responses(document, "Job_GetTaskCounts"):
        if "schema" in str(response.get("content")) and response["headers"]:
            response["headers"]["ETag"] = {"schema": {"type": "string"}}
            response["headers"]["Last-Modified"] = {"schema": {"type": "string", "format": "date-time-rfc7231"}}


def _patches(document: Json) -> None:
    """What a patch holds has schemas of its own, in which nothing is required."""
    schemas = _schemas(document)
    for name in PATCHED:
        schemas[f"{name}Update"] = {**copy.deepcopy(schemas[name]), "required": []}
    for name in (*(f"{name}Update" for name in PATCHED), "JobPatchParameter", "PoolPatchParameter"):
        for _, node in walk(schemas[name]):
            of = str(node.get("$ref", "")).rpartition("/")[2]
            if of in PATCHED:
                node["$ref"] = f"#/components/schemas/{of}Update"


def _named(document: Json, name: str) -> Iterator[Json]:
    for operation in (each.node for each in operations(document)):
        for parameter in operation.get("parameters", []):
            found = resolve(document, parameter)
            if found["name"] == name:
                yield found


def _parameter(document: Json, operation_id: str, name: str) -> Json:
    """A parameter of one operation, made its own."""
    operation = next(each.node for each in operations(document) if each.name == operation_id)
    for index, parameter in enumerate(operation["parameters"]):
        found = resolve(document, parameter)
        if found["name"] == name:
            operation["parameters"][index] = own = {**found, "schema": dict(found["schema"])}
            return own
    raise LookupError(f"{operation_id} has no parameter {name}")


def _parameter_schema(document: Json, name: str) -> Json:
    schema: Json = next(p for p in document["components"]["parameters"].values() if p["name"] == name)["schema"]
    return schema


def _responses(document: Json, operation_id: str) -> list[Json]:
    operation = next(each.node for each in operations(document) if each.name == operation_id)
    return list(operation["responses"].values())
