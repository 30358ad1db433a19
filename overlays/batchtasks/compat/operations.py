"""The operation groups of azure-batch 14 by their names."""

from batchtasks_rest.azure14.operations import *  # noqa: F403
