# mypy: ignore-errors
"""A fixed text of the tests."""

BATCH_TEST_PASSWORD = "not-a-password"
