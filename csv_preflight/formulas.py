"""Cells that a spreadsheet would run, which get an apostrophe in the rejects file; and its letters for columns."""

from __future__ import annotations

import re

# Text that a spreadsheet runs as a formula, after any apostrophes of earlier escapes.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_ESCAPED = re.compile(r"''*[=+\-@\t\r\n]")
_PHONE_SHAPED = re.compile(r"\+?[0-9][-0-9 ().]*", re.ASCII)


def formula_safe(cell: str) -> str:
    """Return a cell with an apostrophe before a formula; phone numbers stay as they are.

    >>> formula_safe("=1+2"), formula_safe("+1 202 555 0143"), formula_safe("'=1+2")
    ("'=1+2", '+1 202 555 0143', "''=1+2")
    """
    if _FORMULA.match(cell) and not _PHONE_SHAPED.fullmatch(cell):
        return "'" + cell
    return cell


def is_escaped(cell: str) -> bool:
    """Whether a cell begins with the apostrophe of ``formula_safe``."""
    return bool(_ESCAPED.match(cell))


def unescaped(cell: str) -> str:
    """Return a cell as it was before ``formula_safe``.

    >>> unescaped("'=1+2"), unescaped("+1 202 555 0143"), unescaped("''=1+2"), unescaped("'Ann'")
    ('=1+2', '+1 202 555 0143', "'=1+2", "'Ann'")
    """
    return cell[1:] if is_escaped(cell) else cell


def spreadsheet_letters(column: int) -> str:
    """Return a column's letters in a spreadsheet; column: its number from 1.

    >>> spreadsheet_letters(1), spreadsheet_letters(26), spreadsheet_letters(27), spreadsheet_letters(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    before, last = divmod(column - 1, 26)
    return (spreadsheet_letters(before) if before else "") + chr(ord("A") + last)
