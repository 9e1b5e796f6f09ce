"""The numbers of a cell with several: it is rejected in a list to call, but suppresses all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, pairwise

from csv_preflight.stages.phones.several import digits_in

# Fewer digits are an area code or the last digits of a further number; libphonenumber refuses more.
_LEAST, _SHORT, _MOST = 7, 4, 20
# A number without its area code has 5 to 8 digits, and does not begin with a zero.
_LEAST_LOCAL, _MOST_LOCAL = 5, 8
# A bracket in front of last digits, as in 23125001 (02), not of an area code.
_BRACKET = r"(?<=[0-9)]) *\((?![0-9]+\)[-. ]*[0-9])"
_BREAK = re.compile(rf"([^\W\d_]+|[;,/|&~\\\r\n\t]+|:{{3}}| {{2,}}|(?<=[0-9)]) *(?=\+)|{_BRACKET})")
_LAST = re.compile(r"(?P<first>.*[0-9])(?:[^0-9+()]+|[^0-9]*\()(?P<last>[0-9]{1,4})\)?", re.DOTALL)
_GROUP, _WORD = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
# Characters that are not between the digits of one number, or seldom.
_GAP = re.compile(r"[^-. ()\[\]]|[-. ]{2}")
# Words between the first and the last of many numbers, and between two.  After any other word, digits are an extension
# or something else.
_TO = frozenset(
    ("to", "til", "till", "until", "thru", "through", "bis", "a", "à", "al", "até", "hasta", "jusqu", "tot")
)
_AND = _TO | {"and", "or", "und", "oder", "u", "bzw", "sowie", "et", "ou", "y", "o", "e", "plus", "en", "of", "och"}
_AND |= {"eller", "og", "ja", "tai", "i", "oraz", "lub", "nebo", "és", "vagy", "și", "si", "sau", "ve", "veya"}
_AND |= {"и", "или", "та", "або", "και", "ή", "و", "أو", "和", "或", "及", "と", "または"}
# The first and the last of more numbers than this mean only these two.
_MOST_BETWEEN = 100


def numbers_in(text: str) -> list[str]:
    """Return the candidates for numbers in a cell.

    >>> numbers_in("+12025550101 / +12025550133"), numbers_in("030 23125001/02/03")
    (['+12025550101', '+12025550133'], ['030 23125001', '030 23125002', '030 23125003'])
    """
    split = _BREAK.split(text)
    parts, breaks = [part.strip() for part in split[::2]], ["", *split[1::2]]
    result = [part for part in parts if _LEAST <= digits_in(part) <= _MOST]
    abbreviated = [*_abbreviated(parts, breaks)]
    result += abbreviated
    short = None if abbreviated else _LAST.fullmatch(text.strip())
    if short and _LEAST <= digits_in(first := short["first"].strip()) <= _MOST:
        result += [first, _replaced(first, short["last"])]
    for part in parts:
        result += _halves(part)
    return list(dict.fromkeys(result))


def with_other_endings(text: str, valid: Collection[str]) -> list[str]:
    """Return the candidates for a number at the beginning of a text, and those that end in the few digits after it.

    valid: which candidates in the text are valid numbers.

    >>> with_other_endings("202-555-0143 44 - 45", [])
    ['202-555-0143', '202-555-0144', '202-555-0145', '202-555-0143 44', '202-555-0143 45']
    """
    spans = [(at, at + len(part)) for part in valid if (at := text.find(part)) >= 0]
    groups = list(_GROUP.finditer(text))
    parts = {part.strip() for part in _BREAK.split(text)}
    first = max((last for begin, last in spans if not digits_in(text[:begin]) and text[begin:last] in parts), default=0)
    result: list[str] = []
    digits = 0
    for place, (group, following) in enumerate(pairwise(groups), 1):
        digits, end = digits + len(group[0]), group.end()
        is_wide = _GAP.search(text, end, following.start())
        if digits >= _LEAST and (end >= first or is_wide):
            behind = [span for span in spans if span[0] >= end]
            others = [(begin, last) for begin, last in behind if _is_alike(text[begin:last], text[:end])]
            result += [text[:end], *_endings(text[:end], groups[place:], others, is_one=first == len(text))]
        if digits > _MOST or (digits >= _LEAST and is_wide):
            break
    return list(dict.fromkeys(result))


def _is_alike(part: str, number: str) -> bool:
    """Whether a part that may be a number is written like one, not like several endings of another."""
    sizes = [*map(len, _GROUP.findall(part))]
    return part[0] in "+0(" or max(sizes) > _SHORT or sizes == [*map(len, _GROUP.findall(number))][-len(sizes) :]


def _endings(
    number: str, groups: Sequence[re.Match[str]], others: Sequence[tuple[int, int]], *, is_one: bool
) -> Iterator[str]:
    """Yield a number with each group of a few digits after it in a text in place of its last digits.

    others: the spans of further numbers in the text.  is_one: whether the whole text is a valid number, too.
    """
    shape = [*map(len, _GROUP.findall(number))]
    previous, at = number, len(number)
    local: list[str] = []
    for group in groups:
        gap, at = group.string[at : group.start()], group.end()
        if not _AND.issuperset(_WORD.findall(gap.lower())):
            return
        if any(begin <= group.start() < end for begin, end in others):
            continue
        local = [group[0]] if _GAP.search(gap) else [*local, group[0]]
        if len(local) > 1 and [*map(len, local)] == shape[-len(local) :]:
            yield _replaced(number, "".join(local))
        if len(group[0]) <= _SHORT:
            last = _replaced(number, group[0])
            if not is_one:
                yield from _between(previous, last, gap, len(group[0]))
            yield last
            previous = last


def _between(first: str, last: str, gap: str, size: int) -> Iterator[str]:
    """Yield the numbers between two that differ in their last digits, if what is between them says so."""
    if gap.strip(" ()") not in ("-", "…", "...") and _TO.isdisjoint(_WORD.findall(gap.lower())):
        return
    begin, end = (int("".join(_GROUP.findall(number))[-size:]) for number in (first, last))
    if begin < end <= begin + _MOST_BETWEEN:
        yield from (_replaced(last, str(one).zfill(size)) for one in range(begin + 1, end))


def _abbreviated(parts: list[str], breaks: list[str]) -> Iterator[str]:
    """Yield numbers that are in several parts: behind an area code and a slash, or only their last digits.

    breaks: what is before each part.
    """
    area = whole = ""
    for part, between in zip(parts, breaks, strict=True):
        digits, local = digits_in(part), part[:1] not in ("+", "0")
        if between[:1].isalpha() and between.lower() not in _AND:
            whole = ""
        if not digits:
            continue
        if area and between == "/" and local and digits >= _LEAST_LOCAL and digits_in(area + part) <= _MOST:
            whole, area = f"{area}/{part}", ""
            yield whole
        elif 1 < digits < _LEAST and (not local or not whole):
            # It may also be the last digits, and then what follows is, too.
            area = part
            if whole and part[0] != "+":
                yield from _with_last(whole, part)
        elif whole and local and digits <= _MOST_LOCAL and digits < digits_in(whole):
            area = ""
            yield from _with_last(whole, part)
        else:
            area, whole = "", part if _LEAST <= digits <= _MOST else whole


def _with_last(number: str, part: str) -> Iterator[str]:
    """Yield a number with other last digits: all those of a part, and each group of a few of them."""
    yield _replaced(number, "".join(filter(str.isdigit, part)))
    if digits_in(part) <= _SHORT:
        yield from (_replaced(number, group) for group in _GROUP.findall(part))


def _replaced(number: str, last: str) -> str:
    """Return a number with other last digits."""
    places = [place for place, character in enumerate(number) if character.isdigit()]
    return number[: places[-len(last)]] + last


def _halves(text: str) -> list[str]:
    """Return the halves of a text with too many digits, for each space where both could be numbers.

    A half with too many digits for one number is left out.
    """
    groups = text.split(" ") if digits_in(text) > _MOST - _SHORT else []
    # Each space where a group with digits ends: the digits before it.
    before = [*accumulate(map(digits_in, groups))]
    halves: list[str] = []
    for index, first in enumerate(before[:-1], 1):
        second = before[-1] - first
        if min(first, second) <= _LEAST or not digits_in(groups[index - 1]):
            continue
        if first <= _MOST:
            halves.append(" ".join(groups[:index]))
        if second <= _MOST:
            halves.append(" ".join(groups[index:]))
    return halves
