"""Other ways of writing the same exchange, each made wherever a description has room for it.

`KINDS` has them by name; `sayings.py` and `shapes.py` fill it.
"""

from tests.generator.drift.neutral import sayings, shapes
from tests.generator.drift.neutral.table import KINDS

__all__ = ["KINDS", "sayings", "shapes"]
