"""Which columns say who must not be called."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from csv_preflight.consent import asks, is_about_messages
from csv_preflight.model.opt_out import Asks, OptOutColumn


def named_opt_outs(names: Sequence[str], places: Iterable[int | None]) -> tuple[OptOutColumn, ...]:
    """Return the columns that the user named; places: their indices, None for one that is not there.

    A name that says nothing is taken to ask who must not be called: what is neither yes nor no is then rejected.
    """
    named = [(index, names[index], asks(names[index])) for index in places if index is not None]
    return tuple(
        OptOutColumn(index, name, Asks.OPT_OUT if asked is Asks.OTHER else asked) for index, name, asked in named
    )


def likely_opt_outs(names: Sequence[str], taken: Collection[int | None]) -> tuple[OptOutColumn, ...]:
    """Return the other columns whose names say that some of their cells may say so."""
    found = [OptOutColumn(index, name, asks(name)) for index, name in enumerate(names) if index not in taken]
    return tuple(column for column in found if column.asks is not Asks.OTHER and not is_about_messages(column.name))
