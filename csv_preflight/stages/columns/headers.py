"""Headers in unexpected places: below other lines, or again among the rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.distinct import among, ascending, distinct, hashes
from csv_preflight.model.finding import Findings, SetAside
from csv_preflight.model.layout import Layout
from csv_preflight.model.text_column import IS_DIGIT, LETTERS, TextColumn, byte_set
from csv_preflight.rules import BY_CODE
from csv_preflight.stages.columns.likely import (
    PHONE_WORDS,
    fold,
    has_number,
    looks_like_phone,
    named_like_phone,
)
from csv_preflight.stages.columns.names import clean_name

Rows = NDArray[np.intp]

# A header below titles is looked for in this many lines; its names are at most this long.
LINES, LONGEST_NAME = 50, 60
# Another table's header shares at least this many names with the list's.
_LEAST = 2
# Words beside those for a phone in a column's name.  "no phone" and "mobile unknown" are said of a person.
_BESIDE = frozenset(
    (
        *("number", "numero", "nummer", "num", "nr", "no", "n", "de", "of", "main", "primary", "work", "home"),
        *("business", "manager", "boss", "contact", "customer", "client", "user", "member", "lead", "owner"),
        *("e164", "1", "2", "3", "4", "5"),
    )
)
# The bytes of a cell's beginning in which words for a phone are looked for.
_LETTERS = byte_set((*LETTERS, *b"\"'_ "))
_DIGITS = IS_DIGIT.astype(np.uint32)
# The most digits in a name such as Phone 2 or Tel. 2024-12.
_MOST_DIGITS = 6
_IS_PLAIN = byte_set(range(0x20, 0x7F))
_LOWER = np.frombuffer(bytes(range(256)).lower(), np.uint8)


def line_of_header(sample: str, delimiter: str) -> int | None:
    """Return the physical line of the likely header, None if that is the first line that is not blank.

    sample: the beginning of the text.  A header names a phone column with a number below the name; below a title, which
    is a single field above lines of several, any names above a number are a header.
    """
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    before: tuple[int, list[str]] | None = None
    is_titled = False
    try:
        for row in rows:
            if rows.line_num > LINES:
                break
            is_sep = before is None and row[:1] != [] and row[0].strip('"').lower().startswith("sep=")
            if is_sep or not any(cell.strip() for cell in row):
                continue
            if before and len(before[1]) == len(row) and _are_names(before[1]):
                if _has_number(before[1], row) or (is_titled and any(map(looks_like_phone, row))):
                    return before[0]
                is_titled = False  # after names without a number below, the next line may be a row
            if before is None and _are_names(row) and any(map(named_like_phone, row)):
                return None
            is_titled = is_titled or (before is None and len(row) == 1)
            before = rows.line_num, row
    except csv.Error:
        return None
    return None


def begins_with_header(sample: str, delimiter: str) -> bool:
    """Return whether the first line names a phone column that has a number on the second line."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        first, second = next(rows, []), next(rows, [])
    except csv.Error:
        return False
    return len(first) == len(second) and _are_names(first) and _has_number(first, second)


def _are_names(row: Sequence[str]) -> bool:
    names = [cell.strip() for cell in row if cell.strip()]
    if len(names) < 2 or any(len(name) > LONGEST_NAME or looks_like_phone(name) for name in names):
        return False
    return not any(map(has_number, names))


def _has_number(names: Sequence[str], row: Sequence[str]) -> bool:
    return any(named_like_phone(name) and looks_like_phone(cell) for name, cell in zip(names, row, strict=True))


