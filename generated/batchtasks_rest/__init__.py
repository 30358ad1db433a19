# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The Azure Batch task operations as generated: models, and for each group of operations what to send and how to read it.

`api.task`, `api.job` and the packages beside them hold the operations, `models` the models.
"""
