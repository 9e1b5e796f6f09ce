"""Memory that a batch lets go of stays with its process, for the next batch.

Dask has the C library of its workers give back every free page at once: a task takes two and a half times as long so.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

# What glibc is told: what is free is kept up to more than a batch needs, and given to arrays as large as one of it.
KEEPING = {"MALLOC_TRIM_THRESHOLD_": 128 << 20, "MALLOC_MMAP_THRESHOLD_": 32 << 20}
# How its mallopt calls these, and in how many places threads have their memory: those of a thread of its own are small.
_OPTIONS = {"MALLOC_TRIM_THRESHOLD_": -1, "MALLOC_MMAP_THRESHOLD_": -3, "MALLOC_ARENA_MAX": -8}
_DEFAULT = 128 << 10


def keep_memory() -> None:
    """Keep what is let go of from now on, where the C library can be told; to be called before there are threads."""
    _tell({**KEEPING, "MALLOC_ARENA_MAX": 1})


@contextmanager
def kept_memory() -> Iterator[None]:
    """Keep what is let go of, where the environment says otherwise."""
    before = {name: _number(os.environ.get(name, "")) for name in KEEPING}
    if before["MALLOC_TRIM_THRESHOLD_"] in (0, KEEPING["MALLOC_TRIM_THRESHOLD_"]):
        yield
        return
    _tell(KEEPING)
    try:
        yield
    finally:
        _tell({name: value or _DEFAULT for name, value in before.items()})


def _tell(options: Mapping[str, int]) -> None:
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt is not None:
        for name, value in options.items():
            mallopt(_OPTIONS[name], value)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
