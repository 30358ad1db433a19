"""What gives the SDK's tests an account, a pool and a job: those of the local service."""

from devtools_testutils import account as AccountPreparer  # noqa: N812
from devtools_testutils import job as JobPreparer  # noqa: N812
from devtools_testutils import pool as PoolPreparer  # noqa: N812

__all__ = ["AccountPreparer", "JobPreparer", "PoolPreparer"]
