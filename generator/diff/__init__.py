"""Compare two descriptions of the same API: `reader` makes parts of them, `compare` findings, `report` text."""
