"""One call, from checked arguments to a parsed answer."""
