"""The numbers of a cell with several: it is rejected in a list to call, but suppresses all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

# Fewer digits are an area code or the last digits of a further number; libphonenumber refuses more.
_LEAST, _SHORT, _MOST = 7, 4, 20
# A number without its area code has 5 to 8 digits, and does not begin with a zero.
_LEAST_LOCAL, _MOST_LOCAL = 5, 8
# A bracket in front of last digits, as in 23125001 (02), not of an area code.
_BRACKET = r"(?<=[0-9)]) *\((?![0-9]+\)[-. ]*[0-9])"
_BREAK = re.compile(rf"([^\W\d_]+|[;,/|&~\\\r\n\t]+|:{{3}}| {{2,}}|(?<=[0-9)]) *(?=\+)|{_BRACKET})")
_LAST = re.compile(r"(?P<first>.*[0-9])(?:[^0-9+()]+|[^0-9]*\()(?P<last>[0-9]{1,4})\)?", re.DOTALL)
_GROUP = re.compile(r"\d+")
# After any other word, digits are an extension or something else.
_AND = frozenset(("or", "and", "oder", "und", "u", "ou", "et", "o", "y", "e", "bzw", "sowie"))


def numbers_in(text: str) -> list[str]:
    """Return the candidates for numbers in a cell.

    >>> numbers_in("+12025550101 / +12025550133"), numbers_in("030 23125001/02/03")
    (['+12025550101', '+12025550133'], ['030 23125001', '030 23125002', '030 23125003'])
    """
    split = _BREAK.split(text)
    parts, breaks = [part.strip() for part in split[::2]], ["", *split[1::2]]
    result = [part for part in parts if _LEAST <= _digits(part) <= _MOST]
    abbreviated = [*_abbreviated(parts, breaks)]
    result += abbreviated
    short = None if abbreviated else _LAST.fullmatch(text.strip())
    if short and _LEAST <= _digits(first := short["first"].strip()) <= _MOST:
        result += [first, _replaced(first, short["last"])]
    for part in parts:
        result += _halves(part)
    return list(dict.fromkeys(result))


def _abbreviated(parts: list[str], breaks: list[str]) -> Iterator[str]:
    """Yield numbers that are in several parts: behind an area code and a slash, or only their last digits.

    breaks: what is before each part.
    """
    area = whole = ""
    for part, between in zip(parts, breaks, strict=True):
        digits, local = _digits(part), part[:1] not in ("+", "0")
        if between[:1].isalpha() and between.lower() not in _AND:
            whole = ""
        if not digits:
            continue
        if area and between == "/" and local and digits >= _LEAST_LOCAL and _digits(area + part) <= _MOST:
            whole, area = f"{area}/{part}", ""
            yield whole
        elif 1 < digits < _LEAST and (not local or not whole):
            # It may also be the last digits, and then what follows is, too.
            area = part
            if whole and part[0] != "+":
                yield from _with_last(whole, part)
        elif whole and local and digits <= _MOST_LOCAL and digits < _digits(whole):
            area = ""
            yield from _with_last(whole, part)
        else:
            area, whole = "", part if _LEAST <= digits <= _MOST else whole


def _with_last(number: str, part: str) -> Iterator[str]:
    """Yield a number with other last digits: all those of a part, and each group of a few of them."""
    yield _replaced(number, "".join(filter(str.isdigit, part)))
    if _digits(part) <= _SHORT:
        yield from (_replaced(number, group) for group in _GROUP.findall(part))


def _replaced(number: str, last: str) -> str:
    """Return a number with other last digits."""
    places = [place for place, character in enumerate(number) if character.isdigit()]
    return number[: places[-len(last)]] + last


def _halves(text: str) -> list[str]:
    """Return the halves of a text with too many digits, for each space where both could be numbers.

    A half with too many digits for one number is left out.
    """
    groups = text.split(" ") if _digits(text) > _MOST - _SHORT else []
    # Each space where a group with digits ends: the digits before it.
    before = [*accumulate(map(_digits, groups))]
    halves: list[str] = []
    for index, first in enumerate(before[:-1], 1):
        second = before[-1] - first
        if min(first, second) <= _LEAST or not _digits(groups[index - 1]):
            continue
        if first <= _MOST:
            halves.append(" ".join(groups[:index]))
        if second <= _MOST:
            halves.append(" ".join(groups[index:]))
    return halves


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
