"""Why a number is rejected: what fills the message of its rule."""

from __future__ import annotations

from csv_preflight import e164
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.layout import Layout
from csv_preflight.stages.phones.column import ReadColumn
from csv_preflight.stages.phones.hints import hint as hint_for


def reason(column: ReadColumn, row: int, lost_plus: str) -> dict[str, object]:
    """Return the parameters of a row's finding.  lost_plus: the region that the number is of with a plus sign."""
    phones = column.phones
    at = column.examined.get(row)
    region = column.regions.of(row)
    if at and at.hint:
        hint = at.hint
    elif lost_plus:
        hint = f"; with + before it, it would be a number of {lost_plus}"
    else:
        hint = hint_for(int(phones.outcome[row]), column.cells[row], phones.e164[row], region)
    found: dict[str, object] = {
        "hint": hint,
        "form": at.hint if at else "",
        "region": _place(phones, row, region),
        "other": column.unclear.get(row, ""),
    }
    if stated := column.conflicts.get(row):
        found |= {"column": _stated_name(column.layout), "stated": " or ".join(stated)}
    elif phones.outcome[row] == e164.NO_CALLING_CODE:
        found |= _why_no_country(column, row)
    return found


def unknown_country(column: ReadColumn, row: int) -> str:
    """Return the cell of the region column where it names no country for certain, "" where it is empty."""
    return "" if column.layout.region is None else column.batch.columns[column.layout.region][row].strip()


def _stated_name(layout: Layout) -> str:
    return layout.stated.name if layout.stated else ""


def _why_no_country(column: ReadColumn, row: int) -> dict[str, object]:
    """Return why a number without a country code is read in no region."""
    if column.layout.region is None:
        return {"why": "none"}
    cell = unknown_country(column, row)
    regions = column.regions
    stated = regions.stated[int(regions.says[row])] if regions.says is not None else ()
    why = "empty" if not cell else "several" if stated else "unknown"
    return {"why": why, "column": _stated_name(column.layout), "country": cell, "stated": " or ".join(stated)}


def _place(phones: PhoneColumn, row: int, region: str | None) -> str:
    number = phones.e164[row]
    if region is not None and (not number or e164.calling_code_of_region(region) == e164.calling_code_of(number)):
        return region
    return e164.main_region(number) or region or "any country"
