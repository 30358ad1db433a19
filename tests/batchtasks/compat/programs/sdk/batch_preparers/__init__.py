# mypy: ignore-errors
"""What gives the SDK's tests an account, a pool and a job: those of the local service."""

from devtools_testutils import account as AccountPreparer
from devtools_testutils import job as JobPreparer
from devtools_testutils import pool as PoolPreparer

__all__ = ["AccountPreparer", "JobPreparer", "PoolPreparer"]
