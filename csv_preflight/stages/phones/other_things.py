"""Texts that libphonenumber may parse although they are no phone numbers: dates, amounts, addresses, cards."""

from __future__ import annotations

import re
import unicodedata

_EMAIL_OR_LINK = re.compile(r"[^@]*@[^@]*|[a-z]+://.*|www\..*", re.IGNORECASE | re.DOTALL)
_DATE = re.compile(
    r"(?:(?P<year>[12][0-9]{3})(?P<sep1>[-/. ])(?P<a1>[0-9]{1,2})(?P=sep1)(?P<b1>[0-9]{1,2})"
    r"|(?P<a2>[0-9]{1,2})(?P<sep2>[-/.])(?P<b2>[0-9]{1,2})(?P=sep2)(?:[12][0-9]{3}|[0-9]{2})"
    r"|(?P<a3>[0-9]{2}) (?P<b3>[0-9]{2}) [12][0-9]{3})\.?"
    r"(?:[T ,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?(?: ?[AaPp]\.?[Mm]\.?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?(?: ?[AaPp]\.?[Mm]\.?)?")
_OCTET = r"(?:0|[1-9][0-9]{0,2})"
_IP_ADDRESS = re.compile(rf"({_OCTET})\.({_OCTET})\.({_OCTET})\.({_OCTET})(?:[:/][0-9]{{1,5}})?")
_AMOUNT = re.compile(
    r"-?[0-9]+[.,][0-9]{1,2}"  # 1234.50
    r"|-?[0-9]{7,}\.[0-9]+"  # 1234567.891
    r"|-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"  # 1,234,567.89
    r"|-?[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}\.[0-9]+"  # 12,34,567.89
    r"|-?[0-9]{1,3}(?:[.'\u2019 ][0-9]{3})+,[0-9]{1,2}"  # 1.234.567,89
    r"|-?[0-9]{1,3}(?:['\u2019 ][0-9]{3})+\.[0-9]{1,2}"  # 1'234'567.89
    r"|-[0-9]+(?:[.,][0-9]+)?"  # a negative number
    r"|[0-9.,]+ ?%"
)
_CARD = re.compile(r"[2-6][0-9]{3}([- ]?)[0-9]{4}\1[0-9]{4}\1[0-9]{4}|3[47][0-9]{2}([- ]?)[0-9]{6}\2[0-9]{5}")


def something_else(text: str) -> str | None:
    """Return what a text is if it is no phone number although libphonenumber may parse it; None if it may be one.

    >>> something_else("2024-01-31"), something_else("1,234.50"), something_else("202-555-0143")
    ('date', 'amount', None)
    """
    if _EMAIL_OR_LINK.fullmatch(text):
        return "email" if "@" in text else "link"
    if (date := _DATE.fullmatch(text)) and _is_date(date):
        return "date"
    if _TIME.fullmatch(text):
        return "time"
    if (address := _IP_ADDRESS.fullmatch(text)) and all(int(octet) <= 255 for octet in address.groups()):
        return "ip"
    if _AMOUNT.fullmatch(text) or _has_currency(text):
        return "amount"
    if _CARD.fullmatch(text) and _luhn(text):
        return "card"
    return None


def _has_currency(text: str) -> bool:
    return "$" in text if text.isascii() else any(unicodedata.category(character) == "Sc" for character in text)


def _is_date(match: re.Match[str]) -> bool:
    which = next(which for which in "123" if match[f"a{which}"])
    one, other = int(match[f"a{which}"]), int(match[f"b{which}"])
    return 1 <= min(one, other) <= 12 and 1 <= max(one, other) <= 31


def _luhn(text: str) -> bool:
    digits = [int(character) for character in reversed(text) if character.isdigit()]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0
