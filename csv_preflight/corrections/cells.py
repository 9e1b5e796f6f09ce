"""Recognize cells that only a spreadsheet has changed, and return the cell of the list."""

from __future__ import annotations

import re

from csv_preflight.formulas import unescaped

_NUMBER = re.compile(r"\+?[0-9]+(?:[.,][0-9]+)?", re.ASCII)
_DIGITS = re.compile(r"[0-9]{8,15}", re.ASCII)
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]{1,14}))?E\+?([0-9]{1,3})", re.ASCII | re.IGNORECASE)
_POWER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?E\+?[0-9]{1,2}", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})", re.ASCII)
_PAIR = re.compile(r"([0-9]{1,4})[-/.]([0-9]{1,4})", re.ASCII)
_WITH_MONTH = re.compile(r"([0-9]{1,4})[-. /]{1,2}[^\W\d_]{3,5}\.?(?:[-. /]{1,2}([0-9]{2,4}))?")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00)?\Z")
_FEWEST_DIGITS = 9


def corrected_cell(cell: str, before: str) -> str:
    """Return the value of a cell in a corrected rejects file.  before: the cell of the list.

    A cell that differs from the list's only as spreadsheets change cells when they open and save a file counts as
    unchanged: an apostrophe before a formula, lost zeros and plus signs, 1.2E+10, dates in another form, other line
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


def may_be_meant(cell: str, before: str) -> bool:
    """Whether a cell that counts as unchanged may be a number that somebody has typed without its country code.

    >>> may_be_meant("2025550000", "2.02555E+09"), may_be_meant("7400123456", "07400123456")
    (True, True)
    >>> may_be_meant("12025550143", "+12025550143"), may_be_meant("2025550000", "2025550143")
    (False, False)
    """
    typed = _DIGITS.fullmatch(cell) is not None and cell != before.lstrip("+")
    return typed and corrected_cell(cell, before) == before


def _is_saved(cell: str, before: str) -> bool:
    """Whether a spreadsheet may save the cell of the list in this form."""
    if _lines(cell) == _lines(before):
        return True
    if before.isascii() and _is_date(cell, before):
        return True
    if not cell.isascii() or not before.isascii():
        return len(cell) == len(before) and _is_replaced(cell, before)
    if cell in ("TRUE", "FALSE") and before.upper() == cell:
        return True
    if before[:1].isdigit() or before[:1] == "+":
        return _is_number(cell, before) or _is_power(cell, before)
    return False


def _lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _is_replaced(cell: str, before: str) -> bool:
    """Whether only letters beyond ASCII have become question marks."""
    return all(new == old or (new == "?" and not old.isascii()) for new, old in zip(cell, before, strict=True))


def _is_number(cell: str, before: str) -> bool:
    """Whether a number has only lost its plus sign, zeros, or digits that the spreadsheet does not show."""
    if not _NUMBER.fullmatch(before):
        return False
    whole, _, rest = before.lstrip("+").replace(",", ".").partition(".")
    whole = whole.lstrip("0") or "0"
    shown = f"{whole}.{rest.rstrip('0')}".rstrip(".")
    if cell.replace(",", ".") == shown:
        return True
    match = _SCIENTIFIC.fullmatch(cell)
    if not match or rest or len(whole) < _FEWEST_DIGITS or int(match[3]) != len(whole) - 1:
        return False
    digits = match[1] + (match[2] or "")
    return abs(int(digits) - int(whole[: len(digits)])) <= 1  # the last digit may be rounded


def _is_power(cell: str, before: str) -> bool:
    """Whether a code such as 1e5 was taken for a power of ten."""
    if not _POWER.fullmatch(before):
        return False
    plain = cell.replace(",", ".")
    return bool(_NUMBER.fullmatch(cell) or _POWER.fullmatch(plain)) and float(plain) == float(before)


def _is_date(cell: str, before: str) -> bool:
    """Whether a cell is the same date in another form, or a date that was made of two numbers."""
    new, old = (_MIDNIGHT.sub("", one) for one in (cell, before))
    numbers = _numbers(old)
    if worded := _WITH_MONTH.fullmatch(new):
        return bool(numbers) and all(int(number) % 100 in numbers for number in worded.groups() if number)
    date = _DATE.fullmatch(new)
    if date is None or not numbers:
        return False
    if len(numbers) == 2:
        return set(numbers) <= set(_numbers(new))
    same_form = _form(date) == _form(_DATE.fullmatch(old)) and new == cell
    return not same_form and sorted(_numbers(new)) == sorted(numbers)


def _numbers(text: str) -> list[int]:
    """Return the last two digits of each number in a date, or in two numbers that a spreadsheet takes for a date."""
    found = _DATE.fullmatch(text) or _PAIR.fullmatch(text)
    return [int(group) % 100 for group in found.groups() if group.isdigit()] if found else []


def _form(date: re.Match[str] | None) -> tuple[str, int, int] | None:
    return None if date is None else (date[2], len(date[1]), len(date[4]))
