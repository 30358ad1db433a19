"""Bulk calls on tasks: add, delete, terminate and reactivate any number of them, and lose none."""
