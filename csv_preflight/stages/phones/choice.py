"""Which of several phone columns is used in each row: the first with a number that can be called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from csv_preflight.consent import opts_out
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.distinct import among
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.opt_out import Asks
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn
from csv_preflight.rules import BY_CODE
from csv_preflight.stages.phones.column import RULES_OF_CELLS, Mask, ReadColumn, Rows, place_of, read_column

# In place of the position of a column.
_NO_COLUMN = -1


class Share(NamedTuple):
    """What a phone column decides for a batch.

    rows: those that were read in it.  kept: which of them take their number from it; rejected: which of them are
    rejected because of its cell.
    """

    column: ReadColumn
    rows: Rows
    kept: Mask
    rejected: Mask


def choose(batch: Batch, layout: Layout, settings: Settings) -> list[Share]:
    """Return what each phone column decides.

    A row without a number that can be called is rejected because of its first cell that is not empty.  After words
    that say that the person must not be called, no further column is read.
    """
    rows = np.arange(len(batch))
    first = read_column(batch, layout, settings)
    if not layout.other_phones:
        return [Share(first, rows, first.code == 0, first.code != 0)]
    columns, read = [first], [rows]
    used, refused = np.full(len(batch), _NO_COLUMN), np.full(len(batch), _NO_COLUMN)
    for position, index in enumerate(layout.phones):
        if position:
            # How a column writes its numbers is decided by all of its cells in the first batch.
            is_known = index in layout.writing
            read.append(rows if is_known else np.arange(len(batch)))
            part = batch.take(rows) if is_known and len(rows) < len(batch) else batch
            columns.append(read_column(part, layout.with_phone(index), settings))
        column = columns[-1]
        at = np.searchsorted(read[-1], rows)
        code = column.code[at]
        used[rows[code == 0]] = position
        filled = rows[code > place_of("P001")]
        refused[filled[refused[filled] == _NO_COLUMN]] = position
        out = _must_not_be_called(column, at[code > place_of("P001")])
        refused[read[-1][out]] = position
        rows = np.setdiff1d(rows[code != 0], read[-1][out], assume_unique=True)
    refused[refused == _NO_COLUMN] = 0
    return [
        Share(column, rows, used[rows] == position, (used[rows] == _NO_COLUMN) & (refused[rows] == position))
        for position, (column, rows) in enumerate(zip(columns, read, strict=True))
    ]


def _must_not_be_called(column: ReadColumn, rows: Rows) -> Rows:
    """Return the rows whose words instead of a number say that the person must not be called."""
    words = among(column.code[rows], (place_of("P002"), place_of("P010")))
    chosen = rows[words]
    said = [opts_out(cell, Asks.STATUS) for cell in column.raw.take(chosen).tolist()]
    out: Rows = chosen[np.array(said, bool)]
    return out


def report_others(batch: Batch, layout: Layout, shares: Sequence[Share], findings: Findings) -> None:
    """Report P106 for the rows whose number is from another phone column than the first."""
    first = shares[0].column
    for other, share in zip(layout.other_phones, shares[1:], strict=True):
        rows = share.rows[share.kept]
        rules = [RULES_OF_CELLS[place] for place in first.code[rows].tolist()]
        parameters = [
            {"used": other.name, "why": "empty"}
            if rule == "P001"
            else {"used": other.name, "why": "rejected", "rule": rule, "title": _lower(BY_CODE[rule].title)}
            for rule in rules
        ]
        findings.rows("P106", batch, rows, column=layout.phone, parameters=parameters)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def joined(batch: Batch, layout: Layout, shares: Sequence[Share], kept: Sequence[Batch]) -> Batch:
    """Return the rows of a batch with the numbers of several columns written in the first.

    kept: the rows of each column, with its numbers.
    """
    rows = np.concatenate([share.rows[share.kept] for share in shares])
    order = np.argsort(rows)
    numbers = PhoneColumn.joining([part.phones for part in kept if part.phones is not None])
    # Each part has its numbers in its own phone column.
    own = [share.column.layout.phone for share in shares]
    made = {index for part, phone in zip(kept, own, strict=True) for index in part.clean if index != phone}
    clean = {index: TextColumn.joining([part.written(index) for part in kept]).take(order) for index in made}
    phones = [part.written(phone) for part, phone in zip(kept, own, strict=True)]
    clean[layout.phone] = TextColumn.joining(phones).take(order)
    used = np.repeat(own, [int(np.count_nonzero(share.kept)) for share in shares])[order]
    return replace(batch.take(rows[order]), phones=numbers.take(order), clean=clean, used=used)
