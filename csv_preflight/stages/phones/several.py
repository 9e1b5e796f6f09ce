"""Whether a phone cell holds more than one number, in full or abbreviated."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.text_column import TextColumn

Rows = NDArray[np.intp]

# Each of two numbers in a cell has at least this many digits; fewer are an area code, an extension or a suffix.
LEAST_DIGITS = 7
# Fewer digits after an area code and a slash are one group of a number.
_LEAST_SUBSCRIBER = 5

# Google Contacts joins several numbers by " ::: ".
NUMBER_BREAK = re.compile(r"[^\W\d_]+|[;,/|&\\\r\n]+|:{3}")
# Further numbers that differ only in their last digits: 23125001/2, 2312-01/-02, 23125001 or 02, 23125001 (2).
_SHORT = r"(?: ?[/;,&~] ?|(?<! ) ++(?:or|and|oder|und|u\.|ou|et|o|y|e) ++)(?:- ?)?[0-9]{1,4}| ?\([0-9]{1,4}\)"
_LAST_SHORT, _ALL_SHORT = (re.compile(f"(?:{_SHORT}){many}\\Z", re.IGNORECASE) for many in ("", "++"))
_EXTENSION_BEHIND_COMMA = re.compile(r",[ ]?[0-9]++#?\Z")


def digits_in(text: str) -> int:
    """Return how many digits a text has."""
    return sum(map(str.isdigit, text))


def is_several(text: str) -> bool:
    """Return whether a text holds two or more numbers.

    >>> is_several("202-555-0143 / 202-555-0144"), is_several("030 23125001 und 02"), is_several("030/23125001")
    (True, True, False)
    """
    if digits_in(text) < LEAST_DIGITS:
        return False
    parts = [part for part in NUMBER_BREAK.split(text) if digits_in(part) >= LEAST_DIGITS]
    if len(parts) > 1 or digits_in(text.rpartition("+")[0]) >= LEAST_DIGITS:
        return True
    if any("/" not in text[len(before) :] for before in _before_short(text)):
        return True
    # Too many digits for one number, with a gap between two that could be numbers.
    halves = re.split(r" {2,}|\t", text)
    return sum(digits_in(half) >= LEAST_DIGITS for half in halves) > 1 or _twins(text)


def before_slash(text: str) -> tuple[str, ...]:
    """Return the parts of a text that, if one is a possible number, make it an abbreviation of several numbers.

    >>> before_slash("030 23125001/2"), before_slash("+506 4000/1839"), before_slash("030 23125001")
    (('030 23125001',), ('+506 4000',), ())
    """
    return tuple(before for before in _before_short(text) if "/" in text[len(before) :])


def rows_of_several(parts: Sequence[tuple[int, str]], regions: Sequence[str | None], which: Rows | None) -> Rows:
    """Return the rows that abbreviate several numbers: the part before the slash is a possible number by itself.

    parts: rows, each with a result of ``before_slash`` for its cell; regions, which: of all rows, as in
    ``e164.parse_column``.  Without a region the cell is taken for several.
    """
    rows = np.array([row for row, _ in parts], np.intp)
    cells = TextColumn.of([part for _, part in parts])
    outcome = e164.parse_column(cells, regions, None if which is None else which[rows]).outcome
    may_be: Rows = rows[np.isin(outcome, (e164.POSSIBLE, e164.LOCAL_ONLY, e164.NO_CALLING_CODE))]
    return may_be


def _before_short(text: str) -> list[str]:
    """Return the numbers whose last digits may be replaced by the few digits after them."""
    last = None if _EXTENSION_BEHIND_COMMA.search(text) else _LAST_SHORT.search(text)
    if not last:
        return []
    # Search for all only if there is one at the end: the search is slow in a text full of them.
    found = dict.fromkeys(text[: match.start()] for match in (last, _ALL_SHORT.search(text)) if match)
    return [before for before in found if _may_be_followed(before)]


def _may_be_followed(first: str) -> bool:
    """Whether a text may be a number whose last digits are replaced by the digits after it."""
    ahead, _, number = first.rpartition("/")
    if not digits_in(number) or digits_in(first) < LEAST_DIGITS or ahead.count("/") > 1 or re.search("[;,&~]", first):
        return False
    # 030/23125001/2 means two numbers, 06/12/34/56/78 is one in pairs.
    return not ahead or digits_in(number) >= _LEAST_SUBSCRIBER


def _twins(text: str) -> bool:
    """Whether a text with too many digits for one number splits at a space into two possible ones."""
    digits, before = digits_in(text), 0
    for group in text.split(" ") if digits >= 18 else ():
        before += digits_in(group)
        if min(before, digits - before) >= 9:
            return True
    return False
