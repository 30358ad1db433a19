"""The rules of jobs and tasks, as values and pure functions. Nothing here knows HTTP, SQL or processes."""
