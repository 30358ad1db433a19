"""A local Azure Batch service: the task operations over HTTP, kept in SQLite, run as processes on this machine."""
