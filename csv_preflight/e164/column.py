"""A column of cells -> PhoneColumn: the engine first, and phonenumbers itself for what the engine leaves.

Cells that only differ from a plain one in their punctuation, or by a short extension, are tried once more in that
plainer form; the rest goes to phonenumbers, one distinct cell and region at a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import phonenumbers
from numpy.typing import NDArray
from phonenumbers import NumberParseException, PhoneNumberType, phonenumberutil

from csv_preflight.e164.engine import NO_REGION, PARSE_ERROR, SLOW, UNPAID, parse
from csv_preflight.e164.metadata import NO_PLAN, Integers, Tables
from csv_preflight.model import PhoneColumn
from csv_preflight.text import TextColumn

# Rows that are parsed at a time: their arrays fit the processor's cache.
BLOCK = 1 << 15
# So many numbers of a calling code have to come before its table is made: phonenumbers takes as long for them.
LEAST = 300
# Calls with fewer cells are not worth the tables of a region.
SMALL = 64
# "+", calling code and national number, and a little room.
E164_WIDTH = 24
LONGEST_INT64 = 18

_ODD_PUNCTUATION = "".join(
    character
    for character in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\uff0e\uff0f\u00a0\u00ad\u200b\u2060\u3000"
    "\uff08\uff09\uff3b\uff3d"
    if re.fullmatch(f"[{getattr(phonenumberutil, '_VALID_PUNCTUATION', '')}-]", character)
)
_PLAINER = str.maketrans(dict.fromkeys(_ODD_PUNCTUATION, "-"))
_EXTENSION = re.compile(
    r"([^0-9+;]{0,60}\+?(?:[- ().\[\]/]{0,40}[0-9]){3,20}\)?) {0,20}(?:[xX]|[eE]xt|EXT)\.? {0,20}[0-9]{1,7}"
)


class _Answers:
    """The arrays of a PhoneColumn while they are filled in."""

    def __init__(self, rows: int) -> None:
        self.status = np.full(rows, SLOW, np.int8)
        self.value = np.full(rows, PhoneNumberType.UNKNOWN, np.int32)
        self.number = np.zeros(rows, np.int64)
        self.text = np.zeros((rows, E164_WIDTH), np.uint8)
        self.length = np.zeros(rows, np.int64)

    def column(self, regions: Sequence[str]) -> PhoneColumn:
        starts = np.arange(len(self.status), dtype=np.int64) * E164_WIDTH
        line_type = (self.value & 255).astype(np.int8)
        return PhoneColumn(
            outcome=self.status,
            valid=line_type != PhoneNumberType.UNKNOWN,
            number=self.number,
            e164=TextColumn(self.text.ravel(), starts, starts + self.length),
            line_type=line_type,
            region=((self.value >> 8) - 1).astype(np.int16),
            regions=tuple(regions),
        )


def parse_column(
    tables: Tables | None,
    cells: TextColumn,
    regions: Sequence[str | None],
    which: NDArray[np.intp] | None,
    least: int = LEAST,
) -> PhoneColumn:
    """Return what phonenumbers says of every cell; without tables, of each by itself."""
    answers = _Answers(len(cells))
    index = np.zeros(len(cells), np.intp) if which is None else which
    own_tables = tables if tables is not None else Tables.__new__(Tables)
    if tables is None:
        own_tables.regions, own_tables._region_index = [], {}
    elif len(cells) >= SMALL or least < LEAST:
        plans = _plans(tables, regions, index, least)
        _fast(tables, cells, np.arange(len(cells)), plans[index], answers, least)
        _plainer(tables, cells, plans[index], answers, least)
    _slow(own_tables, cells, regions, index, answers)
    return answers.column(own_tables.regions)


def _plans(tables: Tables, regions: Sequence[str | None], index: NDArray[np.intp], least: int) -> Integers:
    """Return the plan of each default region: NO_PLAN where there are too few rows for one."""
    plans = np.full(len(regions), NO_REGION, np.int32)
    for place, rows in enumerate(np.bincount(index, minlength=len(regions)).tolist()):
        region = regions[place]
        if region is not None and region in phonenumbers.SUPPORTED_REGIONS:
            plans[place] = tables.plan(region) if tables.region_pays(region, rows, least) else NO_PLAN
    return plans


def _fast(
    tables: Tables,
    cells: TextColumn,
    rows: NDArray[np.intp],
    own: Integers,
    answers: _Answers,
    least: int,
    not_a_number: bool = True,
) -> None:
    """Fill in the answers of some rows; cells and own hold one entry for each of rows."""
    cells = cells.packed()
    for begin in range(0, len(rows), BLOCK):
        block = slice(begin, begin + BLOCK)
        packed = cells.part(begin, begin + BLOCK)
        offsets = np.concatenate([packed.starts[:1], packed.ends])
        parsed = parse(tables, packed.data, offsets, own[block], least)
        if not not_a_number:
            parsed.status[parsed.status == PARSE_ERROR + NumberParseException.NOT_A_NUMBER] = SLOW
        here = rows[block]
        answers.status[here], answers.value[here] = parsed.status, parsed.value
        good = np.flatnonzero(parsed.status < PARSE_ERROR)
        to = here[good]
        code, start = parsed.code[good], parsed.start[good]
        size = tables.code_size[code]
        total = size + parsed.length[good]
        number = np.zeros(len(good), np.int64)
        text = np.zeros((E164_WIDTH, len(good)), np.uint8)
        text[0] = ord("+")
        for position in range(int(total.max(initial=0))):
            digit = parsed.digits.at(start - size + np.int32(position))
            if position < 3:
                digit = np.where(size > position, tables.code_digits[code, position], digit)
            number = np.where(total > position, number * 10 + digit, number)
            text[position + 1] = digit + np.uint8(48)
        answers.text[to] = text.T
        answers.length[to] = total + 1
        answers.number[to] = np.where(total <= LONGEST_INT64, number, 0)


def _plainer(tables: Tables, cells: TextColumn, own: Integers, answers: _Answers, least: int) -> None:
    """Try the rows left over once more: with plainer punctuation, and without a short extension."""
    rows = np.flatnonzero(answers.status == SLOW)
    if not len(rows):
        return
    texts = cells.take(rows).tolist()
    plain = [_plain(text) for text in texts]
    changed = np.array([was != now for was, now in zip(texts, plain, strict=True)], bool)
    rows = rows[changed]
    again = TextColumn.of([text for text, did in zip(plain, changed.tolist(), strict=True) if did])
    _fast(tables, again, rows, own[rows], answers, least, not_a_number=False)


def _plain(text: str) -> str:
    if len(text) > phonenumberutil._MAX_INPUT_STRING_LENGTH:
        return text
    plain = text if text.isascii() else text.translate(_PLAINER)
    extended = _EXTENSION.fullmatch(plain)
    return extended[1] if extended else plain


def _slow(
    tables: Tables, cells: TextColumn, regions: Sequence[str | None], index: NDArray[np.intp], answers: _Answers
) -> None:
    """Ask phonenumbers about the rows that are left, once for each distinct cell and region."""
    rows = np.flatnonzero(answers.status >= UNPAID)
    if not len(rows):
        return
    # phonenumbers' own cache of 64 patterns thrashes in a column of many countries.
    getattr(phonenumbers, "enable_pattern_cache", lambda: None)()
    known: dict[tuple[str, int], int] = {}
    asked = zip(cells.take(rows).tolist(), index[rows].tolist(), strict=True)
    which = np.array([known.setdefault(pair, len(known)) for pair in asked], np.intp)
    found = [answer(text, regions[place]) for text, place in known]
    outcome = np.array([entry[0] for entry in found], np.int8)
    values = [entry[3] + 256 * tables.region_number(entry[4]) for entry in found]
    texts = [entry[2] for entry in found]
    answers.status[rows] = outcome[which]
    answers.value[rows] = np.array(values, np.int32)[which]
    encoded = np.array(texts, f"S{E164_WIDTH}").view(np.uint8).reshape(-1, E164_WIDTH)
    answers.text[rows] = encoded[which]
    answers.length[rows] = np.array([len(text) for text in texts])[which]
    numbers = [int(text[1:]) if 1 < len(text) <= LONGEST_INT64 + 1 else 0 for text in texts]
    answers.number[rows] = np.array(numbers, np.int64)[which]


def answer(text: str, region: str | None) -> tuple[int, bool, str, int, str | None]:
    """Return outcome, validity, E.164, line type and region of one text, straight from phonenumbers."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as error:
        return PARSE_ERROR + error.error_type, False, "", PhoneNumberType.UNKNOWN, None
    # The same as is_valid_number and format_number say, without finding region and type anew for each.
    found_in = phonenumbers.region_code_for_number(number)
    line_type = PhoneNumberType.UNKNOWN if found_in is None else phonenumbers.number_type(number)
    return (
        phonenumbers.is_possible_number_with_reason(number),
        line_type != PhoneNumberType.UNKNOWN,
        f"+{number.country_code}{phonenumbers.national_significant_number(number)}",
        line_type,
        found_in,
    )
