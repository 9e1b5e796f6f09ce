"""The rejects file: first the rows to correct, then those with nothing to correct, each by line.

The latter wait in a second temporary file until the last row is read, so that memory is bounded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Protocol

from csv_preflight.model.rejects import Rejects
from csv_preflight.writing import tables
from csv_preflight.writing.files import FileSet, Written

# With this suffix, the rejects file is a workbook.
WORKBOOK = ".xlsx"
# Waiting rows are kept in memory up to this many bytes.
KEPT_IN_MEMORY = 1 << 20


class RejectsFile(Protocol):
    """A file of rejected rows."""

    written: Written

    def add(self, rows: Rejects) -> None:
        """Take rows."""

    def finish(self) -> None:
        """Write the end of the file, after the last row."""


def open_rejects(
    files: FileSet, target: str, names: Sequence[str], own: Sequence[str], shown: Sequence[int], delimiter: str
) -> RejectsFile:
    """Begin a rejects file.

    names, shown: names and indices of its source columns; own: names of the columns after them.
    """
    if target.lower().endswith(WORKBOOK):
        return _Workbook(files, target, names, own, shown)
    return _Csv(files, target, names, own, shown, delimiter)


class _Csv:
    def __init__(
        self,
        files: FileSet,
        target: str,
        names: Sequence[str],
        own: Sequence[str],
        shown: Sequence[int],
        delimiter: str,
    ) -> None:
        self._files, self._shown, self._delimiter = files, shown, delimiter
        self.written = files.open(target)
        self.written.write(tables.rejects_header(names, own, delimiter))
        self._last: Written | None = None

    def add(self, rows: Rejects) -> None:
        if rows.listed.any():
            if self._last is None:
                self._last = self._files.open(self.written.target)
            self._write(self._last, rows.take(rows.listed))
            rows = rows.take(~rows.listed)
        if len(rows):
            self._write(self.written, rows)

    def _write(self, file: Written, rows: Rejects) -> None:
        file.write(tables.rejects_rows(rows, self._shown, self._delimiter))

    def finish(self) -> None:
        if self._last is not None:
            self._last.copy(self.written, 0, self._last.size)
            self._files.drop(self._last)


class _Workbook:
    def __init__(
        self, files: FileSet, target: str, names: Sequence[str], own: Sequence[str], shown: Sequence[int]
    ) -> None:
        import tempfile

        from csv_preflight.workbooks.writer import TextWorkbook

        self._shown = shown
        self.written = files.open(target)
        self._book = files.enter(TextWorkbook("Rejects"))
        self._book.write_row([*names, *own])
        last = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115
        self._last: IO[str] = files.enter(last)

    def add(self, rows: Rejects) -> None:
        for cells in tables.rejects_cells(rows.take(~rows.listed), self._shown):
            self._book.write_row(cells)
        for cells in tables.rejects_cells(rows.take(rows.listed), self._shown):
            self._last.write(json.dumps(cells) + "\n")

    def finish(self) -> None:
        self._last.seek(0)
        for line in self._last:
            self._book.write_row(json.loads(line))
        self._book.finish(self.written.write)
