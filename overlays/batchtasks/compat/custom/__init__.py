"""Where azure-batch 14 keeps the exception of add_collection."""

from batchtasks.compat.custom import custom_errors as custom_errors
