# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The Azure Batch task operations as generated: models, and for each group of operations what to send and how to read it.

`api.task`, `api.job` and `api.file` hold the operations; `client` and the `sync` and `asyncio` functions beside each
operation are the generator's own way to send, which `batchtasks` does not use.
"""
