"""A number and its format -> the text of a cell."""

from __future__ import annotations

from csv_preflight.workbooks.dates import elapsed, iso
from csv_preflight.workbooks.formats import NumberFormat
from csv_preflight.workbooks.numbers import is_rounded, is_shown_short, plain
from csv_preflight.workbooks.remarks import Kind


def number_cell(stored: str, form: NumberFormat, *, from_1904: bool = False) -> tuple[str, Kind | None]:
    """Return the text of a stored number, and any remark.

    from_1904: days are counted from 1904-01-01.
    """
    number = plain(stored)
    if number is None:
        return stored, None
    if form.is_elapsed:
        return elapsed(float(number)), None
    if form.has_date or form.has_time:
        moment = iso(float(number), has_date=form.has_date, has_time=form.has_time, from_1904=from_1904)
        if moment is not None:
            return moment, None
    shown = form.shown(number) or number
    if is_rounded(number):
        return shown, Kind.ROUNDED
    if (form.is_general and is_shown_short(number)) or form.is_scientific:
        return shown, Kind.SCIENTIFIC
    return shown, None


def truth(*, value: bool) -> str:
    """Return a boolean as a spreadsheet shows it."""
    return "TRUE" if value else "FALSE"
