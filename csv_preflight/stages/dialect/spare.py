"""Fields that rows, or the header, have at their end beyond the columns with a name."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

# A text of this many characters is cut, perhaps within a record.
WHOLE = 1 << 17
# How many records are examined: enough to tell a constant width from a coincidence.
MOST_RECORDS = 2000
# Up to this many columns without a name get one.  More that are all empty come from the width of a spreadsheet.
FEW_NAMELESS = 20


class Spare(NamedTuple):
    """Empty fields at the end of records.

    what: what has them, in the words of F107.  named: how many columns have a name; fields: how many spare fields there
    are; padded: how many fields records have if there are several spare ones, else 0.
    """

    what: str
    named: int
    fields: int
    padded: int = 0


def spare_fields(text: str, delimiter: str, width: int, *, padded: bool) -> Spare | None:
    """Return the empty fields at the end of most rows, or of the header alone.

    width: of most records.  padded: whether there may be several, and columns without a name.
    """
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    with contextlib.suppress(csv.Error):
        header = next((row for row in records if any(_bare(row))), [])
        rows = list(islice(records, MOST_RECORDS))
        found = _of_rows(header, rows, is_cut=len(text) >= WHOLE)
        if found and (padded or found.fields == 1):
            return found
        return _of_columns(header, rows, width) if padded else None
    return None


def _of_rows(header: Sequence[str], rows: Sequence[Sequence[str]], *, is_cut: bool) -> Spare | None:
    """Return the fields that the rows, but for repeats of the header, have beyond it, or it beyond them."""
    below = [row for row in rows if any(_bare(row)) and _bare(row) != _bare(header)]
    below = below[:-1] if is_cut else below
    if not header or not below:
        return None
    if len(header) > 1 and not header[-1].strip():
        named = len(header) - 1
        return Spare("header", named, 1) if all(len(row) == named for row in below) else None
    tails = [row[len(header) :] for row in below]
    more = max(map(len, tails))
    # One field may hold a space, and be missing in some rows.
    is_filled = any(cell.strip(" ") if more == 1 else cell for tail in tails for cell in tail)
    have = sum(len(tail) == more for tail in tails)
    if not more or not header[-1] or is_filled or (2 * have <= len(tails) if more == 1 else have < len(tails)):
        return None
    return Spare("rows", len(header), 1) if more == 1 else Spare("fields", len(header), more, len(header) + more)


def _bare(row: Sequence[str]) -> list[str]:
    return [cell.strip().strip("\ufeff\x1a ").casefold() for cell in row]


def _of_columns(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Spare | None:
    """Return the columns at the end without a name and cells."""
    named = max((index for index, name in enumerate(header, start=1) if name), default=0)
    tails = [row[named:] for row in rows if len(row) == len(header)]
    if len(header) == width > named + FEW_NAMELESS and tails and not any(map(any, tails)):
        return Spare("columns", named, width - named, width)
    return None
