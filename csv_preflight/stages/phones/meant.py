"""All numbers that a cell may mean: so are lists of people read who must not be called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.destinations import only_numbers
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.distinct import among, ascending
from csv_preflight.model.layout import Layout
from csv_preflight.model.mentioned import Mentioned
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions, TextColumn, are_digits
from csv_preflight.stages.phones.affixes import without_affixes
from csv_preflight.stages.phones.bare import after_00, bare
from csv_preflight.stages.phones.cell import Examined, examine
from csv_preflight.stages.phones.characters import visible
from csv_preflight.stages.phones.normalization import normalize
from csv_preflight.stages.phones.odd import is_odd, without_blanks
from csv_preflight.stages.phones.parts import numbers_in, with_other_endings
from csv_preflight.stages.phones.regions import row_regions
from csv_preflight.stages.phones.several import LEAST_DIGITS

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]

# Digits behind a comma may be an extension or another number's last digits.
_BEHIND_COMMA = re.compile(r"[0-9)] ?[,;]+ ?[0-9]+\Z")
# Between the digits of one number, one at a time, and what is before that.
_PLAIN, _BEFORE_PLAIN = b"-. ", b"0123456789)"


class OtherNumbers(NamedTuple):
    """Numbers beyond those that ``normalize`` keeps: the row of each, the number, and whether it is valid."""

    rows: Rows
    numbers: Positions
    valid: Mask


def mentioned(batch: Batch, layout: Layout, settings: Settings) -> Mentioned:
    """Return all numbers that the phone columns of each row may mean, accepted or not."""
    lenient = replace(settings, accept="possible", line_types=(), countries=(), profile=only_numbers(settings.profile))
    records: list[Positions] = []
    numbers: list[Positions] = []
    columns: list[Positions] = []
    for index in layout.phones:
        own = replace(layout.with_phone(index), labels={})
        # Where the row's country and the user's region are in conflict, the number may be of either.
        either = [replace(own, region=None, stated=None), replace(own, region=own.stated.column)] if own.stated else []
        for read in (own, *either):
            certain = normalize(batch, read, lenient).batch
            if certain.phones is not None:
                records.append(certain.records)
                numbers.append(certain.phones.number)
            others = other_numbers(batch, read, lenient, certain, rules=("P002", "P009", "P010"))
            records.append(batch.records[others.rows])
            numbers.append(others.numbers)
        found = sum(len(one) for one in records) - sum(len(one) for one in columns)
        columns.append(np.full(found, index, np.int64))
    every = np.concatenate(records)
    order = np.argsort(every, kind="stable")
    return Mentioned(every[order], np.concatenate(numbers)[order], np.concatenate(columns)[order])


def other_numbers(
    batch: Batch, layout: Layout, settings: Settings, certain: Batch, rules: Collection[str] = ("P009", "P010")
) -> OtherNumbers:
    """Return numbers beyond those that ``normalize`` keeps; a row may have several.

    Digits without a plus sign count as written and with one, digits after 00 with one in its place; a cell with two
    numbers means both, also if it has only the last digits of one.  certain: the rows that ``normalize`` keeps.  rules:
    those whose cells are searched for numbers.
    """
    raw = batch.columns[layout.phone].packed()
    trimmed, odd, _, extensions = without_affixes(raw, np.flatnonzero(is_odd(raw)))
    examined = [examine(cell) for cell in raw.take(odd).tolist()]
    whole = without_blanks(trimmed).replaced(odd, TextColumn.of([found.text for found in examined]))
    regions = row_regions(batch, layout, settings)
    region = np.zeros(len(raw), np.intp) if regions.which is None else regions.which

    def parsed(cells: TextColumn, rows: Rows) -> PhoneColumn:
        return e164.parse_column(cells, regions.default, region[rows])

    several = [row for row, found in zip(odd.tolist(), examined, strict=True) if _may_be_several(found, rules)]
    several += [row for row in (*odd.tolist(), *extensions) if _BEHIND_COMMA.search(raw[row])]
    texts = {row: visible(raw[row])[0] for row in several}
    texts |= {row: whole[row] for row in _in_doubt(whole, batch, certain).tolist() if row not in texts}
    pairs = [(row, number) for row, text in texts.items() for number in numbers_in(text)]
    parts, part_rows = _examined(pairs)
    valid = defaultdict[int, list[str]](list)
    for (row, number), is_valid in zip(pairs, parsed(parts, part_rows).valid.tolist(), strict=True):
        if is_valid:
            valid[row].append(number)
    ended = [(row, number) for row, text in texts.items() for number in with_other_endings(text, valid[row])]
    others, other_rows = _examined(ended)

    cells = TextColumn.joining([whole, parts, others])
    rows = np.concatenate([np.arange(len(raw)), part_rows, other_rows])
    single = bare(cells, np.arange(len(cells)))
    places, signed = e164.valid_with_plus(single.digits)
    prefixed = after_00(cells)
    abroad, international = e164.valid_with_plus(prefixed.digits)
    doubtful = np.concatenate([single.rows[places], np.arange(len(raw), len(cells))])
    here = parsed(cells.take(doubtful), rows[doubtful])
    usable = np.flatnonzero((here.outcome == e164.POSSIBLE) & (here.number > 0))
    return OtherNumbers(
        np.concatenate([rows[single.rows[places]], rows[prefixed.rows[abroad]], rows[doubtful[usable]]]),
        np.concatenate([signed.number, international.number, here.number[usable]]),
        np.concatenate([signed.valid, international.valid, here.valid[usable]]),
    )


def _may_be_several(found: Examined, rules: Collection[str]) -> bool:
    is_strange = found.parameters.get("hint") == "character"
    return found.code in rules or is_strange or bool(found.before_slash)


def _in_doubt(cells: TextColumn, batch: Batch, certain: Batch) -> Rows:
    """Return the rows with more digits after a number, if they are no valid number or have a wide gap there.

    certain: the rows of the batch that have a number.
    """
    is_valid = np.zeros(len(cells), bool)
    if certain.phones is not None:
        is_valid[np.searchsorted(batch.records, certain.records)] = certain.phones.valid
    text = cells.packed()
    is_digit = are_digits(text.data)
    before = np.append(0, np.cumsum(is_digit))
    groups = np.flatnonzero(is_digit & ~np.append(False, is_digit[:-1]))
    row = np.searchsorted(text.ends, groups, side="right")
    late = before[groups] - before[text.starts[row]] >= LEAST_DIGITS
    groups, row = groups[late], row[late]
    is_wide = ~among(text.data[groups - 1], _PLAIN) | ~among(text.data[groups - 2], _BEFORE_PLAIN)
    return ascending(row[is_wide | ~is_valid[row]])


def _examined(pairs: Sequence[tuple[int, str]]) -> tuple[TextColumn, Rows]:
    """Return the text to parse of each candidate, and its row."""
    cells = TextColumn.of([number for _, number in pairs])
    odd = np.flatnonzero(is_odd(cells))
    texts = [examine(number).text for number in cells.take(odd).tolist()]
    return cells.replaced(odd, TextColumn.of(texts)), np.array([row for row, _ in pairs], np.intp)
