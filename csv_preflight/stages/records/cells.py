"""The cells of the records that fit the header, as columns over the block they were read from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.distinct import ascending
from csv_preflight.model.text_column import Bytes, Positions, TextColumn
from csv_preflight.stages.records.exact import LINE_END, Parsed
from csv_preflight.stages.records.scan import QUOTE, SPACE, Scanned


class Cells:
    """Collects the cells of one buffer: starts and ends by column, and copies of cells with doubled quotes."""

    def __init__(self, buffer: bytes, data: Bytes, width: int, *, skip_space: bool) -> None:
        """Start.  data: the same bytes as buffer; skip_space: quoted cells may begin after spaces."""
        self._buffer, self._data, self._width, self._skip_space = buffer, data, width, skip_space
        self._has_quotes = b'"' in buffer
        self._starts: list[Positions] = []
        self._ends: list[Positions] = []
        self._lines: list[Positions] = []
        self._records: list[Positions] = []
        self._single: list[tuple[Parsed, int, int]] = []
        self._unescaped: list[Bytes] = []
        self._size = len(buffer)
        self._rows = 0
        self._several_lines: list[int] = []

    def add(self, scanned: Scanned, fits: NDArray[np.bool_], lines: Positions, numbers: Positions) -> None:
        """Add the records of a scan that fit the header.  lines, numbers: of each record of the scan."""
        self._add_single()
        first, borders = scanned.starts, scanned.borders
        if not fits.all():
            borders = borders[np.repeat(fits, scanned.sizes)]
            first, lines, numbers = first[fits], lines[fits], numbers[fits]
        ends = np.ascontiguousarray(borders.reshape(-1, self._width).T)
        starts = np.empty_like(ends)
        starts[0] = first
        np.add(ends[:-1], 1, out=starts[1:])
        if len(scanned.inner):
            self._note_several_lines(scanned, fits)
        if self._has_quotes:
            self._unquote(starts, ends)
        if len(scanned.doubled):
            self._unescape(scanned.doubled, starts, ends)
        self._append(starts, ends, lines, numbers)

    def add_one(self, parsed: Parsed, line: int, number: int) -> None:
        """Add a record that was parsed on its own."""
        self._single.append((parsed, line, number))

    def _add_single(self) -> None:
        """Add the records that were parsed one by one since the last scan."""
        if not self._single:
            return
        spans = np.array([parsed.spans for parsed, _, _ in self._single], np.int64)
        starts, ends = np.ascontiguousarray(spans[:, :, 0].T), np.ascontiguousarray(spans[:, :, 1].T)
        rows = [row for row, (parsed, _, _) in enumerate(self._single) for _ in parsed.escaped]
        columns = [column for parsed, _, _ in self._single for column in parsed.escaped]
        self._replace(np.array(columns, np.intp), np.array(rows, np.intp), starts, ends)
        for row, (parsed, _, _) in enumerate(self._single):
            if LINE_END.search(self._buffer, parsed.start, parsed.stop):
                self._several_lines.append(self._rows + row)
        lines = np.array([line for _, line, _ in self._single], np.int64)
        numbers = np.array([number for _, _, number in self._single], np.int64)
        self._single = []
        self._append(starts, ends, lines, numbers)

    def _append(self, starts: Positions, ends: Positions, lines: Positions, numbers: Positions) -> None:
        self._starts.append(starts)
        self._ends.append(ends)
        self._lines.append(lines)
        self._records.append(numbers)
        self._rows += len(lines)

    def _unquote(self, starts: Positions, ends: Positions) -> None:
        """Move the borders of quoted cells inside their quotes."""
        first = self._data.take(starts, mode="clip")
        if self._skip_space:
            spaced = np.argwhere((first == SPACE) & (ends > starts))
            for column, row in spaced.tolist() if len(spaced) < 64 else self._spaced(spaced, starts):
                text = self._buffer[starts[column, row] : ends[column, row]]
                inside = text.lstrip(b" ")
                if inside.startswith(b'"'):
                    starts[column, row] += len(text) - len(inside)
            first = self._data.take(starts, mode="clip")
        quoted = (first == QUOTE) & (ends > starts)
        starts += quoted
        ends -= quoted

    def _spaced(self, cells: NDArray[np.intp], starts: Positions) -> list[list[int]]:
        """Skip single spaces before quotes; return the cells that begin with several."""
        columns, rows = cells.T
        second = self._data.take(starts[columns, rows] + 1, mode="clip")
        starts[columns, rows] += second == QUOTE
        rest: list[list[int]] = cells[second == SPACE].tolist()
        return rest

    def _unescape(self, doubled: Positions, starts: Positions, ends: Positions) -> None:
        """Replace the cells with doubled quotes by copies with single ones."""
        flat_starts, flat_ends = starts.T.ravel(), ends.T.ravel()
        cells = np.searchsorted(flat_ends, doubled)
        known = cells < len(flat_ends)
        cells, doubled = cells[known], doubled[known]
        cells = ascending(cells[flat_starts[cells] <= doubled])
        self._replace(cells % self._width, cells // self._width, starts, ends)

    def _replace(self, columns: NDArray[np.intp], rows: NDArray[np.intp], starts: Positions, ends: Positions) -> None:
        """Point some cells to copies in which doubled quotes are single."""
        if not len(rows):
            return
        column = TextColumn(self._data, starts[columns, rows], ends[columns, rows]).packed()
        is_quote = column.data == QUOTE
        # All quotes in a cell are doubled.
        kept = ~is_quote | (np.cumsum(is_quote) & 1 == 1)
        before = np.concatenate([[0], np.cumsum(kept)])
        starts[columns, rows] = self._size + before[column.starts]
        ends[columns, rows] = self._size + before[column.ends]
        self._unescaped.append(column.data[kept])
        self._size += len(self._unescaped[-1])

    def _note_several_lines(self, scanned: Scanned, fits: NDArray[np.bool_]) -> None:
        """Note the rows in which several records may have run together.

        Inside quotes they have about as many delimiters for each line ending as the header has.
        """
        rows, line_ends = np.unique(np.searchsorted(scanned.stops, scanned.inner), return_counts=True)
        bounds = np.searchsorted(scanned.hidden, [scanned.starts[rows], scanned.stops[rows]])
        hidden = bounds[1] - bounds[0]
        least = np.where(line_ends > 1, 1, line_ends) * (self._width - 1)
        rows = rows[fits[rows] & (hidden >= least)]
        self._several_lines.extend((self._rows + np.cumsum(fits)[rows] - 1).tolist())

    @property
    def several_lines(self) -> list[int]:
        """The rows of the batch in which several records may have run together."""
        self._add_single()
        return self._several_lines

    def batch(self) -> Batch:
        """Return all that was added."""
        self._add_single()
        nothing = np.zeros(0, np.int64)
        data = np.concatenate([self._data, *self._unescaped]) if self._unescaped else self._data
        if not self._starts:
            column = TextColumn(data, nothing, nothing)
            return Batch(nothing, nothing, (column,) * self._width)
        starts, ends = (
            parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1) for parts in (self._starts, self._ends)
        )
        columns = tuple(TextColumn(data, starts[index], ends[index]) for index in range(self._width))
        return Batch(np.concatenate(self._lines), np.concatenate(self._records), columns)
