"""Batches -> the bytes of the clean CSV; rejected rows -> the bytes of the rejects CSV.

RFC 4180 with quotes only where they are needed: around a cell that holds the delimiter, a quote or a line ending, and
around the only cell of a row if it is empty, since the row would be a blank line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from csv_preflight.formulas import formula_safe
from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout
from csv_preflight.model.rejects import Rejects
from csv_preflight.model.text_column import Bytes, Positions, TextColumn, are_digits, byte_set, interleaved
from csv_preflight.rfc4180 import quoted

BOM = b"\xef\xbb\xbf"

# First characters of the cells that ``_formula_safe`` may change.
_FORMULA_STARTS = byte_set(b"'=+-@\t\r\n")
_QUOTE = np.uint8(ord('"'))
_PHONE_BYTES = byte_set(b"-0123456789 ().")


def header_row(names: Sequence[str], newline: str) -> bytes:
    """Return the first row of the clean CSV."""
    row = ",".join(map(quoted, names))
    return ((row or '""') + newline).encode()


def written_columns(batch: Batch, layout: Layout) -> list[TextColumn]:
    """Return the columns of the clean CSV, with quotes around the cells that need them."""
    columns = [batch.written(index) for index in layout.indices]
    return _without_blank_lines(columns if batch.plain else _with_quotes(columns))


def _without_blank_lines(columns: list[TextColumn]) -> list[TextColumn]:
    if len(columns) != 1:
        return columns
    empty = np.flatnonzero(columns[0].lengths == 0)
    return [columns[0].replaced(empty, TextColumn.of(['""'] * len(empty)))]


def rows(columns: Sequence[TextColumn], newline: str) -> bytes:
    r"""Return the rows of any columns as CSV.

    >>> rows([TextColumn.of(["a,b", ""]), TextColumn.of(["1", "2"])], "\n")
    b'"a,b",1\n,2\n'
    """
    return clean_rows(_without_blank_lines(_with_quotes(columns)), newline)


@cache
def _special(delimiter: str) -> NDArray[np.uint32]:
    """Return 1 for each byte that a cell may hold only in quotes."""
    table = np.zeros(256, np.uint32)
    table[list(b'"\r\n' + delimiter.encode())] = 1
    return table


def _with_quotes(columns: Sequence[TextColumn], delimiter: str = ",") -> list[TextColumn]:
    """Return columns with quotes around the cells that hold a special character."""
    result = []
    for column in columns:
        rows = np.flatnonzero(column.sums(_special(delimiter)))
        if not len(rows):
            result.append(column)
            continue
        cells = column.take(rows)
        if len(column.data) < len(rows):  # few distinct texts, each in many rows
            _, first, which = np.unique(cells.starts, return_index=True, return_inverse=True)
            cells = _in_quotes(cells.take(first)).take(which)
        else:
            cells = _in_quotes(cells)
        result.append(column.replaced(rows, cells))
    return result


def _in_quotes(cells: TextColumn) -> TextColumn:
    """Return cells in quotes, with the quotes in them doubled.

    >>> _in_quotes(TextColumn.of(["a,b", 'say "no" twice', ""])).tolist()
    ['"a,b"', '"say ""no"" twice"', '""']
    """
    packed = cells.packed()
    between = packed.joined((b'""',))  # the closing quote of a cell and the opening one of the next
    around = TextColumn(np.append(_QUOTE, between.data), between.starts, between.ends + 2)
    odd = np.flatnonzero(packed.holding(packed.data == _QUOTE))
    return around.replaced(odd, TextColumn.of([quoted(cell) for cell in packed.take(odd).tolist()]))


def row_sizes(columns: Sequence[TextColumn], newline: str) -> Positions:
    """Return the bytes of each row of the clean CSV."""
    sizes = np.full(len(columns[0]), len(columns) - 1 + len(newline), np.int64)
    for column in columns:
        sizes += column.lengths
    return sizes


def clean_rows(columns: Sequence[TextColumn], newline: str, delimiter: str = ",") -> bytes:
    r"""Return rows of the clean CSV.  columns: those of ``written_columns``.

    >>> clean_rows([TextColumn.of(["Ann", "Bob"]), TextColumn.of(["1", "2"])], "\n")
    b'Ann,1\nBob,2\n'
    """
    between = delimiter.encode()
    runs, separators = _with_separators(_runs(columns, between), between, newline.encode())
    return interleaved(runs).joined(separators).data.tobytes()


def _with_separators(
    runs: Sequence[TextColumn], delimiter: bytes, newline: bytes
) -> tuple[list[TextColumn], list[bytes]]:
    """Return runs widened by separators next to them in the source, and the separators still to be added."""
    whole = list(runs)
    separators = [delimiter] * (len(whole) - 1) + [newline]
    for index, separator in enumerate(separators):
        run, following = whole[index], whole[index + 1] if index + 1 < len(whole) else None
        if _stand_at(separator, run.data, run.ends):
            whole[index] = TextColumn(run.data, run.starts, run.ends + len(separator))
            separators[index] = b""
        elif following is not None and _stand_at(separator, following.data, following.starts - 1):
            whole[index + 1] = TextColumn(following.data, following.starts - 1, following.ends)
            separators[index] = b""
    return whole, separators


def _runs(columns: Sequence[TextColumn], delimiter: bytes) -> list[TextColumn]:
    """Return columns, neighbours joined if they lie in one buffer as they are written, with a delimiter between."""
    runs = [columns[0]]
    for column in columns[1:]:
        last = runs[-1]
        if (
            column.data is last.data
            and np.array_equal(column.starts, last.ends + 1)
            and _stand_at(delimiter, last.data, last.ends)
        ):
            runs[-1] = TextColumn(last.data, last.starts, column.ends)
        else:
            runs.append(column)
    return runs


def _stand_at(text: bytes, data: Bytes, places: Positions) -> bool:
    """Whether a text is at each of some offsets of a buffer."""
    if not len(places) or int(places.min()) < 0 or int(places.max()) + len(text) > len(data):
        return False
    return all(bool((data.take(places + offset) == byte).all()) for offset, byte in enumerate(text))


def rejects_header(names: Sequence[str], own: Sequence[str], delimiter: str) -> bytes:
    """Return the first row of the rejects CSV.  own: names of the columns after those of the source."""
    cells = [quoted(name, delimiter) for name in (*map(formula_safe, names), *own)]
    return BOM + (delimiter.join(cells) + "\r\n").encode()


def rejects_rows(rows: Rejects, written: Sequence[int], delimiter: str) -> bytes:
    """Return rows of the rejects CSV; written: indices of the source columns that it shows."""
    cells = [_formula_safe(rows.columns[index]) for index in written]
    lines = TextColumn.of(list(map(str, rows.lines.tolist())))
    own = [*map(_formula_safe, files_of(rows)), lines, rows.codes, rows.reasons, _formula_safe(rows.raw)]
    columns = _with_quotes([*cells, *own], delimiter)
    return clean_rows(columns, "\r\n", delimiter)


def rejects_cells(rows: Rejects, written: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of rows of a rejects workbook, in which text is never taken for a formula."""
    columns = [rows.columns[index] for index in written]
    lines = map(str, rows.lines.tolist())
    columns += files_of(rows)
    texts = [column.tolist() for column in (*columns, rows.codes, rows.reasons, rows.raw)]
    yield from zip(*texts[: len(columns)], lines, *texts[len(columns) :], strict=True)


