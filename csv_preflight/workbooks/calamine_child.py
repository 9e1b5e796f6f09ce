"""A separate process that reads a workbook with calamine, so that a hostile file harms nothing else.

It is run as a script, with the workbook as its standard input and three arguments: bounds of memory (bytes) and of
processor time (seconds), and a sheet's index or nothing.  It writes lines of JSON: the sheets as [name, hidden] or the
rows of the sheet as [number, [[column, kind, text], …]], then null; or an error as a string.
"""

from __future__ import annotations

import datetime
import json
import sys
from typing import TYPE_CHECKING, BinaryIO, TextIO

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

PASSWORD, BROKEN, MISSING = "password", "broken", "missing"
NUMBER, TEXT, TRUTH, DURATION = "number", "text", "truth", "duration"


def main(file: BinaryIO, output: TextIO, memory: int, seconds: int, index: str) -> None:
    """Read a workbook's sheets, or the rows of one of them."""
    _bound(memory, seconds)
    try:
        import python_calamine
    except ModuleNotFoundError:
        output.write(json.dumps(MISSING) + "\n")
        return
    try:
        with python_calamine.CalamineWorkbook.from_filelike(file) as workbook:
            if index:
                _write_rows(workbook.get_sheet_by_index(int(index)), output)
            else:
                sheets = [
                    (sheet.name, not str(sheet.visible).endswith(".Visible")) for sheet in workbook.sheets_metadata
                ]
                output.write(json.dumps(sheets) + "\n")
        end = None
    except python_calamine.PasswordError:
        end = PASSWORD
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError):
        end = BROKEN
    output.write(json.dumps(end) + "\n")


def _write_rows(sheet: CalamineSheet, output: TextIO) -> None:
    first = (sheet.start or (0, 0))[1]
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [(index, *_kind_and_text(value)) for index, value in enumerate(row, start=first) if value != ""]
        if cells:
            output.write(json.dumps((number, cells)) + "\n")


def _kind_and_text(value: object) -> tuple[str, str]:
    """Return the kind of a cell's value, and its text."""
    if isinstance(value, bool):
        return TRUTH, "1" if value else ""
    if isinstance(value, int | float):
        return NUMBER, repr(value)
    if isinstance(value, datetime.timedelta):
        return DURATION, repr(value.total_seconds() / 86_400)
    if isinstance(value, datetime.date | datetime.time):
        return TEXT, value.isoformat()
    return TEXT, str(value)


def _bound(memory: int, seconds: int) -> None:
    """Set limits of the operating system for this process; Windows has none."""
    try:
        import resource
    except ModuleNotFoundError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout, int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
