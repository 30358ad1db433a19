"""Checks of what users pass, made before anything is sent."""
