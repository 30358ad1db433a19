"""Where the local service is known to answer other than what was recorded of the real one.

A line goes when the local service has learnt it: `test_local.py` fails for a line that is no longer true.
"""

from __future__ import annotations

# What many answers have, by the text of the difference.
FORMS: frozenset[str] = frozenset()

QUESTIONS = {
    "signed / authorization: none": "the specification has no 401",
    "signed / authorization: token without meaning": "the specification has no 401",
    "signed / authorization: foreign token": "the specification has no 401",
}
