"""The operations: what each request does to jobs, tasks and files, and what it answers."""
