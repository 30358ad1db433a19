"""Runs tasks as local processes: scheduling, directories, environment, resource and output files."""

from batchtasks_local.runner.runner import GRACE, Runner

__all__ = ["GRACE", "Runner"]
