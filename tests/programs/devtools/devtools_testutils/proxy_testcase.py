# mypy: ignore-errors
"""Names of the test proxy, which live tests do not use."""

get_test_id = start_record_or_playback = transform_request = stop_record_or_playback = None