def files_of(rows: Rejects) -> list[TextColumn]:
    """Return the column with the rows' file, if their list has several, as a list of one column or none."""
    return [TextColumn.repeating([rows.file], np.zeros(len(rows), np.int64))] if rows.file else []


def _formula_safe(column: TextColumn) -> TextColumn:
    """Return a column with an apostrophe before each cell that a spreadsheet would run."""
    filled = np.flatnonzero(column.lengths)
    odd = filled[_FORMULA_STARTS[column.data[column.starts[filled]]]]
    if not len(odd):
        return column
    odd = odd[~_plain_numbers(column.take(odd))]
    cells = column.take(odd).tolist()
    return column.replaced(odd, TextColumn.of([formula_safe(cell) for cell in cells]))


def _plain_numbers(cells: TextColumn) -> NDArray[np.bool_]:
    """Return whether each cell is a plus sign, a digit and further characters of phone numbers.  cells: none empty."""
    packed = cells.packed()
    padded = np.append(packed.data, np.uint8(0))
    plain: NDArray[np.bool_] = (padded[packed.starts] == ord("+")) & are_digits(padded[packed.starts + 1])
    strange = np.flatnonzero(~_PHONE_BYTES[packed.data])
    row = np.searchsorted(packed.ends, strange, "right")
    plain[row[strange != packed.starts[row]]] = False
    return plain
