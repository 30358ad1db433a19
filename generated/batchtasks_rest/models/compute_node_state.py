# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
from .._wire import OpenEnum


class ComputeNodeState(OpenEnum):
    """idle, running: ready, without and with tasks. creating, starting, waitingforstarttask, starttaskfailed: on the
    way there. rebooting, reimaging, upgradingos, leavingpool, offline, preempted, unusable, unknown, deallocated,
    deallocating: no task can start."""

    IDLE = "idle"
    REBOOTING = "rebooting"
    REIMAGING = "reimaging"
    RUNNING = "running"
    UNUSABLE = "unusable"
    CREATING = "creating"
    STARTING = "starting"
    WAITINGFORSTARTTASK = "waitingforstarttask"
    STARTTASKFAILED = "starttaskfailed"
    UNKNOWN = "unknown"
    LEAVINGPOOL = "leavingpool"
    OFFLINE = "offline"
    PREEMPTED = "preempted"
    UPGRADINGOS = "upgradingos"
    DEALLOCATED = "deallocated"
    DEALLOCATING = "deallocating"
