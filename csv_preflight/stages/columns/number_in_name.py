"""Phone numbers in the fields of a first line, with labels and other words around them, or several in one field."""

from __future__ import annotations

import re
from collections.abc import Callable

_LEAST_DIGITS = 7
# National numbers that stand out among any words: an area code with its 0 and, set off from it, a subscriber's number;
# digits in pairs; a mobile number in one piece; 00 and a country code.
_NATIONAL = re.compile(
    r"(?<![\w.,+-])(?<![0-9][/:])(?:"
    r"\(?0[1-9][0-9]{1,4}\)?[ /-]{1,3}[1-9](?:[ /-]{0,3}[0-9]){4,8}"
    r"|0[1-9]([ .-])[0-9]{2}(?:\1[0-9]{2}){3}"
    r"|0[1-9][0-9]{8,10}"
    r"|00[1-9][0-9]{0,2}[ /-]\(?[0-9](?:[ /()-]{0,3}[0-9]){6,12}"
    r")(?![\w.][0-9]|[0-9])"
)
_LEAST_NATIONAL = 9
# From one year, or one day as in 010124, to another.
_SPAN = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2} ?[-/] ?(?:19|20)[0-9]{2}|[0-3][0-9][01][0-9]{3} ?[-/] ?[0-3][0-9][01][0-9]{3})"
    r"(?![0-9])"
)
_PART_OF_A_DATE = re.compile(r"[0-9]{1,2}|(?:19|20)[0-9]{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))?")
_WORD = re.compile(r"[^\W\d_]+")
# What separates numbers in a field.  A slash may also be inside one.
_BREAK = re.compile(r"[^\W\d_]+|[:;,|&\r\n]+")
_AROUND = " \t.:/#'\"<>-"
_OR = re.compile("and|or|und|oder|et|ou|y|e|o|u|i|en|of|og|och")
# Beside another label; alone, a number may be any.
_ANY_NUMBER = re.compile("number|no|nr|num|numero|número|numéro|nummer")
# Beside the words for a telephone.
_LABEL = re.compile(
    "home|work|office|business|private|personal|landline|main|direct|ext|x|[tmphw]|"
    "privat|festnetz|büro|buero|zentrale|durchwahl|dw|dienstlich|geschäftlich|fixe|bureau|domicile|"
    "fijo|casa|trabajo|oficina|ufficio|lavoro|fisso|thuis|werk"
)


def holds_number(name: str, is_number: Callable[[str], bool], is_phone_word: Callable[[str], bool]) -> bool:
    """Return whether a field of a first line holds a phone number beside a label or among words, or several numbers.

    is_number: whether a text has the shape of a phone number; is_phone_word: whether a word says that it is one.
    """
    if any(_is_national(match[0]) for match in _NATIONAL.finditer(name)):
        return True
    words = [word.casefold() for word in _WORD.findall(name)]
    labels = [word for word in words if not (_OR.fullmatch(word) or _ANY_NUMBER.fullmatch(word))]
    if not all(_LABEL.fullmatch(word) or is_phone_word(word) for word in labels):
        return False
    numbers = [part for part in _parts(name) if is_number(part) and not _is_date(part)]
    return len(numbers) > 1 or bool(numbers and labels)


def _is_national(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= _LEAST_NATIONAL and not _SPAN.search(text)


def _parts(name: str) -> list[str]:
    """Return the texts between words and separators; those between slashes only if each may be a number."""
    result: list[str] = []
    for part in _BREAK.split(name):
        between = part.split("/")
        whole = any(sum(map(str.isdigit, one)) < _LEAST_DIGITS for one in between)
        result += [part] if whole else between
    return [part.strip(_AROUND) for part in result]


def _is_date(text: str) -> bool:
    """Whether all digits of a text are those of days, months and years."""
    groups = re.findall("[0-9]+", text)
    return all(map(_PART_OF_A_DATE.fullmatch, groups)) and any(len(group) >= 4 for group in groups)
