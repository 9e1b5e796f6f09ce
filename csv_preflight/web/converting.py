"""A workbook -> the CSV that is cleaned in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from csv_preflight.workbooks.conversion import convert_file
from csv_preflight.workbooks.sheets import opened_workbook, shown_sheets
from csv_preflight.workbooks.wording import sentences


@dataclass(frozen=True, slots=True)
class Converted:
    """A sheet as CSV.  remarks: about its cells, masked; title_lines: lines above the column names."""

    sheet: str
    remarks: tuple[str, ...]
    title_lines: int


def sheets_of(path: Path) -> Sequence[str]:
    """Return the names of the sheets that have rows.  Raises WorkbookError."""
    with path.open("rb") as file, opened_workbook(file) as workbook:
        return [sheet.name for sheet in shown_sheets(workbook)]


def convert(path: Path, target: Path, sheet: str) -> Converted:
    """Write a sheet as CSV.  Raises WorkbookError with a message for people without a terminal."""
    with path.open("rb") as file, target.open("wb") as written:
        done = convert_file(file, "The workbook", written.write, sheet)
    told = [f"{place}: {text}" if place else text for remark in done.remarks for place, text in sentences(remark)]
    return Converted(done.sheet, tuple(told), done.title_lines)
