"""Batches -> the bytes of the clean CSV; rejected rows -> the bytes of the rejects CSV.

RFC 4180 with quotes only where they are needed: around a cell that holds a comma, a quote or a line ending, and
around the only cell of a row if it is empty, since the row would be a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from csv_preflight.findings import Rejected
from csv_preflight.model import Batch, Layout
from csv_preflight.text import TextColumn, interleaved

BOM = b"\xef\xbb\xbf"

_SPECIAL = (b",", b'"', b"\r", b"\n")

# What a spreadsheet runs as a formula, with the apostrophes that an earlier escape put before it.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_PHONE_SHAPED = re.compile(r"\+?[0-9][-0-9 ().]*", re.ASCII)


def quoted(cell: str) -> str:
    """Return a cell in quotes if it needs them.

    >>> quoted("Rome, Italy"), quoted('5" pipe'), quoted("Ann")
    ('"Rome, Italy"', '"5"" pipe"', 'Ann')
    """
    if "," in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def header_row(names: Sequence[str], newline: str) -> bytes:
    """Return the first row of the clean CSV."""
    row = ",".join(map(quoted, names))
    return ((row or '""') + newline).encode()


def clean_rows(batch: Batch, layout: Layout, newline: str) -> TextColumn:
    """Return the rows of a batch as they stand one behind the other in the clean CSV, line endings included."""
    columns = [batch.clean.get(index, batch.columns[index]) for index in layout.written]
    if layout.extension == -1:
        columns.append(batch.clean[-1])
    cells = interleaved(columns)
    separators = [b","] * (len(columns) - 1) + [newline.encode()]
    bare = cells.joined([b"\0" * len(separator) for separator in separators])
    needs_quotes = np.zeros(len(cells), bool)
    text = bare.data.tobytes()
    if any(character in text for character in _SPECIAL):
        special = np.flatnonzero(np.isin(bare.data, np.frombuffer(b"".join(_SPECIAL), np.uint8)))
        needs_quotes[np.searchsorted(bare.ends, special, side="right")] = True
    if len(columns) == 1:
        needs_quotes |= cells.lengths == 0
    at_fault = np.flatnonzero(needs_quotes)
    if len(at_fault):
        cells = cells.replaced(
            at_fault, TextColumn.of([quoted(cell) or '""' for cell in cells.take(at_fault).tolist()])
        )
    written = cells.joined(separators)
    ends = written.ends[len(columns) - 1 :: len(columns)] + len(newline)
    return TextColumn(written.data, np.append(0, ends)[:-1], ends)


def formula_safe(cell: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe before a formula, phone numbers as they are.

    >>> formula_safe("=1+2"), formula_safe("+1 202 555 0143"), formula_safe("'=1+2")
    ("'=1+2", '+1 202 555 0143', "''=1+2")
    """
    if FORMULA.match(cell) and not _PHONE_SHAPED.fullmatch(cell):
        return "'" + cell
    return cell


def rejects_header(names: Sequence[str], own: Sequence[str]) -> bytes:
    """Return the first row of the rejects CSV; own: the four columns behind those of the source."""
    return BOM + (",".join(map(quoted, [*map(formula_safe, names), *own])) + "\r\n").encode()


def rejects_rows(rows: Iterable[Rejected], written: Sequence[int]) -> bytes:
    """Return rows of the rejects CSV; written: indices of the source columns that it shows."""
    lines = []
    for row in rows:
        cells = [row.cells[index] for index in written] if row.cells else [""] * len(written)
        shown = [*map(formula_safe, cells), str(row.line), row.code, row.reason, formula_safe(row.raw)]
        lines.append(",".join(map(quoted, shown)) + "\r\n")
    return "".join(lines).encode()
