"""Why a number is rejected, as parameters of its rule's message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.distinct import distinct, together
from csv_preflight.model.layout import Layout
from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages.phones.column import ReadColumn
from csv_preflight.stages.phones.hints import depend_on_digits, hint

Rows = NDArray[np.intp]


def reasons(column: ReadColumn, rows: Rows, lost_plus: Mapping[int, str]) -> tuple[list[Parameters], Rows]:
    """Return the parameters of some rows' findings, and for each row the index of its own.

    lost_plus: by row, the region of the number with a plus sign.
    """
    _, first, which = np.unique(_kinds(column, rows, lost_plus), return_index=True, return_inverse=True)
    return [_reason(column, row, lost_plus.get(row, "")) for row in rows[first].tolist()], which


def unknown_countries(column: ReadColumn, rows: Rows) -> Counter[str]:
    """Count the cells of the region column that name no certain country; empty cells are left out."""
    if column.layout.region is None:
        return Counter()
    cells = map(str.strip, column.batch.columns[column.layout.region].take(rows).tolist())
    return Counter(cell for cell in cells if cell)


def _kinds(column: ReadColumn, rows: Rows, lost_plus: Mapping[int, str]) -> NDArray[np.int64]:
    """Return a key for each row, the same only for rows with the same parameters."""
    codes, outcomes = e164.calling_codes(column.phones.e164.take(rows)), column.phones.outcome[rows]
    parts: list[NDArray[np.integer]] = [outcomes, codes]
    if column.regions.which is not None:
        parts.append(column.regions.which[rows])
    # Equal cells were examined once, unless that was long ago.
    seen = {row: cell for row in rows.tolist() if (cell := column.examined.get(row))}
    examined = {row: id(cell) for row, cell in seen.items() if cell.parameters}
    for said in (lost_plus, column.unclear, column.conflicts, examined):
        if said:
            places: dict[object, int] = {}
            of_row = np.zeros(len(column.cells), np.int64)
            of_row[list(said)] = [places.setdefault(one, len(places) + 1) for one in said.values()]
            parts.append(of_row[rows])
    parts.append(_numbered(column.cells.take(rows), depend_on_digits(column.cells.take(rows), codes)))
    if column.layout.region is not None:
        cells = column.batch.columns[column.layout.region].take(rows)
        parts.append(_numbered(cells, outcomes == e164.NO_CALLING_CODE))
    return together(parts)


def _numbered(cells: TextColumn, some: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return a number for each of some cells, the same for equal ones; 0 for the others."""
    numbers = np.zeros(len(cells), np.int64)
    numbers[some] = 1 + distinct(cells.take(some))[1] if some.any() else 0
    return numbers


def _reason(column: ReadColumn, row: int, lost_plus: str) -> Parameters:
    """Return the parameters of a row's finding.  lost_plus: the region of the number with a plus sign."""
    phones = column.phones
    at = column.examined.get(row)
    region = column.regions.of(row)
    result: dict[str, object] = {"hint": ""}
    if at and at.parameters:
        result |= at.parameters
    elif lost_plus:
        result |= {"hint": "lost-plus", "place": lost_plus}
    else:
        result |= hint(int(phones.outcome[row]), column.cells[row], phones.e164[row], region)
    result |= {"region": _place(phones, row, region), "other": column.unclear.get(row, "")}
    result["plus"] = "00" if column.cells[row].lstrip(" ([").startswith("0") else "front"
    if stated := column.conflicts.get(row):
        result |= {"column": _stated_name(column.layout), "stated": stated}
    elif phones.outcome[row] == e164.NO_CALLING_CODE:
        result |= _why_no_country(column, row)
    return result


def _stated_name(layout: Layout) -> str:
    return layout.stated.name if layout.stated else ""


def _why_no_country(column: ReadColumn, row: int) -> dict[str, object]:
    """Return why a number without a country code has no region."""
    if column.layout.region is None:
        return {"why": "none"}
    cell = column.batch.columns[column.layout.region][row].strip()
    regions = column.regions
    stated = regions.stated[int(regions.says[row])] if regions.says is not None else ()
    why = "empty" if not cell else "several" if stated else "unknown"
    return {"why": why, "column": _stated_name(column.layout), "country": cell, "stated": stated}


def _place(phones: PhoneColumn, row: int, region: str | None) -> str:
    number = phones.e164[row]
    if region is not None and (not number or e164.calling_code_of_region(region) == e164.calling_code_of(number)):
        return region
    return e164.main_region(number) or region or "any country"
