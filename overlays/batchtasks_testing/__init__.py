"""A local Batch service for tests: in a `with` block, and as fixtures of pytest.

Apart from `batchtasks`, because no program needs it at work. Programs import its names from `batchtasks.testing`.
"""
