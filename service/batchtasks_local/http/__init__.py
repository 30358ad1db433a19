"""The HTTP side: from bytes on a connection to an operation with checked arguments, and the answer back."""
