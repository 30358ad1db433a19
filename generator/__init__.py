"""Makes `generated/` from `spec/openapi.yaml`: `python -m generator generate`, and `check` to see that it is up to date."""
