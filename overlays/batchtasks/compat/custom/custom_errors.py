"""The exception of add_collection, at its old place."""

from batchtasks.compat.exceptions import CreateTasksErrorException as CreateTasksErrorException
