"""A list that was read as one column although its lines clearly have several fields.

Detection knows commas, semicolons, tabs and bars.  Any other delimiter, a wrong --delimiter, and lines that are quoted
as a whole make a list of one column.  The real delimiter then occurs as often in most lines as in the header.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from csv_preflight.stages.columns.likely import PARTLY, looks_like_phone

# Rare in names and cells: they count wherever they split the lines evenly.
_DETECTED = (",", ";", "\t", "|")
_STRANGE = ("~", "^", *map(chr, range(1, 9)), *map(chr, range(14, 32)), "\xa6", "\xac", "，", "；")
# Common in words and numbers: they count only if they split off phone numbers.
_COMMON = (" ", ":", "/", "#", "*", "!", "&", "=", "_")
EVENLY = 0.8


class Misread(NamedTuple):
    """Why a list was read as one column: the problem in C001, and the delimiter to give."""

    problem: str
    delimiter: str = ""


def misread(header: str, cells: Sequence[str], delimiter: str, *, quoted: bool = False) -> Misread | None:
    """Return why a list was wrongly read as one column, None if one column is right.

    cells: of the first rows with a single field.  delimiter: the one that it was read with.  quoted: whether the header
    is in quotes, where detection does not see the delimiters that it knows.

    >>> misread("Name~Phone", ["Ann~+12025550101"], ",")
    Misread(problem='delimiter', delimiter="'~'")
    """
    filled = [cell for cell in cells if cell.strip()]
    if filled and sum(map(looks_like_phone, filled)) >= PARTLY * len(filled):
        return None
    found = next(
        (character for character in (*_DETECTED, *_STRANGE, *_COMMON) if _cuts(character, header, filled)), None
    )
    if found is None:
        return None
    if found == delimiter or (quoted and found in _DETECTED):
        return Misread("quoted-lines")
    shown = {"\t": "tab", " ": "space"}.get(found, repr(found) if found.isprintable() else f"'\\x{ord(found):02x}'")
    return Misread("delimiter" if found.isascii() else "foreign-delimiter", shown)


def _split(cell: str, character: str) -> list[str]:
    """Return the fields of a line; quoted ones may hold the delimiter."""
    if '"' not in cell or character in '"\r\n':
        return cell.split(character)
    return next(csv.reader(io.StringIO(cell, newline=""), delimiter=character), [])


def _cuts(character: str, header: str, cells: Sequence[str]) -> bool:
    """Whether a character splits the header and most cells into as many fields, or only the cells, below a title."""
    names = header.split(character)
    rows = [_split(cell, character) for cell in cells]
    width = len(names)
    if width == 1 and rows and character in _STRANGE:
        width = Counter(map(len, rows)).most_common(1)[0][0]
    even = [row for row in rows if len(row) == width]
    if width < 2 or not all(name.strip() for name in names) or len(even) < EVENLY * len(rows):
        return False
    if character not in _COMMON and len(names) > 1:
        return True
    return any(sum(map(looks_like_phone, column)) >= PARTLY * len(rows) > 0 for column in zip(*even, strict=True))
