"""Runs tasks as processes of this machine: scheduling, directories, environment, resource files, output files."""
