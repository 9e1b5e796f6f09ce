"""Workers of this machine start from a process that has imported what they need, where the system can fork.

It begins to import before this process does, so that both are done at once.
"""

from __future__ import annotations

import multiprocessing
import sys

_IMPORTED = ["distributed", "csv_preflight.engines.dask_files"]


def start_method() -> str:
    """Return how processes of workers are started."""
    return "forkserver" if sys.platform == "linux" else "spawn"


def begin() -> None:
    """Begin to import what workers need, where that can be done for all of them."""
    if start_method() == "forkserver":
        from multiprocessing import forkserver

        multiprocessing.get_context("forkserver").set_forkserver_preload(_IMPORTED)
        forkserver.ensure_running()
