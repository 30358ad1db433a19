# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""Models and operations by the names of azure-batch 14."""
