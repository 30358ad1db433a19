"""From an answer of the service to an exception."""
