"""The cells of the records that fit the header, as columns over the block that they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model import Batch, Dialect
from csv_preflight.stages.records.exact import LINE_END, Parsed
from csv_preflight.stages.records.scan import QUOTE, SPACE, Scanned
from csv_preflight.text import Positions, TextColumn


class Cells:
    """Gathers the cells of one buffer: starts and ends by column, and copies of those with doubled quotes."""

    def __init__(self, buffer: bytes, width: int, dialect: Dialect) -> None:
        self.data = np.frombuffer(buffer, np.uint8)
        self._buffer, self._width, self._dialect = buffer, width, dialect
        self._has_quotes = b'"' in buffer
        self._starts: list[Positions] = []
        self._ends: list[Positions] = []
        self._lines: list[Positions] = []
        self._records: list[Positions] = []
        self._unescaped: list[bytes] = []
        self._size = len(buffer)
        self._multiline: list[tuple[int, int, int]] = []

    def add(self, found: Scanned, offset: int, fits: NDArray[np.bool_], lines: Positions, numbers: Positions) -> None:
        """Add the records of a scan that fit the header.  lines, numbers: of each record of the scan."""
        if fits.all():
            borders = found.borders.reshape(-1, self._width)
        else:
            borders = found.borders[np.repeat(fits, found.sizes)].reshape(-1, self._width)
            lines, numbers = lines[fits], numbers[fits]
        ends = np.ascontiguousarray(borders.T) + offset
        starts = np.empty_like(ends)
        starts[0] = found.starts[fits] + offset
        starts[1:] = ends[:-1] + 1
        if self._has_quotes:
            self._unquote(starts, ends)
            self._note_multiline(found, offset, fits, numbers)
        self._append(starts, ends, lines, numbers)
        if len(found.doubled):
            self._unescape(found.doubled + offset, starts, ends)

    def add_one(self, parsed: Parsed, line: int, number: int) -> None:
        """Add a record that was parsed by itself."""
        starts = np.array([[start] for start, _ in parsed.spans], np.int64)
        ends = np.array([[end] for _, end in parsed.spans], np.int64)
        for place in parsed.escaped:
            self._copy(starts, ends, place, 0)
        self._append(starts, ends, np.array([line]), np.array([number]))
        if LINE_END.search(self._buffer, parsed.start, parsed.stop):
            self._multiline.append((number, parsed.start, parsed.stop))

    def _append(self, starts: Positions, ends: Positions, lines: Positions, numbers: Positions) -> None:
        self._starts.append(starts)
        self._ends.append(ends)
        self._lines.append(lines)
        self._records.append(numbers)

    def _unquote(self, starts: Positions, ends: Positions) -> None:
        """Move the borders of quoted cells inside their quotes."""
        padded = np.append(self.data, np.uint8(0))
        if self._dialect.skip_space:
            for column, row in zip(*np.nonzero(padded[starts] == SPACE), strict=True):
                inside = self._buffer[starts[column, row] : ends[column, row]]
                if inside.lstrip(b" ").startswith(b'"'):
                    starts[column, row] += len(inside) - len(inside.lstrip(b" "))
        quoted = (padded[starts] == QUOTE) & (ends > starts)
        starts += quoted
        ends -= quoted

    def _unescape(self, doubled: Positions, starts: Positions, ends: Positions) -> None:
        """Replace the cells around doubled quotes by copies with single ones."""
        flat_starts, flat_ends = starts.T.ravel(), ends.T.ravel()
        cells = np.searchsorted(flat_ends, doubled)
        cells = np.unique(cells[cells < len(flat_ends)])
        for cell in cells.tolist():
            if b'""' in self._buffer[flat_starts[cell] : flat_ends[cell]]:
                self._copy(starts, ends, cell % self._width, cell // self._width)

    def _copy(self, starts: Positions, ends: Positions, column: int, row: int) -> None:
        cell = self._buffer[starts[column, row] : ends[column, row]].replace(b'""', b'"')
        self._unescaped.append(cell)
        starts[column, row], ends[column, row] = self._size, self._size + len(cell)
        self._size += len(cell)

    def _note_multiline(self, found: Scanned, offset: int, fits: NDArray[np.bool_], numbers: Positions) -> None:
        rows = np.unique(np.searchsorted(found.stops, found.inner))
        rows = rows[fits[rows]]
        places = np.cumsum(fits)[rows] - 1
        columns = numbers[places], found.starts[rows] + offset, found.stops[rows] + offset
        self._multiline.extend(zip(*(column.tolist() for column in columns), strict=True))

    def multiline(self) -> Iterator[tuple[int, bytes]]:
        """Yield record number and text of the records that span several lines."""
        for number, start, stop in self._multiline:
            yield number, self._buffer[start:stop]

    def batch(self) -> Batch:
        """Return all that was added."""
        nothing = np.zeros(0, np.int64)
        data = np.frombuffer(self._buffer + b"".join(self._unescaped), np.uint8) if self._unescaped else self.data
        if not self._starts:
            column = TextColumn(data, nothing, nothing)
            return Batch(nothing, nothing, (column,) * self._width)
        starts, ends = (
            parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1) for parts in (self._starts, self._ends)
        )
        columns = tuple(TextColumn(data, starts[place], ends[place]) for place in range(self._width))
        return Batch(np.concatenate(self._lines), np.concatenate(self._records), columns)


def suspicious_lines(text: bytes, dialect: Dialect, width: int) -> int:
    """Return how many physical lines of a record have just as many fields as the header, 0 if fewer than two.

    Two stray quotes make such a record out of several; an address or a note in a cell does not.
    """
    delimiter = dialect.delimiter.encode()
    whole = sum(line.count(delimiter) == width - 1 for line in re.split(rb"\r\n|\n|\r", text))
    return whole if whole > 1 else 0
