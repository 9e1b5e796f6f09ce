"""The roles of phone columns in lists of columns."""

from __future__ import annotations

from csv_preflight.model.report import Report


def phone_roles(report: Report) -> dict[str, str]:
    """Return the role of each phone column by its name in the list, in the order in which they are used."""
    first, *others = report.input.phone_columns or (report.input.phone_column,)
    if first is None:
        return {}
    behind = {name: f"phone number, {_ordinal(place)} choice" for place, name in enumerate(others, start=2)}
    return {first: "phone number, 1st choice" if others else "phone number", **behind}


def _ordinal(number: int) -> str:
    """Return a number as an ordinal.

    >>> [_ordinal(number) for number in (2, 3, 4, 11, 21)]
    ['2nd', '3rd', '4th', '11th', '21st']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
