"""Numbers of a spreadsheet -> text with exactly the digits that it keeps."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

# A spreadsheet keeps 15 digits; the format General shows 11, then switches to 1.2E+11.
MOST_DIGITS = 15
MOST_SHOWN = 11
# No number of a workbook is larger than 1.8E+308.
LONGEST = 400


def plain(stored: str) -> str | None:
    """Return a stored number without exponent and stray zeros; None if it is not a number.

    >>> plain("12025550143"), plain("1.2025550143E10"), plain("0.30000000000000004"), plain("1E-7")
    ('12025550143', '12025550143', '0.3', '0.0000001')
    """
    if not stored.isascii():
        return None
    if stored.isdigit() and len(stored) < LONGEST:
        return stored.lstrip("0") or "0"
    try:
        value = Decimal(stored.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > LONGEST:
        return None
    if value != value.to_integral_value():
        # Digits of a fraction beyond the 15th come from converting decimal to binary.
        value = Decimal(format(float(value), f".{MOST_DIGITS}g"))
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def is_rounded(number: str) -> bool:
    """Whether a spreadsheet cannot keep all digits of a number.

    >>> is_rounded("999999999999999"), is_rounded("1234567890123456")
    (False, True)
    """
    return len(number.partition(".")[0].lstrip("-")) > MOST_DIGITS


def is_shown_short(number: str) -> bool:
    """Whether the format General shows a number as 1.2E+11."""
    return len(number.partition(".")[0].lstrip("-")) > MOST_SHOWN
