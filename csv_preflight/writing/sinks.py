"""Where the rows of a run go: nowhere, memory, or files."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout
from csv_preflight.model.occurrences import Occurrences
from csv_preflight.model.rejects import Rejects
from csv_preflight.model.text_column import Positions, TextColumn
from csv_preflight.writing import tables

if TYPE_CHECKING:
    from csv_preflight.writing.files import FileSet, Written
    from csv_preflight.writing.rejects_files import RejectsFile


class Measure:
    """Measures the size of the clean file and keeps nothing, for ``check``."""

    def __init__(self, *, split: bool = False) -> None:
        """Begin.  split: the clean file may be cut into parts."""
        self.size = 0
        self._split = split
        self._layout: Layout | None = None
        self._newline = "\n"
        self._header_size = 0
        self._row_sizes: list[NDArray[np.int32]] = []
        self._cuts: tuple[int, ...] = ()

    def begin(self, layout: Layout, header: Sequence[str], newline: str, delimiter: str) -> None:
        """Take what is known before the first row; see ``Sink.begin``."""
        self._layout, self._newline = layout, newline
        header_row = tables.header_row(layout.names, newline)
        self.size = self._header_size = len(header_row)
        self._keep(header_row)

    def clean(self, batch: Batch) -> None:
        """Take rows that are ready."""
        if self._layout is not None:
            columns = tables.written_columns(batch, self._layout)
            self._count(tables.row_sizes(columns, self._newline))
            self._keep_rows(columns)

    def write(self, blocks: Sequence[memoryview], row_sizes: Positions) -> None:
        """Take rows as bytes of the clean file, and the size of each if it may be cut."""
        self._row_sizes.append(row_sizes.astype(np.int32))
        for block in blocks:
            self.size += block.nbytes
            self._keep(block)

    def _count(self, row_sizes: Positions) -> None:
        if self._split:
            self._row_sizes.append(row_sizes.astype(np.int32))
        self.size += int(row_sizes.sum())

    def reject(self, rows: Rejects) -> None:
        """Take rows for the rejects file."""

    @property
    def row_sizes(self) -> Positions:
        """Bytes of each row of the clean file so far."""
        return np.concatenate([np.zeros(0, np.int64), *self._row_sizes])

    def cut(self, cuts: Sequence[int]) -> None:
        """Take where the clean rows are cut into parts, from 0 to their number."""
        self._cuts = tuple(cuts)

    def parts(self) -> list[tuple[int, int, int]]:
        """Return rows, start and end offset of each part in the clean file, [] if it is not cut."""
        before = np.concatenate([[0], np.cumsum(self.row_sizes)]) + self._header_size
        return [(end - start, int(before[start]), int(before[end])) for start, end in pairwise(self._cuts)]

    def _keep(self, data: bytes | memoryview) -> None:
        """Take bytes of the clean file."""

    def _keep_rows(self, columns: Sequence[TextColumn]) -> None:
        """Take the columns of rows of the clean file."""


class Keep(Measure):
    """Also keeps the bytes of the clean file, where its subclasses say."""

    def _keep_rows(self, columns: Sequence[TextColumn]) -> None:
        self._keep(tables.clean_rows(columns, self._newline))


class Memory(Keep):
    """Keeps everything in memory, for ``preflight``."""

    def __init__(self, *, split: bool = False) -> None:
        """Begin.  split: the clean file may be cut into parts."""
        super().__init__(split=split)
        self.header: tuple[str, ...] = ()
        self.layout: Layout | None = None
        self.written: list[bytes | memoryview] = []
        self.batches: list[Batch] = []
        self.rejected: list[Rejects] = []
        self.occurrences: list[Occurrences] = []

    def begin(self, layout: Layout, header: Sequence[str], newline: str, delimiter: str) -> None:
        """Take what is known before the first row; see ``Sink.begin``."""
        self.header, self.layout = tuple(header), layout
        super().begin(layout, header, newline, delimiter)

    def clean(self, batch: Batch) -> None:
        """Take rows that are ready."""
        super().clean(batch)
        self.batches.append(batch)

    def reject(self, rows: Rejects) -> None:
        """Take rows for the rejects file."""
        self.rejected.append(rows)

    def files(self) -> list[bytes]:
        """Return the clean file, or its parts."""
        data = b"".join(self.written)
        return [data[: self._header_size] + data[start:end] for _, start, end in self.parts()] or [data]

    def _keep(self, data: bytes | memoryview) -> None:
        self.written.append(data)


class Files(Keep):
    """Writes the clean file, and the rejects file if there are rejects."""

    def __init__(self, files: FileSet, clean: Written, rejects: str | None, *, split: bool = False) -> None:
        """Begin.  rejects: path of the rejects file, None to write none; split: see ``Measure``."""
        super().__init__(split=split)
        self._files, self._clean_file, self._rejects_target = files, clean, rejects
        self._header: tuple[str, ...] = ()
        self._delimiter = ","
        self._rejects_file: RejectsFile | None = None

    def begin(self, layout: Layout, header: Sequence[str], newline: str, delimiter: str) -> None:
        """Take what is known before the first row; see ``Sink.begin``."""
        self._header, self._delimiter = tuple(header), delimiter
        super().begin(layout, header, newline, delimiter)

    @property
    def rejects(self) -> Written | None:
        """The rejects file, if there are any."""
        return self._rejects_file.written if self._rejects_file else None

    def reject(self, rows: Rejects) -> None:
        """Take rows for the rejects file."""
        if not len(rows) or self._layout is None or self._rejects_target is None:
            return
        if self._rejects_file is None:
            from csv_preflight.writing.rejects_files import open_rejects

            shown = self._layout.shown
            names = [self._header[index] for index in shown]
            own, delimiter = self._layout.rejects_columns, self._delimiter
            self._rejects_file = open_rejects(self._files, self._rejects_target, names, own, shown, delimiter)
        self._rejects_file.add(rows)

    def finish(self) -> None:
        """Write the end of the files, after the last row."""
        if self._rejects_file:
            self._rejects_file.finish()

    def write_parts(self) -> list[tuple[Written, int]]:
        """Write the parts instead of the whole clean file; return each with its count of rows."""
        from csv_preflight.writing.targets import part_name

        whole, parts = self._clean_file, []
        places = self.parts()
        for number, (rows, start, end) in enumerate(places, start=1):
            part = self._files.open(part_name(whole.target, number))
            if len(places) == 1:
                whole.copy(part, 0, whole.size)
            else:
                whole.copy(part, 0, self._header_size)
                whole.copy(part, start, end)
            parts.append((part, rows))
        self._files.drop(whole)
        return parts

    def _keep(self, data: bytes | memoryview) -> None:
        self._clean_file.write(data)
