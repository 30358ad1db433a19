"""What `client.task`, `client.job` and `client.file` add to the generated operations."""
