"""Columns that pass through unchanged: garbled text is reported there too, since an agent may read it aloud.

Most cells are plain ASCII without ? and &.  A block of the file with nothing else is passed by a test of its bytes; in
others only cells with a suspicious pair of characters are examined.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from csv_preflight.misread import LENIENT, MISREAD_AS
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.text_column import LETTERS, Bytes, TextColumn, byte_set

Rows = NDArray[np.intp]
Counts = NDArray[np.int32]

_LETTERS = byte_set(LETTERS)
# The characters of names of HTML references and of fields in links.
_NAME = byte_set(byte for byte in range(0x80) if chr(byte).isalnum() or chr(byte) in "#_.-")
_LONGEST_NAME = 32
# Characters from here on are in none of the encodings that text is wrongly decoded with.
_TABLE = 0x2600
_REPLACEMENT = 0xFFFD


def check_text(batch: Batch, layout: Layout) -> Findings:
    """Report garbled text (I004) in the columns that are neither phone nor identifier."""
    findings = Findings()
    counted: dict[int, tuple[Counts | None, Counts | None]] = {}
    for index in layout.written:
        if index in (layout.phone, layout.identifier) or not len(batch):
            continue
        column = batch.columns[index]
        if id(column.data) not in counted:
            counted[id(column.data)] = _suspicious(column)
        marks, beyond = counted[id(column.data)]
        if marks is None and beyond is None:
            continue
        odd = np.zeros(len(column), bool)
        if marks is not None:
            odd |= marks[column.ends] != marks[column.starts]
        if beyond is not None:
            rows = np.flatnonzero(beyond[column.ends] != beyond[column.starts])
            odd[rows[_may_be_misread(column.take(rows))]] = True
        rows = np.flatnonzero(odd)
        if not len(rows):
            continue
        from csv_preflight.stages.identifiers.mojibake import how_garbled

        garbled = [how_garbled(cell) for cell in column.take(rows).tolist()]
        parameters = [{"how": how} for how in garbled if how]
        findings.rows("I004", batch, rows[list(map(bool, garbled))], column=index, parameters=parameters)
    return findings


def _suspicious(column: TextColumn) -> tuple[Counts | None, Counts | None]:
    """Return the counts of suspicious marks, and of bytes beyond ASCII, before each position; None without any."""
    data = column.data
    text = data.tobytes()
    result = []
    if b"?" in text:
        at = np.flatnonzero(data == ord("?"))
        behind = _behind(data, at, 0)
        at = at[_LETTERS.take(behind) | (behind == ord("?"))]
        result.append(at[_behind_name(column, at) != ord("=")])  # not ?page=7
    if b"&" in text:
        at = np.flatnonzero(data == ord("&"))
        result.append(at[_behind_name(column, at) == ord(";")])
    marks = np.concatenate(result) if result else np.zeros(0, np.intp)
    flags = np.zeros(len(data) if len(marks) else 0, bool)
    flags[marks] = True
    return _sums(flags) if len(marks) else None, None if text.isascii() else _sums(data > 0x7F)


def _behind(data: Bytes, at: Rows, distance: int) -> Bytes:
    """Return the byte after each position, 0 at the end."""
    places = at + 1 + distance
    found: Bytes = np.where(places < len(data), data.take(places, mode="clip"), np.uint8(0))
    return found


def _behind_name(column: TextColumn, at: Rows) -> Bytes:
    """Return the byte after the name that begins after each position, 0 if the name is too long or ends its cell."""
    data, result = column.data, np.zeros(len(at), np.uint8)
    is_end = np.zeros(len(data) + 1, bool)  # cells of a DataFrame have no separator between them
    is_end[column.ends] = True
    going = np.arange(len(at))
    for distance in range(_LONGEST_NAME):
        if not len(going):
            break
        byte = _behind(data, at[going], distance)
        byte[is_end.take(at[going] + 1 + distance, mode="clip")] = 0
        ended = ~_NAME.take(byte)
        result[going[ended]] = byte[ended]
        going = going[~ended]
    return result


def _sums(found: NDArray[np.bool_]) -> Counts:
    sums = np.zeros(len(found) + 1, np.int32)
    np.cumsum(found, out=sums[1:])
    return sums


def _may_be_misread(cells: TextColumn) -> NDArray[np.bool_]:
    """Whether each cell has a replacement character, the beginning of a UTF-8 sequence, or four letters with marks."""
    packed = cells.packed()
    continued = _sums((packed.data & 0xC0) == 0x80)
    ends = packed.ends - continued[packed.ends]
    characters = np.frombuffer(packed.data.tobytes().decode().encode("utf-32-le"), np.uint32)
    begin, go_on = _tables()
    known = np.minimum(characters, _TABLE)
    found = characters == _REPLACEMENT
    found[:-1] |= (begin.take(known[:-1]) & go_on.take(known[1:])) != 0
    marked = (characters >= ord("À")) & (characters <= ord("ÿ"))
    found[:-3] |= marked[:-3] & marked[1:-2] & marked[2:-1] & marked[3:]
    result = np.zeros(len(cells), bool)
    result[np.searchsorted(ends, np.flatnonzero(found), side="right")] = True
    return result


@cache
def _tables() -> tuple[Bytes, Bytes]:
    """Return by character, as bits, the encodings in which it is a byte that begins, or continues, a UTF-8 sequence."""
    begin, go_on = np.zeros(_TABLE + 1, np.uint8), np.zeros(_TABLE + 1, np.uint8)
    for bit, encoding in enumerate(MISREAD_AS):
        for byte in range(0x80, 0xF5):
            also = [character for character, code in LENIENT.get(encoding, {}).items() if code == byte]
            for place in (*map(ord, bytes([byte]).decode(encoding, "ignore")), *also):
                if 0 < place < _TABLE:
                    table = go_on if byte < 0xC0 else begin
                    table[place] |= 1 << bit
    return begin, go_on
