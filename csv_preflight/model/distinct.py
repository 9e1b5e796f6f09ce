"""Which cells of a column are the same, without a Python object a cell."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.text_column import TextColumn

Rows = NDArray[np.intp]
# Odd, so that it has an inverse modulo 2**64.
_BASE = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64
# Powers are kept for batches of up to this many bytes, and made anew for larger ones.
_KEPT = 1 << 20


def distinct(cells: TextColumn) -> tuple[Rows, Rows]:
    """Return a row of each distinct cell, and for every row the place of its cell among these.

    >>> rows, which = distinct(TextColumn.of(["DE", "AT", "DE", ""]))
    >>> sorted(TextColumn.of(["DE", "AT", "DE", ""]).take(rows).tolist()), bool(which[0] == which[2])
    (['', 'AT', 'DE'], True)
    """
    _, first, which = np.unique(hashes(cells.packed()), return_index=True, return_inverse=True)
    same = cells.take(first[which]).equals(cells)
    if same.all():
        return first, which
    # Cells that only share a hash.
    others = np.flatnonzero(~same)
    which[others] = len(first) + np.arange(len(others))
    return np.concatenate([first, others]), which


def hashes(cells: TextColumn) -> NDArray[np.uint64]:
    """Return a polynomial of the bytes of each cell (packed) modulo 2**64."""
    size = len(cells.data)
    powers, inverses = _powers(_KEPT if size < _KEPT else size)
    sums = np.zeros(size + 1, np.uint64)
    np.cumsum((cells.data.astype(np.uint64) + np.uint64(1)) * powers[:size], out=sums[1:])
    found: NDArray[np.uint64] = (sums[cells.ends] - sums[cells.starts]) * inverses[cells.starts]
    return found


@lru_cache(maxsize=2)
def _powers(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the powers of the base and of its inverse, from 0 to size."""
    tables = []
    for base in (_BASE, pow(_BASE, -1, _MODULUS)):
        table = np.full(size + 1, base, np.uint64)
        table[0] = 1
        tables.append(np.multiply.accumulate(table))
    return tables[0], tables[1]
