"""Columns that pass through unchanged: garbled text is told there, too, since an agent may read it aloud.

Most cells are plain ASCII without ? and &: a block of the file that holds nothing else is passed with a look at its
bytes, and in others only cells with a suspicious pair of characters are looked at.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from csv_preflight.misread import LENIENT, MISREAD_AS
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.text_column import Bytes, TextColumn
from csv_preflight.stages.identifiers.mojibake import is_garbled

Rows = NDArray[np.intp]
Counts = NDArray[np.int32]

_LETTERS = np.zeros(256, bool)
_LETTERS[list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] = True
_LETTERS[0x80:] = True
# Characters from here on are in none of the encodings that text is misread as.
_TABLE = 0x2600
_REPLACEMENT = 0xFFFD


def check_text(batch: Batch, layout: Layout) -> Findings:
    """Find garbled text in the columns that are neither phone nor identifier (I004)."""
    findings = Findings()
    counted: dict[int, tuple[Counts | None, Counts | None]] = {}
    for index in layout.written:
        if index in (layout.phone, layout.identifier) or not len(batch):
            continue
        column = batch.columns[index]
        if id(column.data) not in counted:
            counted[id(column.data)] = _suspicious_bytes(column.data), _beyond_ascii(column.data)
        marks, beyond = counted[id(column.data)]
        odd = np.zeros(len(column), bool)
        if marks is not None:
            odd |= marks[column.ends] != marks[column.starts]
        if beyond is not None:
            rows = np.flatnonzero(beyond[column.ends] != beyond[column.starts])
            odd[rows[_may_be_misread(column.take(rows))]] = True
        rows = np.flatnonzero(odd)
        garbled = [is_garbled(cell) for cell in column.take(rows).tolist()]
        findings.rows("I004", batch, rows[garbled], column=index)
    return findings


def _suspicious_bytes(data: Bytes) -> Counts | None:
    """Return, for each position, how many ? and & before it are followed by what makes them suspicious."""
    text = data.tobytes()
    if b"?" not in text and b"&" not in text:
        return None
    behind = np.append(data[1:], np.uint8(0))
    letters = _LETTERS.take(behind)
    found = (data == ord("?")) & (letters | (behind == ord("?")))
    found |= (data == ord("&")) & (letters | (behind == ord("#")))
    return _sums(found)


def _beyond_ascii(data: Bytes) -> Counts | None:
    return None if data.tobytes().isascii() else _sums(data > 0x7F)


def _sums(found: NDArray[np.bool_]) -> Counts:
    sums = np.zeros(len(found) + 1, np.int32)
    np.cumsum(found, out=sums[1:])
    return sums


def _may_be_misread(cells: TextColumn) -> NDArray[np.bool_]:
    """Whether each cell has a replacement character, or two characters that begin and continue one of UTF-8's."""
    packed = cells.packed()
    continued = _sums((packed.data & 0xC0) == 0x80)
    ends = packed.ends - continued[packed.ends]
    characters = np.frombuffer(packed.data.tobytes().decode().encode("utf-32-le"), np.uint32)
    begin, go_on = _tables()
    known = np.minimum(characters, _TABLE)
    found = characters == _REPLACEMENT
    found[:-1] |= (begin.take(known[:-1]) & go_on.take(known[1:])) != 0
    result = np.zeros(len(cells), bool)
    result[np.searchsorted(ends, np.flatnonzero(found), side="right")] = True
    return result


@cache
def _tables() -> tuple[Bytes, Bytes]:
    """Return, for each character, the encodings (bits) in which it is a byte that begins or continues a UTF-8 one."""
    begin, go_on = np.zeros(_TABLE + 1, np.uint8), np.zeros(_TABLE + 1, np.uint8)
    for bit, encoding in enumerate(MISREAD_AS):
        for byte in range(0x80, 0xF5):
            also = [character for character, code in LENIENT.get(encoding, {}).items() if code == byte]
            for place in (*map(ord, bytes([byte]).decode(encoding, "ignore")), *also):
                if 0 < place < _TABLE:
                    table = go_on if byte < 0xC0 else begin
                    table[place] |= 1 << bit
    return begin, go_on
