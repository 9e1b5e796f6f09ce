"""A column of text as bytes and positions, so that a batch costs no Python object a cell.

The cells of a batch mostly are slices of the block of the file that they were read from; ``TextColumn``
holds that block and where each cell begins and ends.  Cells that were rewritten live in a buffer of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]
Positions: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """UTF-8 cells: cell i is ``data[starts[i]:ends[i]]``.  Cells may share, overlap or leave out bytes.

    data: uint8, any length; starts, ends: int64, one of each for every cell.

    >>> column = TextColumn.of(["Ann", "José", ""])
    >>> len(column), column[1], column.tolist(), column.lengths.tolist()
    (3, 'José', ['Ann', 'José', ''], [3, 5, 0])
    """

    data: Bytes
    starts: Positions
    ends: Positions

    @classmethod
    def of(cls, values: Sequence[str]) -> TextColumn:
        """Make a column from a sequence of str.  Lone surrogates raise UnicodeEncodeError."""
        joined = "".join(values)
        if joined.isascii():
            sizes = map(len, values)
            data = joined.encode("ascii")
        else:
            encoded = [value.encode() for value in values]
            sizes = map(len, encoded)
            data = b"".join(encoded)
        bounds = np.fromiter(accumulate(sizes, initial=0), np.int64, len(values) + 1)
        return cls(np.frombuffer(data, np.uint8), bounds[:-1], bounds[1:])

    @property
    def lengths(self) -> Positions:
        """Bytes of each cell."""
        return self.ends - self.starts

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, row: int) -> str:
        return self.data[self.starts[row] : self.ends[row]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self.tolist())

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> TextColumn:
        """Return the cells of some rows (indices or a mask), without copying their bytes."""
        return TextColumn(self.data, self.starts[rows], self.ends[rows])

    def packed(self) -> TextColumn:
        """Return the same cells end to end: ``ends[:-1] == starts[1:]``, and data holds nothing else."""
        whole = len(self) and self.starts[0] == 0 and self.ends[-1] == len(self.data)
        if whole and np.array_equal(self.starts[1:], self.ends[:-1]):
            return self
        if len(self) and bool((self.starts[1:] >= self.ends[:-1]).all()):
            first, last = int(self.starts[0]), int(self.ends[-1])
            kept = self.data[first:last][covered(self.starts - first, self.ends - first, last - first)]
            ends = np.cumsum(self.lengths)
            return TextColumn(kept, ends - self.lengths, ends)
        lengths = self.lengths
        ends = np.cumsum(lengths)
        starts = ends - lengths
        total = int(ends[-1]) if len(ends) else 0
        if len(self.data) + total < 1 << 31:  # half the memory traffic
            where: NDArray[np.signedinteger] = np.repeat((self.starts - starts).astype(np.int32), lengths)
        else:
            where = np.repeat(self.starts - starts, lengths)
        where += np.arange(total, dtype=where.dtype)
        return TextColumn(self.data.take(where) if total else np.zeros(0, np.uint8), starts, ends)

    def part(self, begin: int, end: int) -> TextColumn:
        """Return the cells from begin up to end of a packed column, packed."""
        starts, ends = self.starts[begin:end], self.ends[begin:end]
        first, last = (int(starts[0]), int(ends[-1])) if len(starts) else (0, 0)
        return TextColumn(self.data[first:last], starts - first, ends - first)

    def tolist(self) -> list[str]:
        """Return the cells as a list of str."""
        packed = self.packed()
        joined = packed.data.tobytes().decode()
        if len(joined) != len(packed.data):
            whole = packed.data.tobytes()
            bounds = zip(packed.starts.tolist(), packed.ends.tolist(), strict=True)
            return [whole[start:end].decode() for start, end in bounds]
        return [joined[start:end] for start, end in zip(packed.starts.tolist(), packed.ends.tolist(), strict=True)]

    def replaced(self, rows: NDArray[np.intp], values: TextColumn) -> TextColumn:
        """Return the column with ``values[i]`` in place of cell ``rows[i]``."""
        if not len(rows):
            return self
        starts, ends = self.starts.copy(), self.ends.copy()
        starts[rows] = values.starts + len(self.data)
        ends[rows] = values.ends + len(self.data)
        return TextColumn(np.concatenate([self.data, values.data]), starts, ends)

    def equals(self, other: TextColumn) -> NDArray[np.bool_]:
        """Return, for each row, whether the two columns hold the same bytes there."""
        same: NDArray[np.bool_] = self.lengths == other.lengths
        rows = np.flatnonzero(same)
        ours, theirs = self.take(rows).packed(), other.take(rows).packed()
        differs = ours.data != theirs.data
        if differs.any():
            at = np.flatnonzero(differs)
            same[rows[np.searchsorted(ours.ends, at, side="right")]] = False
        return same


def covered(starts: Positions, ends: Positions, size: int) -> NDArray[np.bool_]:
    """Return which of size places lie within one of some stretches, none of which overlap.

    >>> covered(np.array([1, 4]), np.array([3, 5]), 6).tolist()
    [False, True, True, False, True, False]
    """
    filled = np.flatnonzero(starts != ends)
    borders = np.zeros(size + 1, np.int8)
    borders[starts[filled]] += 1
    borders[ends[filled]] -= 1
    return np.cumsum(borders[:size], dtype=np.int8).view(np.bool_)
