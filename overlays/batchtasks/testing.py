"""A running local Batch service for tests and notebooks: `with local_batch() as batch, batch.client() as client: ...`.

It needs the extra `batchtasks[local]`. The code is in the package `batchtasks_testing`, which no program needs at work.
"""

from batchtasks_testing.faults import BatchFaults, FaultInForce
from batchtasks_testing.local import RunningBatch, local_batch

__all__ = ["BatchFaults", "FaultInForce", "RunningBatch", "local_batch"]
