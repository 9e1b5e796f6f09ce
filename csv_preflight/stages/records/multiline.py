"""Several records in one: two stray quotes turn the lines between them into one cell (R006).

Such a cell is legal CSV, and so is a note or an address of several lines with commas; the positions of the delimiters
tell them apart.  If the cell is the i-th of k, from 0, and really is the end of a record, whole records and the
beginning of another, then its first line has the k - 1 - i delimiters after the i-th cell, each line between has k - 1,
and its last line has the i delimiters before it.  A cell of three or more lines with exactly these counts is
suspicious.  So is one of two lines, or with any inner line of k - 1 delimiters, if one of the pieces also looks like a
phone number: addresses often have the right number of commas.

In a record that does not fit the header, the quote of such a cell is taken for one that was never closed, and the
lines after it are read as records.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from csv_preflight.model.source import Dialect

_LINE_END = re.compile(r"\r\n|\n|\r")
_PHONE = re.compile(r"[ '\"=(+]*+[0-9][-0-9 ().+/]{5,22}[0-9][ '\"]*")
FEWEST_DIGITS = 7


def lines_like_rows(cells: Sequence[str], dialect: Dialect) -> int:
    r"""Return how many lines in a record's cells look like rows of their own, 0 if it is not suspicious.

    >>> lines_like_rows(["Ann", "+12025550101\nBob,+12025550102"], Dialect(","))
    2
    >>> lines_like_rows(["Ann", "12 Main St\nRome, Italy"], Dialect(","))
    0
    """
    return max((_suspicious(cell, index, len(cells), dialect.delimiter) for index, cell in enumerate(cells)), default=0)


def swallows_rows(cell: str, width: int, dialect: Dialect) -> bool:
    r"""Whether a cell of several lines, in a record that does not fit the header, holds rows with phone numbers.

    >>> swallows_rows("Ann,+12025550101\nBob,+12025550102\nEve", 2, Dialect(","))
    True
    """
    first, *inner, last = _LINE_END.split(cell)
    rows = [line for line in inner if line.count(dialect.delimiter) == width - 1]
    return dialect.delimiter in cell and _holds_phone([first, *rows, last], dialect.delimiter)


def _suspicious(cell: str, index: int, width: int, delimiter: str) -> int:
    if width < 2 or delimiter not in cell:
        return 0
    first, *inner, last = lines = _LINE_END.split(cell) if "\n" in cell or "\r" in cell else [cell, ""]
    if len(lines) < 2:
        return 0
    like_rows = [line for line in inner if line.count(delimiter) == width - 1]
    fits = first.count(delimiter) == width - 1 - index and last.count(delimiter) == index
    if fits and len(like_rows) == len(inner) and (inner or _holds_phone([first, last], delimiter)):
        return len(lines)
    return len(like_rows) if _holds_phone(like_rows, delimiter) else 0


def _holds_phone(lines: Sequence[str], delimiter: str) -> bool:
    return any(
        _PHONE.fullmatch(piece) and sum(map(str.isdigit, piece)) >= FEWEST_DIGITS
        for line in lines
        for piece in line.split(delimiter)
    )
