"""Check the arguments of an engine's ``clean``, with errors that say what to give instead."""

from __future__ import annotations

from collections.abc import Sequence

from csv_preflight.errors import SettingsError
from csv_preflight.planning import Plan
from csv_preflight.suggest import did_you_mean


def type_name(given: object) -> str:
    """Return the name of a value's type with its package.

    >>> type_name("list.csv"), type_name(Plan)
    ('str', 'type')
    """
    package, name = type(given).__module__.partition(".")[0], type(given).__name__
    return name if package == "builtins" else f"{package}.{name}"


def check_plan(given: object) -> None:
    """Raise TypeError for a value that is no plan."""
    if not isinstance(given, Plan):
        raise TypeError(f"plan is what csv_preflight.plan(sample, ...) returns, not {type_name(given)}")


def check_order(order: object, names: Sequence[str], or_else: str = "") -> None:
    """Raise SettingsError for an order that is no column.  or_else: other possible values, for the message."""
    if not isinstance(order, str):
        raise SettingsError(f"order: takes the name of a column{or_else}, not {type_name(order)}")
    if order not in names:
        raise SettingsError(f"order: there is no column {order!r}{did_you_mean(order, names)}")
