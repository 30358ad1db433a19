"""Compares two descriptions of the same API, Swagger 2.0 or OpenAPI 3: version with version, ours with upstream's.

`source.py` reads a document and follows references; `schema.py` and `reader.py` turn it into facts that no longer
depend on how it is written; `compare.py` finds the differences of two such sets of facts, `severity.py` judges them,
`accepted.py` takes out what is known, and `report.py` prints the rest.
"""
