"""Records without content: blank lines, rows of empty cells, and the end-of-file character of DOS."""

from __future__ import annotations

import csv
import io
from functools import cache

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.source import Dialect
from csv_preflight.model.text_column import Bytes, byte_set
from csv_preflight.stages.records.scan import Scanned

# Ctrl-Z, the end-of-file character of DOS.
END_OF_FILE = b"\x1a"
# Bytes that a blank record may have besides delimiters.
_NOTHING = b' \t"' + END_OF_FILE
# How many parts of a record are looked into before all of it is.
_STEPS = 6


@cache
def _may_be_blank(delimiter: str) -> NDArray[np.bool_]:
    """Return which bytes a blank record may have."""
    return byte_set(_NOTHING + delimiter.encode())


def blank_records(scanned: Scanned, buffer: bytes, data: Bytes, dialect: Dialect, width: int) -> NDArray[np.bool_]:
    """Return which records of a scan are blank.  data: the buffer's bytes; width: columns of the header."""
    # As many bytes as delimiters: all cells are empty.
    blank: NDArray[np.bool_] = scanned.stops - scanned.starts == scanned.sizes - 1
    nothing = _may_be_blank(dialect.delimiter)
    rows, last = np.flatnonzero(~blank), scanned.stops - 1
    # Each byte has to be one of these; in a list with quotes around all cells, the first and last ones are.
    for weight in (0, _STEPS, 1, *range(2, _STEPS)):
        places = (scanned.starts[rows] * (_STEPS - weight) + last[rows] * weight) // _STEPS
        rows = rows[nothing[data.take(places, mode="clip")]]
    for row in rows.tolist():
        blank[row] = is_blank(buffer[scanned.starts[row] : scanned.stops[row]], dialect, width)
    return blank


def is_blank(text: bytes, dialect: Dialect, width: int) -> bool:
    """Return whether a record has only delimiters, blanks, empty quotes and Ctrl-Z.

    In a list of one column, empty quotes are a row with an empty cell.
    """
    if width == 1:
        return not text.strip(b" \t\x1a" + dialect.delimiter.encode())
    if text.strip(_NOTHING + dialect.delimiter.encode()):
        return False
    cells = csv.reader(
        io.StringIO(text.decode(), newline=""), delimiter=dialect.delimiter, skipinitialspace=dialect.skip_space
    )
    return b'"' not in text or not any(cell.strip(" \t\x1a") for cell in next(cells))
