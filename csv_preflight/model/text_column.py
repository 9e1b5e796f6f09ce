"""A column of text as bytes and offsets, so that a batch needs no Python object for each cell.

Most cells of a batch are slices of the block of the file that they were read from; ``TextColumn`` has that block and
the begin and end of each cell.  Rewritten cells are in a buffer of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from csv_preflight import kernels

Bytes: TypeAlias = NDArray[np.uint8]
Positions: TypeAlias = NDArray[np.int64]


def byte_set(members: Iterable[int]) -> NDArray[np.bool_]:
    """Return for each of the 256 bytes whether it is one of these."""
    table = np.zeros(256, bool)
    table[list(members)] = True
    return table


def are_digits(data: Bytes) -> NDArray[np.bool_]:
    """Return which bytes are ASCII digits: for many, faster than a table."""
    return data - np.uint8(ord("0")) <= 9  # bytes below 0 wrap around


IS_DIGIT = byte_set(b"0123456789")
# Of letters in any encoding.
LETTERS = (*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1), *range(0x80, 0x100))


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

    @classmethod
    def repeating(cls, values: Sequence[str], which: Positions) -> TextColumn:
        """Make a column whose cell i is ``values[which[i]]``.

        >>> TextColumn.repeating(["a", "bc"], np.array([1, 0, 1])).tolist()
        ['bc', 'a', 'bc']
        """
        return cls.of(values).take(which)

    @classmethod
    def joining(cls, columns: Sequence[TextColumn]) -> TextColumn:
        """Concatenate columns.

        >>> TextColumn.joining([TextColumn.of(["a"]), TextColumn.of(["b", "c"])]).tolist()
        ['a', 'b', 'c']
        """
        offsets: dict[int, int] = {}
        buffers: list[Bytes] = []
        total = 0
        columns = [column for column in columns if len(column)]  # no copy for a single buffer
        for column in columns:
            if id(column.data) not in offsets:
                offsets[id(column.data)] = total
                buffers.append(column.data)
                total += len(column.data)
        none = np.zeros(0, np.int64)
        starts = [column.starts + offsets[id(column.data)] for column in columns]
        ends = [column.ends + offsets[id(column.data)] for column in columns]
        data = buffers[0] if len(buffers) == 1 else np.concatenate([np.zeros(0, np.uint8), *buffers])
        return cls(data, np.concatenate([none, *starts]), np.concatenate([none, *ends]))

    @property
    def lengths(self) -> Positions:
        """The size of each cell in bytes."""
        return self.ends - self.starts

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, row: int) -> str:
        return self.data[self.starts[row] : self.ends[row]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self.tolist())

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> TextColumn:
        """Return the cells of some rows (indices or a mask) without copying bytes."""
        return TextColumn(self.data, self.starts[rows], self.ends[rows])

    def joined(self, separators: Sequence[bytes] = (b"",)) -> TextColumn:
        """Copy the cells into a buffer, each followed by a separator.

        separators: of up to two bytes each, used in turn, cell by cell.
        """
        sizes = np.array([len(separator) for separator in separators], np.int64)
        if len(self) % len(separators):
            raise ValueError("the cells do not fill the last turn of separators")
        if not len(self):
            return TextColumn(np.zeros(0, np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64))
        if kernels.compiled:
            starts, ends = np.empty((2, len(self)), np.int64)
            text = kernels.compiled.join(self.data, *self._bounds(), b"".join(separators), sizes, starts, ends)
            return TextColumn(np.frombuffer(text, np.uint8), starts, ends)
        lengths = self.lengths
        gaps = np.tile(sizes, len(self) // len(separators))
        limits = np.cumsum(lengths + gaps)
        ends = limits - gaps
        total = int(limits[-1]) if len(limits) else 0
        if len(self.data) + total < 1 << 31:  # half the memory traffic
            where: NDArray[np.signedinteger] = np.repeat(
                (self.starts - (ends - lengths)).astype(np.int32), lengths + gaps
            )
        else:
            where = np.repeat(self.starts - (ends - lengths), lengths + gaps)
        where += np.arange(total, dtype=where.dtype)
        # The bytes taken for separators are overwritten: after the last cell of the buffer there is none.
        data = self.data.take(where, mode="clip") if len(self.data) else np.zeros(total, np.uint8)
        for turn, separator in enumerate(separators):
            for offset, byte in enumerate(separator):
                data[ends[turn :: len(separators)] + offset] = byte
        return TextColumn(data, ends - lengths, ends)

    def preceded_by(self, sign: bytes) -> TextColumn:
        """Return the cells, packed, each with a character of one byte before it.

        >>> TextColumn.of(["1", "23"]).preceded_by(b"+").tolist()
        ['+1', '+23']
        """
        joined = self.joined((sign,))
        data = np.concatenate([np.frombuffer(sign, np.uint8), joined.data[:-1]]) if len(self) else joined.data
        return TextColumn(data, joined.starts, joined.ends + 1)

    def kept(self, bytes_kept: NDArray[np.bool_]) -> TextColumn:
        """Return the cells of a packed column with only their marked bytes, packed.

        >>> column = TextColumn.of(["1-2", "-"])
        >>> column.kept(column.data != ord("-")).tolist()
        ['12', '']
        """
        if kernels.compiled:
            data, ends = np.empty(len(self.data) + 1, np.uint8), np.empty(len(self), np.int64)
            size = kernels.compiled.keep(self.data, bytes_kept, np.ascontiguousarray(self.ends), data, ends)
            return TextColumn(data[:size], np.append(0, ends[:-1])[: len(self)], ends)
        before = np.zeros(len(self.data) + 1, np.int64)
        np.cumsum(bytes_kept, out=before[1:])
        return TextColumn(self.data[bytes_kept], before[self.starts], before[self.ends])

    def sums(self, weights: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Return the sum of the weights of each cell's bytes, modulo 2**32.  weights: one for each byte value.

        >>> TextColumn.of(["a", "ba"]).sums(np.arange(256, dtype=np.uint32)).tolist()
        [97, 195]
        """
        if kernels.compiled:
            result = np.empty(len(self), np.uint32)
            kernels.compiled.sums(self.data, weights, *self._bounds(), result)
            return result
        # The cells may be a small part of the buffer, or many slices of one text.
        cells = self if int(self.lengths.sum()) >= len(self.data) else self.packed()
        before = np.zeros(len(cells.data) + 1, np.uint32)
        np.cumsum(weights.take(cells.data), out=before[1:])
        return before[cells.ends] - before[cells.starts]

    def _bounds(self) -> tuple[Positions, Positions]:
        """Return starts and ends as the compiled loops take them."""
        return np.ascontiguousarray(self.starts), np.ascontiguousarray(self.ends)

    def holding(self, marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return whether each cell of a packed column has a marked byte.

        >>> column = TextColumn.of(["1-2", "3"])
        >>> column.holding(column.data == ord("-")).tolist()
        [True, False]
        """
        held = np.zeros(len(self), bool)
        held[np.searchsorted(self.ends, np.flatnonzero(marked), side="right")] = True
        return held

    def packed(self) -> TextColumn:
        """Return the cells end to end: ``ends[:-1] == starts[1:]``, and data has nothing else."""
        whole = len(self) and self.starts[0] == 0 and self.ends[-1] == len(self.data)
        return self if whole and np.array_equal(self.starts[1:], self.ends[:-1]) else self.joined()

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
        """Return the column with ``values[i]`` instead of cell ``rows[i]``."""
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


def interleaved(columns: Sequence[TextColumn]) -> TextColumn:
    """Return the cells of equally long columns row by row, as one column.

    >>> interleaved([TextColumn.of(["a", "b"]), TextColumn.of(["1", "2"])]).tolist()
    ['a', '1', 'b', '2']
    """
    offsets: dict[int, int] = {}
    buffers: list[Bytes] = []
    starts = np.empty((len(columns[0]), len(columns)), np.int64)
    ends = np.empty_like(starts)
    total = 0
    for index, column in enumerate(columns):
        if id(column.data) not in offsets:
            offsets[id(column.data)] = total
            buffers.append(column.data)
            total += len(column.data)
        starts[:, index] = column.starts + offsets[id(column.data)]
        ends[:, index] = column.ends + offsets[id(column.data)]
    data = buffers[0] if len(buffers) == 1 else np.concatenate(buffers)
    return TextColumn(data, starts.ravel(), ends.ravel())
