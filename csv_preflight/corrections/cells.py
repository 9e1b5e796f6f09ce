"""What a spreadsheet has made of a cell that nobody has changed -> the cell of the list."""

from __future__ import annotations

import re

from csv_preflight.formulas import unescaped

_NUMBER = re.compile(r"\+?[0-9]+(?:[.,][0-9]+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]{1,14}))?E\+?([0-9]{1,3})", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})", re.ASCII)
_FEWEST_DIGITS = 9


def corrected_cell(cell: str, before: str) -> str:
    """Return what a cell of a corrected rejects file means; before: the cell of the list.

    A cell that differs from the list's only by what spreadsheets do to cells when they open and save a file is taken
    for unchanged: an apostrophe before a formula, lost zeros and plus signs, 1.2E+10, dates in another form, other line
    endings, letters that the encoding of the saved file does not have.

    >>> corrected_cell("'=1", "=1"), corrected_cell("1.20256E+10", "12025550143"), corrected_cell("7", "007")
    ('=1', '12025550143', '007')
    >>> corrected_cell("01.03.2024", "2024-03-01"), corrected_cell("Jos?", "José"), corrected_cell("'=2", "=1")
    ('2024-03-01', 'José', '=2')
    """
    if cell == before:
        return before
    plain = unescaped(cell)
    return before if plain == before or _is_saved(plain, before) else plain


def _is_saved(cell: str, before: str) -> bool:
    """Whether a spreadsheet saves a cell of the list in this form."""
    if _lines(cell) == _lines(before):
        return True
    if not cell.isascii() or not before.isascii():
        return len(cell) == len(before) and _is_replaced(cell, before)
    if cell in ("TRUE", "FALSE") and before.upper() == cell:
        return True
    if before[:1].isdigit() or before[:1] == "+":
        return _is_number(cell, before) or _is_date(cell, before)
    return False


def _lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _is_replaced(cell: str, before: str) -> bool:
    """Whether only letters beyond ASCII have become question marks."""
    return all(new == old or (new == "?" and not old.isascii()) for new, old in zip(cell, before, strict=True))


def _is_number(cell: str, before: str) -> bool:
    """Whether a number has lost its plus sign, zeros or digits that are not shown."""
    if not _NUMBER.fullmatch(before):
        return False
    whole, _, rest = before.lstrip("+").replace(",", ".").partition(".")
    whole = whole.lstrip("0") or "0"
    shown = f"{whole}.{rest.rstrip('0')}".rstrip(".")
    if cell.replace(",", ".") == shown:
        return True
    found = _SCIENTIFIC.fullmatch(cell)
    if not found or rest or len(whole) < _FEWEST_DIGITS or int(found[3]) != len(whole) - 1:
        return False
    digits = found[1] + (found[2] or "")
    return abs(int(digits) - int(whole[: len(digits)])) <= 1  # the last digit may be rounded


def _is_date(cell: str, before: str) -> bool:
    """Whether a date is the same one in another form, and not another date in the same form."""
    new, old = _DATE.fullmatch(cell), _DATE.fullmatch(before)
    if not new or not old or _form(new) == _form(old):
        return False
    return sorted(int(new[place]) % 100 for place in (1, 3, 4)) == sorted(int(old[place]) % 100 for place in (1, 3, 4))


def _form(date: re.Match[str]) -> tuple[str, int, int]:
    return date[2], len(date[1]), len(date[4])
