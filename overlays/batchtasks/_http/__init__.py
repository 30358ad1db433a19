"""HTTP by httpx; no other folder imports it."""
