"""A file of any format -> its sheets: the sheet to convert, and its rows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from csv_preflight.errors import WorkbookError
from csv_preflight.reports.printable import printable
from csv_preflight.suggest import did_you_mean
from csv_preflight.workbooks.remarks import Remarks
from csv_preflight.workbooks.workbook import Sheet, Workbook

MOST_NAMES = 20


@contextlib.contextmanager
def opened_workbook(file: BinaryIO) -> Iterator[Workbook]:
    """Open a workbook; raise WorkbookError for any other file, or one that cannot be read."""
    from csv_preflight.workbooks import calamine, kinds, ods, xlsx

    kind = kinds.kind_of(file)
    file.seek(0)
    if kind == kinds.XLSX:
        yield xlsx.Reader(file)
    elif kind == kinds.ODS:
        yield ods.Reader(file)
    else:
        yield calamine.Reader(file)


class SeveralSheetsError(WorkbookError):
    """Several sheets have rows, and none was named; names: of the sheets."""

    def __init__(self, message: str, names: Sequence[str]) -> None:
        super().__init__(message)
        self.names = tuple(names)


def chosen_sheet(workbook: Workbook, wanted: str | None) -> Sheet:
    """Return the named sheet, or the only one with rows; else raise WorkbookError with the names."""
    names = [sheet.name for sheet in workbook.sheets]
    if wanted is not None:
        for exactly in (str, str.casefold):
            result = [sheet for sheet in workbook.sheets if exactly(sheet.name) == exactly(wanted)]
            if len(result) == 1:
                return result[0]
        hint = did_you_mean(wanted, names) or f"; there are {_listed(workbook.sheets)}"
        raise WorkbookError(f"there is no sheet {wanted}{hint}")
    shown = shown_sheets(workbook)
    if len(shown) > 1:
        raise SeveralSheetsError(
            f"{len(shown)} sheets have rows: {_listed(shown)}; choose one with --sheet NAME",
            [one.name for one in shown],
        )
    return shown[0]


def shown_sheets(workbook: Workbook) -> Sequence[Sheet]:
    """Return the sheets that have rows, hidden ones only if all are; raise WorkbookError if there is none."""
    filled = [sheet for sheet in workbook.sheets if _has_rows(workbook, sheet)]
    shown = [sheet for sheet in filled if not sheet.hidden] or filled
    if not shown:
        raise WorkbookError("no sheet of the workbook has any rows")
    return shown


def _listed(sheets: Sequence[Sheet]) -> str:
    more = f" and {len(sheets) - MOST_NAMES:,} more" if len(sheets) > MOST_NAMES else ""
    return ", ".join(printable(sheet.name) for sheet in sheets[:MOST_NAMES]) + more


def _has_rows(workbook: Workbook, sheet: Sheet) -> bool:
    return next(workbook.rows(sheet, Remarks()), None) is not None
