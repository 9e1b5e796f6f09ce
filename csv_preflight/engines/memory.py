"""Memory that a task lets go of stays with its worker while the task runs.

Dask has the C library of its workers give back every free page at once, and a batch takes the same pages again and
again: a task takes two and a half times as long so.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

# Of glibc's mallopt; and what Dask sets.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_VARIABLE, _USUAL_MMAP_THRESHOLD = "MALLOC_TRIM_THRESHOLD_", 128 << 10
# More than the arrays of a batch, and than all of these together.
_LARGE, _ALL = 32 << 20, 128 << 20


@contextmanager
def kept_memory() -> Iterator[None]:
    """Keep what is let go of, where Dask has said otherwise and the C library can be told."""
    told = os.environ.get(_VARIABLE, "")
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" and told.isdecimal() else None
    if mallopt is None:
        yield
        return
    mallopt(_TRIM_THRESHOLD, _ALL)
    mallopt(_MMAP_THRESHOLD, _LARGE)
    try:
        yield
    finally:
        mallopt(_TRIM_THRESHOLD, int(told))
        mallopt(_MMAP_THRESHOLD, _USUAL_MMAP_THRESHOLD)