class Known(NamedTuple):
    """A header for comparisons: its names without case, spaces and byte order marks."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, header: Iterable[str]) -> Known:
        """Return the header of a list."""
        return cls(tuple(map(_folded, header)))

    def says(self, row: Sequence[str], phone: int | None = None) -> Literal["repeated", "another"] | None:
        """Return "repeated" if a row is this header, "another" if it is that of another table, else None.

        phone: the phone column.  If a row has the name of one there, the names of others count as this header's do.
        """
        cells = tuple(map(_folded, row))
        if cells == self.names:
            return "repeated"
        if any(map(_has_many_digits, cells)):
            return None  # tel:+1 202-555-0143 names a phone, and is a number
        filled = [cell for cell in cells if cell]
        named = phone is not None and _is_phone_name(cells[phone])
        ours = sum(cell in self.names or (named and named_like_phone(cell)) for cell in filled)
        if ours < _LEAST or ours * 2 < len(filled) or len(set(filled)) < len(filled):
            return None
        return "another" if any(map(named_like_phone, filled)) else None

    def may_say(self, columns: Sequence[TextColumn], rows: Rows) -> Rows:
        """Return those of some rows in which so many cells are names of the header that ``says`` has to decide."""
        ours = np.zeros(len(rows), np.int64)
        for left, column in zip(range(len(columns) - 1, -1, -1), columns, strict=True):
            ours += self._has(column.take(rows).packed())
            may_be = ours + left >= min(_LEAST, len(columns))
            rows, ours = rows[may_be], ours[may_be]
            if not len(rows):
                break
        return rows

    def _has(self, cells: TextColumn) -> NDArray[np.bool_]:
        """Return which cells are a name of the header, or seem to be."""
        found = among(
            hashes(TextColumn(_LOWER[cells.data], cells.starts, cells.ends)), hashes(TextColumn.of(self.names))
        )
        # Others than plain ASCII, and those with blanks around them, have to be folded.
        padded = np.append(cells.data, np.uint8(0))
        unsure = cells.holding(~_IS_PLAIN[cells.data])
        unsure |= (padded[cells.starts] == ord(" ")) | (padded[cells.ends - 1] == ord(" "))
        rows = np.flatnonzero(unsure)
        first, which = distinct(cells.take(rows))
        names = [_folded(name) in self.names for name in cells.take(rows[first]).tolist()]
        found[rows] = np.array(names, bool)[which]
        return found


def _is_phone_name(cell: str) -> bool:
    """Whether a cell is a name of a phone column, with no word that a column's name would not have."""
    words = re.split(r"[\W_]+", fold(cell).strip("\"' _"))
    return (
        named_like_phone(cell)
        and words[0] != "no"
        and all(word in _BESIDE or PHONE_WORDS.search(word) for word in words)
    )


def _has_many_digits(cell: str) -> bool:
    return sum(map(str.isdigit, cell)) > _MOST_DIGITS


def _folded(name: str) -> str:
    return clean_name(name).casefold()


def without_headers(batch: Batch, layout: Layout, known: Known) -> tuple[Batch, Findings, int]:
    """Return the rows that are no headers, findings R102 and R008 for the others, and how many repeat the header."""
    findings = Findings()
    column = batch.columns[layout.phone]
    first = np.append(column.data, np.uint8(0)).take(column.starts, mode="clip")
    odd = np.flatnonzero(_LETTERS[first] & (column.lengths > 0) & (column.lengths <= LONGEST_NAME))
    if len(odd):
        others = (other for index, other in enumerate(batch.columns) if index != layout.phone)
        odd = ascending(np.append(known.may_say([column, *others], odd), _name_phones(column, odd)))
    if not len(odd):
        return batch, findings, 0
    cells = zip(*(other.take(odd).tolist() for other in batch.columns), strict=True)
    said = np.array([known.says(row, layout.phone) for row in cells])
    repeated = odd[said == "repeated"]
    if len(repeated):
        findings.lines("R102", batch.lines[repeated])
    for row in odd[said == "another"].tolist():
        findings.whole_file("R008", line=int(batch.lines[row]), at=int(batch.lines[row]))
    if not len(repeated):
        return batch, findings, 0
    stays = np.ones(len(batch), bool)
    stays[repeated] = False
    return batch.take(stays), findings, len(repeated)


def _name_phones(column: TextColumn, rows: Rows) -> Rows:
    """Return those of some rows whose cell names a phone column."""
    rows = rows[column.take(rows).sums(_DIGITS) <= _MOST_DIGITS]
    first, which = distinct(column.take(rows))
    names: Rows = rows[np.array([*map(named_like_phone, column.take(rows[first]).tolist())], bool)[which]]
    return names


def other_tables(read: Iterable[object], known: Known, delimiter: str) -> Findings:
    """Return R008 for records that do not fit because they are the header of another table."""
    findings = Findings()
    misfits = [one for one in read if isinstance(one, SetAside) and BY_CODE[one.code].is_misfit]
    for record in misfits:
        if known.says(record.raw.split(delimiter)) == "another":
            findings.whole_file("R008", line=record.line, at=record.line)
    return findings
