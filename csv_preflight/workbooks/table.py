"""The rows of a sheet -> CSV: the rectangle of its cells, row by row.

The rows wait in a private temporary file until the width of the table is known.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Self

from csv_preflight.errors import WorkbookError
from csv_preflight.formulas import spreadsheet_letters
from csv_preflight.rfc4180 import quoted
from csv_preflight.workbooks.remarks import Kind, Place, Remarks
from csv_preflight.workbooks.workbook import Cells

# A sheet of 1,048,576 rows and 47 columns.
MOST_CELLS = 50_000_000
# How many rows at the top may hold titles.
MOST_TITLES = 10


@dataclass(slots=True)
class Table:
    """A table in a temporary file.

    rows, columns: its size, with the header.  first_row: its number in the sheet.  title_rows, title_lines: rows above
    the header, and their lines in the CSV.
    """

    rows: int = 0
    columns: int = 0
    first_row: int = 0
    title_rows: int = 0
    title_lines: int = 0
    _first_column: int = 0
    _spool: IO[str] = field(default_factory=lambda: _private_file())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def fill(self, rows: Iterable[tuple[int, Cells]], remarks: Remarks) -> None:
        """Add the rows of a sheet that are not empty; empty rows between them are kept."""
        last_row, last_column, first_column, count = 0, 0, 1 << 20, 0
        top: list[tuple[int, Cells]] = []
        for number, cells in rows:
            if not last_row:
                self.first_row = number
            first_column, last_column = min(first_column, cells[0][0]), max(last_column, cells[-1][0])
            count += len(cells)
            if max(count, (number - self.first_row + 1) * (last_column - first_column + 1)) > MOST_CELLS:
                cell = f"{spreadsheet_letters(last_column + 1)}{number}"
                raise WorkbookError(
                    f"the sheet's cells reach as far as {cell}; delete those that are far from the list"
                )
            if len(top) <= MOST_TITLES:
                top.append((number, cells))
            self._spool.write(json.dumps((number, cells)) + "\n")
            last_row = number
        if not last_row:
            raise WorkbookError("the sheet has no rows")
        self.rows, self._first_column = last_row - self.first_row + 1, first_column
        self.columns = last_column - first_column + 1
        self._note_titles(top, remarks)

    def lines(self) -> Iterator[bytes]:
        r"""Yield the lines of the CSV: RFC 4180 in UTF-8, with LF."""
        for cells in self.cells():
            line = ",".join(map(quoted, cells)) or '""'
            yield f"{line}\n".encode(errors="replace")

    def cells(self) -> Iterator[list[str]]:
        """Yield the cells of each row; all rows have the same length."""
        self._spool.seek(0)
        expected = self.first_row
        for line in self._spool:
            number, cells = json.loads(line)
            for _ in range(expected, number):
                yield [""] * self.columns
            row = [""] * self.columns
            for column, text in cells:
                row[column - self._first_column] = text
            yield row
            expected = number + 1

    def _note_titles(self, top: list[tuple[int, Cells]], remarks: Remarks) -> None:
        """Name the rows of one cell above the first that has more."""
        titles = 0
        while titles < len(top) and len(top[titles][1]) == 1:
            titles += 1
        if not titles or titles == len(top) or titles > MOST_TITLES:
            return
        for number, cells in top[:titles]:
            remarks.add(Kind.TITLE, Place(number, text=cells[0][1]))
        breaks = sum(_line_breaks(text) for _, cells in top[:titles] for _, text in cells)
        self.title_rows = top[titles][0] - self.first_row
        self.title_lines = self.title_rows + breaks


def _private_file() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="")


def _line_breaks(text: str) -> int:
    return len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1


def write(table: Table, take: Callable[[bytes], object]) -> None:
    """Write the lines of the CSV, many at a time."""
    block: list[bytes] = []
    size = 0
    for line in table.lines():
        block.append(line)
        size += len(line)
        if size > 1 << 20:
            take(b"".join(block))
            block, size = [], 0
    take(b"".join(block))
