"""Fork workers on this machine from a process that has imported what they need, if the system can fork.

It begins to import before this process does, so that both import at the same time.
"""

from __future__ import annotations

import multiprocessing
import sys
from typing import Any

from csv_preflight.engines.memory import KEEPING

_IMPORTED = ["distributed", "csv_preflight.engines.worker"]


def begin() -> None:
    """Begin to import what workers need, if that can be done once for all of them."""
    if _forks():
        from multiprocessing import forkserver

        multiprocessing.get_context("forkserver").set_forkserver_preload(_IMPORTED)
        forkserver.ensure_running()


def settings_of_workers() -> dict[str, Any]:
    """Return Dask's settings for starting workers."""
    environment = {f"distributed.nanny.pre-spawn-environ.{name}": value for name, value in KEEPING.items()}
    return {
        "distributed.worker.multiprocessing-method": "forkserver" if _forks() else "spawn",
        "distributed.worker.profile.enabled": False,  # unused
        "distributed.scheduler.http.routes": [],  # nor at these pages
        "distributed.worker.http.routes": [],
        **environment,
    }


def _forks() -> bool:
    return sys.platform == "linux"
