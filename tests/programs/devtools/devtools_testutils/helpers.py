# mypy: ignore-errors
"""Says that the tests run live."""


def is_live_and_not_recording():
    return True
