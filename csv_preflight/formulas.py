"""Cells that a spreadsheet would run: escape them with an apostrophe in the rejects file, and undo that."""

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
