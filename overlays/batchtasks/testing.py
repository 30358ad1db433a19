"""A running local Batch service for tests and notebooks; its code is a package of its own, `batchtasks_testing`."""

from batchtasks_testing.faults import BatchFaults as BatchFaults
from batchtasks_testing.faults import FaultInForce as FaultInForce
from batchtasks_testing.local import RunningBatch as RunningBatch
from batchtasks_testing.local import local_batch as local_batch
