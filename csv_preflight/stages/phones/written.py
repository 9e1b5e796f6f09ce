"""How numbers are written: with or without the plus sign, or with the calling code in a column of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.e164.calling_codes import split_calling_code
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Column, Layout
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn

LONGEST_CODE = 3


def whole_numbers(
    cells: TextColumn, batch: Batch, layout: Layout, settings: Settings, is_whole: bool | None
) -> tuple[TextColumn, bool]:
    """Return phone cells joined with the calling codes of their column, and whether they include the codes already.

    Only digits that make an accepted number with their code are joined.  is_whole: whether digits that may include the
    code do so; None if this batch decides how the list is written.
    """
    if not isinstance(layout.calling_code, int):
        return cells, False
    codes = batch.columns[layout.calling_code].tolist()
    pairs = [
        (row, code, text)
        for row, (code, text) in enumerate(zip(codes, cells.tolist(), strict=True))
        if _is_digits(code) and len(code) <= LONGEST_CODE and _is_digits(text)
    ]
    joined = TextColumn.of([f"+{code}{text}" for _, code, text in pairs])
    apart = _accepted(e164.parse_column(joined), settings)
    whole = _accepted(e164.parse_column(TextColumn.of([f"+{text}" for _, _, text in pairs])), settings)
    whole &= np.array([text.startswith(code) for _, code, text in pairs], bool)
    if is_whole is None:
        is_whole = bool((whole & ~apart).any())
    if is_whole:
        apart &= ~whole
    rows = np.array([row for row, _, _ in pairs], np.intp)
    return cells.replaced(rows[apart], joined.take(apart)), is_whole


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _accepted(phones: PhoneColumn, settings: Settings) -> NDArray[np.bool_]:
    if settings.accept == "valid":
        return phones.valid
    accepted: NDArray[np.bool_] = phones.outcome == e164.POSSIBLE
    return accepted


def written_numbers(phones: PhoneColumn, settings: Settings) -> TextColumn:
    """Return the numbers as the destination takes them."""
    if settings.profile.calling_code_column:
        return split_calling_code(phones.e164)[1]
    if settings.plus:
        return phones.e164
    return TextColumn(phones.e164.data, np.minimum(phones.e164.starts + 1, phones.e164.ends), phones.e164.ends)


def number_form(settings: Settings) -> str:
    """Return the name of that form in P101."""
    return "national" if settings.profile.calling_code_column else "e164" if settings.plus else "digits"


def with_number_columns(batch: Batch, layout: Layout, findings: Findings) -> Batch:
    """Return the batch with the columns made from its numbers: calling code and time zone."""
    if batch.phones is None:
        return batch
    made: dict[Column, TextColumn] = {}
    if layout.calling_code is not None:
        made[layout.calling_code] = split_calling_code(batch.phones.e164)[0]
    if layout.timezone is not None:
        made[layout.timezone] = _time_zones(batch, batch.phones, layout.timezone)
    for index, column in made.items():
        if isinstance(index, int):
            what = "calling-code" if index == layout.calling_code else "timezone"
            rows = np.flatnonzero(~column.equals(batch.columns[index]))
            findings.rows("P109", batch, rows, column=index, parameters={"what": what})
    return replace(batch, clean={**batch.clean, **made}) if made else batch


def _time_zones(batch: Batch, phones: PhoneColumn, index: Column) -> TextColumn:
    """Return the time zones of the numbers; cells that the list has are kept."""
    from csv_preflight.e164.timezones import time_zones

    zones = time_zones(phones)
    if not isinstance(index, int):
        return zones
    present = batch.columns[index]
    empty = np.flatnonzero(present.lengths == 0)
    return present.replaced(empty, zones.take(empty))
