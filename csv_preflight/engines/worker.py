"""Imports of a worker on this machine, which is forked from a process that has imported this module."""

from csv_preflight.engines import dask_files
from csv_preflight.engines.memory import keep_memory

__all__ = ["dask_files"]

keep_memory()
