"""Find equal cells of a column, without a Python object for each cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.text_column import TextColumn

Rows = NDArray[np.intp]
Number = TypeVar("Number", bound=np.integer[Any])
# Odd, so that it has an inverse modulo 2**64.
_BASE = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64
_LARGEST = (1 << 63) - 1
# Powers are cached for cells of up to this many bytes; tables begin with this many and double.
_LEAST, _KEPT = 1 << 12, 1 << 20


def distinct(cells: TextColumn) -> tuple[Rows, Rows]:
    """Return a row of each distinct cell, and for every row the index of its cell among these.

    >>> rows, which = distinct(TextColumn.of(["DE", "AT", "DE", ""]))
    >>> sorted(TextColumn.of(["DE", "AT", "DE", ""]).take(rows).tolist()), bool(which[0] == which[2])
    (['', 'AT', 'DE'], True)
    """
    _, first, which = np.unique(hashes(cells.packed()), return_index=True, return_inverse=True)
    same = cells.take(first[which]).equals(cells)
    if same.all():
        return first, which
    # Hash collisions.
    others = np.flatnonzero(~same)
    which[others] = len(first) + np.arange(len(others))
    return np.concatenate([first, others]), which


def together(parts: Sequence[NDArray[np.integer] | NDArray[np.bool_]]) -> NDArray[np.int64]:
    """Return a key for each row, the same only if all parts are the same.  parts: numbers from 0.

    >>> together([np.array([0, 0, 1, 0]), np.array([5, 7, 5, 5])]).tolist()
    [5, 7, 13, 5]
    """
    key, size = np.zeros(len(parts[0]), np.int64), 1
    for part in parts:
        values = int(part.max(initial=0)) + 1
        if size * values > _LARGEST:
            _, key = np.unique(key, return_inverse=True)
            size = int(key.max(initial=0)) + 1
        key = key * values + part
        size *= values
    return key


def ascending(values: NDArray[Number]) -> NDArray[Number]:
    """Return the distinct values in order.  Unlike np.unique without indices, it does not import numpy.ma.

    >>> ascending(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    different: NDArray[Number] = np.unique(values, return_index=True)[0]
    return different


def among(values: NDArray[np.generic], few: Iterable[object]) -> NDArray[np.bool_]:
    """Return whether each value is one of a few.  Unlike np.isin, it does not import numpy.ma, which takes long.

    >>> among(np.array([1, 2, 3]), (1, 3)).tolist()
    [True, False, True]
    """
    found = np.zeros(len(values), bool)
    for value in few:
        found |= values == value
    return found


def hashes(cells: TextColumn) -> NDArray[np.uint64]:
    """Return a polynomial hash of the bytes of each cell (packed) modulo 2**64."""
    size = len(cells.data)
    powers, inverses = _powers(max(_LEAST, 1 << (size - 1).bit_length()) if 0 < size < _KEPT else size)
    sums = np.zeros(size + 1, np.uint64)
    np.cumsum((cells.data.astype(np.uint64) + np.uint64(1)) * powers[:size], out=sums[1:])
    found: NDArray[np.uint64] = (sums[cells.ends] - sums[cells.starts]) * inverses[cells.starts]
    return found


@lru_cache(maxsize=4)
def _powers(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the powers of the base and of its inverse, from 0 to size."""
    tables = []
    for base in (_BASE, pow(_BASE, -1, _MODULUS)):
        table = np.full(size + 1, base, np.uint64)
        table[0] = 1
        tables.append(np.multiply.accumulate(table))
    return tables[0], tables[1]
