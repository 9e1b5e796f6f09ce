"""All numbers that cells may mean, as lists of people who must not be called are read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from csv_preflight import e164
from csv_preflight.destinations import only_numbers
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.layout import Layout
from csv_preflight.model.mentioned import Mentioned
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions, TextColumn
from csv_preflight.stages.phones.affixes import without_affixes
from csv_preflight.stages.phones.bare import Rows, after_00, bare
from csv_preflight.stages.phones.cell import examine
from csv_preflight.stages.phones.normalization import normalize
from csv_preflight.stages.phones.odd import is_odd
from csv_preflight.stages.phones.parts import numbers_in
from csv_preflight.stages.phones.regions import row_regions


def mentioned(batch: Batch, layout: Layout, settings: Settings) -> Mentioned:
    """Return all numbers that the phone columns of each row may mean, accepted or not."""
    lenient = replace(settings, accept="possible", line_types=(), countries=(), profile=only_numbers(settings.profile))
    records: list[Positions] = []
    numbers: list[Positions] = []
    columns: list[Positions] = []
    for index in layout.phones:
        own = replace(layout.with_phone(index), labels={})
        # A conflict between the row's country and the user's region must not let a suppressed number through either.
        for read in (own, *([replace(own, region=None, stated=None)] if own.stated else [])):
            certain = normalize(batch, read, lenient).batch
            if certain.phones is not None:
                records.append(certain.records)
                numbers.append(certain.phones.number)
            rows, others = other_numbers(batch, read, lenient, among=("P002", "P009", "P010"))
            records.append(batch.records[rows])
            numbers.append(others)
        found = sum(len(one) for one in records) - sum(len(one) for one in columns)
        columns.append(np.full(found, index, np.int64))
    every = np.concatenate(records)
    order = np.argsort(every, kind="stable")
    return Mentioned(every[order], np.concatenate(numbers)[order], np.concatenate(columns)[order])


def other_numbers(
    batch: Batch, layout: Layout, settings: Settings, among: Collection[str] = ("P009", "P010")
) -> tuple[Rows, Positions]:
    """Return numbers beyond those that ``normalize`` keeps, and the row of each; a row may have several.

    Digits without a plus sign count as written and with one, digits after 00 with one in its place; a cell with two
    numbers means both.  among: the rules whose cells are searched for numbers.
    """
    raw = batch.columns[layout.phone].packed()
    trimmed, odd, *_ = without_affixes(raw, np.flatnonzero(is_odd(raw)))
    examined = [examine(cell) for cell in raw.take(odd).tolist()]
    regions = row_regions(batch, layout, settings)
    region = np.zeros(len(raw), np.intp) if regions.which is None else regions.which
    pairs = [
        (row, number)
        for row, found in zip(odd.tolist(), examined, strict=True)
        if found.code in among or found.before_slash
        for number in numbers_in(raw[row])
    ]
    part_rows = np.array([row for row, _ in pairs], np.intp)
    cells = TextColumn.joining(
        [
            trimmed.replaced(odd, TextColumn.of([found.text for found in examined])),
            TextColumn.of([examine(number).text for _, number in pairs]),
        ]
    )
    rows = np.concatenate([np.arange(len(raw)), part_rows])
    single = bare(cells, np.arange(len(cells)))
    places, signed = e164.valid_with_plus(single.digits)
    prefixed = after_00(cells)
    abroad, international = e164.valid_with_plus(prefixed.digits)
    doubtful = np.concatenate([single.rows[places], np.arange(len(raw), len(cells))])
    here = e164.parse_column(cells.take(doubtful), regions.default, region[rows[doubtful]])
    usable = _usable(here)
    return (
        np.concatenate([rows[single.rows[places]], rows[prefixed.rows[abroad]], rows[doubtful[usable]]]),
        np.concatenate([signed.number, international.number, here.number[usable]]),
    )


def _usable(numbers: PhoneColumn) -> Rows:
    return np.flatnonzero((numbers.outcome == e164.POSSIBLE) & (numbers.number > 0))
