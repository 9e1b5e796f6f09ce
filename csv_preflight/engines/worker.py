"""What a worker of this machine has before it starts; it is forked from a process that has imported this."""

from csv_preflight.engines import dask_files
from csv_preflight.engines.memory import keep_memory

__all__ = ["dask_files"]

keep_memory()
