"""A workbook -> a CSV of text cells, and remarks."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from csv_preflight.errors import WorkbookError
from csv_preflight.inputs import Source, open_source
from csv_preflight.workbooks.remarks import Remark, Remarks
from csv_preflight.workbooks.sheets import chosen_sheet, opened_workbook
from csv_preflight.workbooks.table import Table, write


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted workbook.

    sheet: its name.  rows: without the header.  remarks: cells to check, with their text.
    title_lines: lines of the CSV above its header.  data: the CSV in UTF-8, empty if it was written to a file.
    """

    sheet: str
    rows: int
    columns: int
    remarks: tuple[Remark, ...] = ()
    title_lines: int = 0
    data: bytes = field(default=b"", repr=False)


def convert(source: Source, *, sheet: str | None = None) -> Conversion:
    """Convert a sheet of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods) to CSV.

    source: a path, the bytes of a workbook or a binary file.  sheet: its name; needed if several have rows.
    Numbers keep all stored digits and the zeros that are shown; dates are ISO 8601; formulas give their stored values.
    Raises WorkbookError for a workbook that cannot be converted, and OSError for an unreadable path.

    Examples:
        >>> from csv_preflight import preflight
        >>> preflight(convert("contacts.xlsx").data, region="US").ready  # doctest: +SKIP
        True
    """
    blocks: list[bytes] = []
    with open_source(source) as (file, name):
        told = name if isinstance(source, str | os.PathLike) else "the workbook"
        done = convert_file(file, told, blocks.append, sheet)
    return Conversion(done.sheet, done.rows, done.columns, done.remarks, done.title_lines, b"".join(blocks))


def convert_file(file: BinaryIO, name: str, take: Callable[[bytes], object], sheet: str | None = None) -> Conversion:
    """Convert a sheet of a workbook and write the CSV, in bounded memory.  name: the file's."""
    remarks = Remarks()
    with naming(name), opened_workbook(file) as workbook, Table() as table:
        chosen = chosen_sheet(workbook, sheet)
        table.fill(workbook.rows(chosen, remarks), remarks)
        write(table, take)
        rows = table.rows - table.title_rows - 1
        return Conversion(chosen.name, rows, table.columns, remarks.all(), table.title_lines)


@contextlib.contextmanager
def naming(name: str) -> Iterator[None]:
    """Add the workbook's name to errors."""
    try:
        yield
    except WorkbookError as error:
        error.args = (f"{name}: {error}",)
        raise
