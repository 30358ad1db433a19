"""A fixed text of the SDK's tests."""

BATCH_TEST_PASSWORD = "not-a-password"
