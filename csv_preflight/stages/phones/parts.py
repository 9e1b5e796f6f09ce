"""The numbers of a cell with several: it is rejected in a list to call, but suppresses all of them."""

from __future__ import annotations

import re

# Fewer digits are an area code or the last digits of a second number; libphonenumber refuses more.
_LEAST, _SHORT, _MOST = 7, 4, 20
_BREAK = re.compile(r"[^\W\d_]+|[;,/|&~\\\r\n\t]+|:{3}| {2,}|(?<=[0-9)]) *(?=\+)")
_LAST = re.compile(r"(?P<first>.*[0-9])(?:[^0-9+()]+|[^0-9]*\()(?P<last>[0-9]{1,4})\)?", re.DOTALL)


def numbers_in(text: str) -> list[str]:
    """Return the candidates for numbers in a cell.

    >>> numbers_in("+12025550101 / +12025550133"), numbers_in("030 23125001/02")
    (['+12025550101', '+12025550133'], ['030 23125001', '030 23125002'])
    """
    parts = [part.strip() for part in _BREAK.split(text)]
    result = [part for part in parts if _LEAST <= _digits(part) <= _MOST]
    if short := _LAST.fullmatch(text.strip()):
        first, last = short["first"].strip(), short["last"]
        if _LEAST <= _digits(first) <= _MOST:
            result += [first, first[: -len(last)] + last]
    for part in parts:
        result += _halves(part)
    return list(dict.fromkeys(result))


def _halves(text: str) -> list[str]:
    """Return the halves of a text with too many digits, for each space where both could be numbers."""
    groups = text.split(" ") if _digits(text) > _MOST - _SHORT else []
    halves = [(" ".join(groups[:index]), " ".join(groups[index:])) for index in range(1, len(groups))]
    return [half for pair in halves if min(map(_digits, pair)) > _LEAST for half in pair]


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
