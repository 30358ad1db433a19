"""The one error of this package: what is wrong and what to do, in one sentence, for a person at a terminal."""

from __future__ import annotations


class Problem(Exception):
    """The spec, a rule or the output is not as it must be."""
