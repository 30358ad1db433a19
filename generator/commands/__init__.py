"""What `python -m generator` does, a module for each matter."""
