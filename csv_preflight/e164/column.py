"""A column of cells -> PhoneColumn: the engine first, then phonenumbers for what the engine leaves.

Cells that the engine leaves only because of their punctuation or a short extension are simplified and parsed again.
The rest go to phonenumbers, one distinct pair of cell and region at a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import phonenumbers
from numpy.typing import NDArray
from phonenumbers import NumberParseException, phonenumberutil

from csv_preflight import kernels
from csv_preflight.e164.engine import KINDS, NO_REGION, arrays, parse
from csv_preflight.e164.metadata import NO_PLAN, Integers, Tables
from csv_preflight.e164.single import E164_WIDTH, LONGEST_INT64, PARSE_ERROR, SLOW, Answers, fill
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.text_column import TextColumn

Rows = NDArray[np.intp]

# Rows parsed at a time: their arrays fit the processor's cache.
BLOCK = 1 << 15
# A calling code's table is made after this many of its numbers: phonenumbers takes as long to parse them.
LEAST = 300

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


def parse_column(
    tables: Tables, cells: TextColumn, regions: Sequence[str | None], index: NDArray[np.intp], least: int = LEAST
) -> PhoneColumn:
    """Parse every cell.  index[i]: index of row i's default region; least: see Tables.pays."""
    answers = Answers(len(cells))
    plans = _plans(tables, regions, index, least)
    _fast(tables, cells, np.arange(len(cells)), plans[index], answers, least)
    _plainer(tables, cells, plans[index], answers, least)
    fill(answers, cells, regions, index, tables.regions.number)
    return answers.column(tables.regions)


def _plans(tables: Tables, regions: Sequence[str | None], index: NDArray[np.intp], least: int) -> Integers:
    """Return the plan of each default region, NO_PLAN for a region with too few rows to pay for one."""
    plans = np.full(len(regions), NO_REGION, np.int32)
    for position, rows in enumerate(np.bincount(index, minlength=len(regions)).tolist()):
        region = regions[position]
        if region is not None and region in phonenumbers.SUPPORTED_REGIONS:
            plans[position] = tables.plan(region) if tables.region_pays(region, rows, least) else NO_PLAN
    return plans


def _fast(
    tables: Tables,
    cells: TextColumn,
    rows: Rows,
    own: Integers,
    answers: Answers,
    least: int,
    not_a_number: bool = True,
) -> None:
    """Fill in the answers of some rows.  rows: ascending; cells, own: one entry for each of them."""
    cells = cells.packed()
    for begin in range(0, len(rows), BLOCK):
        block = slice(begin, begin + BLOCK)
        packed, here, plans = cells.part(begin, begin + BLOCK), rows[block], own[block]
        if kernels.compiled:
            left = np.flatnonzero(~_compiled(tables, packed, here, plans, answers, least))
            packed, here, plans = packed.take(left).packed(), here[left], plans[left]
        if len(here):
            _parsed(tables, packed, here, plans, answers, least, not_a_number=not_a_number)


def _compiled(
    tables: Tables, cells: TextColumn, rows: Rows, own: Integers, answers: Answers, least: int
) -> NDArray[np.bool_]:
    """Parse what the compiled loop can, which makes no tables and knows only ASCII digits; return which rows it did."""
    done = np.zeros(len(rows), bool)
    if not len(tables.plan_code):
        return done
    first, last = int(rows[0]), int(rows[-1]) + 1
    is_run = last - first == len(rows)
    mine = answers.part(first, last) if is_run else Answers(len(rows))
    offsets = np.append(cells.starts[:1], cells.ends)
    kernels.compiled.parse(
        arrays(tables, least), cells.data, offsets, KINDS, np.ascontiguousarray(own), done,
        mine.status, mine.value, mine.text, mine.length, mine.number,
    )  # fmt: skip
    if not is_run:
        answers.put(rows[done], mine, done)
    return done


def _parsed(
    tables: Tables, cells: TextColumn, rows: Rows, own: Integers, answers: Answers, least: int, *, not_a_number: bool
) -> None:
    """Fill in the answers of some rows.  cells: packed."""
    offsets = np.concatenate([cells.starts[:1], cells.ends])
    parsed = parse(tables, cells.data, offsets, own, least)
    if not not_a_number:
        parsed.status[parsed.status == PARSE_ERROR + NumberParseException.NOT_A_NUMBER] = SLOW
    answers.status[rows], answers.value[rows] = parsed.status, parsed.value
    good = np.flatnonzero(parsed.status < PARSE_ERROR)
    to = rows[good]
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


def _plainer(tables: Tables, cells: TextColumn, own: Integers, answers: Answers, least: int) -> None:
    """Parse the rows that are left again, with simple punctuation and without a short extension."""
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
