"""A Dask DataFrame -> its clean rows and its rejects, as in a local run, however it is partitioned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum, auto
from typing import Any

import dask.dataframe as dd
import numpy as np
import pandas as pd
from dask import delayed
from dask.base import is_dask_collection

from csv_preflight.applied import Applied
from csv_preflight.config.number_lists import parse_lists
from csv_preflight.engines.arguments import check_order, check_plan, type_name
from csv_preflight.engines.deciding import (
    decide,
    drop_suppressed,
    find_suppressed,
    first_opt_outs,
    keys_of,
    lines_of,
    reject_decided,
    split_keys,
    split_mentioned,
    split_numbers,
)
from csv_preflight.engines.listed import (
    ListRead,
    column_of,
    files_of,
    numbers_in,
    own_numbers,
    read_list,
    unread_rows,
)
from csv_preflight.errors import SettingsError
from csv_preflight.model.number_table import NO_LINE, NumberTable
from csv_preflight.model.numbers import OtherList
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.report import Rows
from csv_preflight.model.text_column import Positions
from csv_preflight.planning import Plan
from csv_preflight.rules import BY_CODE

# The most buckets for numbers: there are two small tasks for each bucket and partition.
MOST_BUCKETS = 32


class Order(Enum):
    """The order of a list's rows, if it is no column.

    PARTITIONS: that of the partitions; INDEX: ascending by the index.
    """

    PARTITIONS = auto()
    INDEX = auto()


PARTITIONS = Order.PARTITIONS


@dataclass(frozen=True)
class Cleaned:
    """The lazy result of ``clean``.

    clean: the clean rows, cells of str, with the column names of the clean file; rejects: the columns of the list as
    text, then preflight_code, preflight_reason and preflight_raw.  Both have the partitions and the index of the list.
    counts: of findings by rule code, D004 among them for rows of other lists that could not be read; rows: counts of
    rows "read", "clean", "rejected" and "blank".

    Compute what is needed at once, since each computation reads the list: ``dask.compute(cleaned.clean.to_parquet(...,
    compute=False), cleaned.rejects.to_parquet(..., compute=False), cleaned.counts)``.
    """

    clean: dd.DataFrame
    rejects: dd.DataFrame
    counts: dd.Series
    rows: dd.Series


def clean(
    ddf: dd.DataFrame,
    plan: Plan,
    *,
    suppress: Any = None,
    existing: Any = None,
    only: Any = None,
    order: str | Order | None = None,
) -> Cleaned:
    """Clean a Dask DataFrame, with the same result as on one machine, however it is partitioned.

    ddf: the columns of ``plan.header``, of any type.  plan: of ``csv_preflight.plan``.  suppress, existing, only: as
    for ``preflight``, or a Dask DataFrame or Series of numbers; those of the plan apply as well.  Paths are read by
    workers.  Whole numbers are read with the plan's region; in a column called "number", as ``Applied.number`` is, they
    are the digits of E.164, which suppress and existing read in both ways.

    order: decides which of several rows of a number is the first: the name of a column, such as a line or a date, or of
    the index, whose least value is kept (its greatest if the plan has keep="last"); or PARTITIONS, if partitions are in
    the order of the list, as from read_csv and read_parquet.  By default it is the index, if its divisions are known.
    Ties are broken by a hash of the cells.

    Raises SettingsError without an order, PreflightError for other columns, and TypeError for other types than a Dask
    DataFrame and a plan.  Errors of lists of numbers are raised when the result is computed.
    """
    if not isinstance(ddf, dd.DataFrame):
        raise TypeError(
            f"ddf is a Dask DataFrame, not {type_name(ddf)}: "
            "dask.dataframe.from_pandas, read_parquet and read_csv make one"
        )
    check_plan(plan)
    if not all(isinstance(name, str) for name in ddf.columns):
        ddf = ddf.rename(columns=str)
    chosen = _order_of(ddf, order)
    added = [chosen] if isinstance(chosen, str) and chosen not in plan.header else []
    meta = plan.apply(ddf._meta.drop(columns=added))
    buckets = max(1, min(ddf.npartitions, MOST_BUCKETS))
    given = {"suppress": suppress, "existing": existing, "only": only}
    kinds = {other: _listed(given[other.option], other, plan, buckets) for other in OtherList}
    unread = [one.unread for lists in kinds.values() for one in lists or ()]
    listed = {other: [one.numbers for one in lists] for other, lists in kinds.items() if lists is not None}
    shared = delayed(replace(plan, lists=Lists()), traverse=False)
    frames = [delayed(_Part)(frame, place, shared, chosen, added) for place, frame in enumerate(ddf.to_delayed())]
    opted_out = delayed(first_opt_outs)([delayed(_opt_outs)(part) for part in frames]) if plan.layout.opt_outs else None
    mention = bool(plan.layout.other_phones) and OtherList.SUPPRESS in listed
    applied = [delayed(_apply)(part, opted_out, mention) for part in frames]
    if mention:
        numbers = listed.pop(OtherList.SUPPRESS)
        mentioned = [delayed(split_mentioned, nout=buckets)(part, buckets) for part in applied]
        found = [
            delayed(find_suppressed, nout=len(applied))(
                [part[bucket] for part in mentioned], [one[bucket] for one in numbers]
            )
            for bucket in range(buckets)
        ]
        applied = [delayed(drop_suppressed)(part, [one[place] for one in found]) for place, part in enumerate(applied)]
    keys = [delayed(_keys, nout=buckets)(*both, buckets) for both in zip(frames, applied, strict=True)]
    decided = [
        delayed(decide, nout=len(applied))(
            [part[bucket] for part in keys],
            {other: [numbers[bucket] for numbers in lists] for other, lists in listed.items()},
            keep=plan.settings.keep,
        )
        for bucket in range(buckets)
    ]
    rejected = [delayed(reject_decided)(part, [one[place] for one in decided]) for place, part in enumerate(applied)]
    divisions = ddf.divisions if ddf.known_divisions else None
    return Cleaned(
        dd.from_delayed([part.clean for part in rejected], meta=meta.clean, divisions=divisions),
        dd.from_delayed([part.rejects for part in rejected], meta=meta.rejects, divisions=divisions),
        dd.from_delayed([delayed(_counted)([part.counts for part in rejected], unread)], meta=_counted([], [])),
        dd.from_delayed([delayed(_rows_in_all)([part.rows for part in rejected])], meta=_rows_in_all([])),
    )


def _order_of(ddf: dd.DataFrame, order: str | Order | None) -> str | Order:
    """Return the order by which a row is the first."""
    if order is None and ddf.known_divisions:
        return Order.INDEX
    if order is None:
        raise SettingsError(
            "order: which of several rows of one number is the first? The index of this frame does not say, since its "
            "divisions are unknown. Give order= the name of a column, such as a line or a date; or "
            "order=csv_preflight.dask.PARTITIONS if partitions are in the order of the list, as read_csv and "
            "read_parquet give them"
        )
    if isinstance(order, Order):
        return order
    if isinstance(order, str) and order == ddf.index.name:
        return Order.INDEX
    check_order(order, [str(name) for name in ddf.columns], " or csv_preflight.dask.PARTITIONS")
    return order


def _listed(given: Any, other: OtherList, plan: Plan, buckets: int) -> list[Any] | None:
    """Return what was read of one kind of list, by part; None without such a list."""
    found: list[Any] = []
    own = own_numbers(plan.lists, other)
    if own is not None:
        found.append(ListRead(split_numbers(own.numbers, buckets), unread_rows(plan.lists, other)))
    if isinstance(given, dd.DataFrame | dd.Series):
        if isinstance(given, dd.DataFrame):
            given = given[column_of([str(name) for name in given.columns], other, plan.phone_column)]
        parts = given.to_delayed()
        found += [delayed(numbers_in)(part, other, plan.settings, buckets) for part in parts]
    elif is_dask_collection(given):
        raise SettingsError(f"{other.option}: of Dask, it takes a DataFrame or Series, not {type_name(given)}")
    elif given is not None:
        files = [file for entry in parse_lists(given, other.option) for file in files_of(entry)]
        found += [delayed(read_list)(file, other, plan.settings, buckets) for file in files]
    return found or None


@dataclass(frozen=True)
class _Part:
    """A partition, its index among all, and how to process it.

    added: columns that exist only for the order.
    """

    frame: pd.DataFrame
    place: int
    plan: Plan
    order: str | Order
    added: Sequence[str]

    @property
    def rows(self) -> pd.DataFrame:
        """The columns of the list."""
        return self.frame.drop(columns=list(self.added))

    def order_at(self, places: Positions) -> Any:
        """Return the values that order the rows at some positions."""
        if self.order is Order.PARTITIONS:
            return np.full(len(places), self.place)
        array = (self.frame.index if self.order is Order.INDEX else self.frame[self.order]).array
        if isinstance(array.dtype, pd.CategoricalDtype) and not array.ordered:
            array = np.asarray(array)  # by values, since the categories of each partition may differ
        return array.take(places)


def _opt_outs(part: _Part) -> pd.DataFrame:
    """Return the keys of the rows that opt out."""
    numbers, places = part.plan.numbers_opted_out(part.rows)
    order = part.order_at(places)
    return pd.DataFrame({"number": numbers, "order": order, "tie": places, "line": lines_of(order)})


def _apply(part: _Part, opted_out: NumberTable | None, mention: bool) -> Applied:
    """Apply the plan to a partition."""
    return part.plan.apply(part.rows, opted_out=opted_out, mention=mention)


def _keys(part: _Part, applied: Applied, buckets: int) -> list[pd.DataFrame]:
    """Return the keys of the clean rows of a partition by bucket."""
    order = part.order_at(applied.places)
    # Ties in the order are broken by the cells, whatever the partitions; ties in the index by the position.
    tie = applied.row_hashes.view(np.int64) if isinstance(part.order, str) else applied.places
    lines = np.full(len(order), NO_LINE) if part.order is Order.PARTITIONS else lines_of(order)
    return split_keys(keys_of(applied, order, tie, lines), buckets)


def _counted(counts: Sequence[dict[str, int]], unread: Sequence[int]) -> pd.Series[int]:
    """Return the counts of findings by rule code.  unread: counts of rows of other lists (D004)."""
    total = Counter({"D004": sum(unread)} if any(unread) else {})
    for one in counts:
        total.update(one)
    found = {code: total[code] for code in BY_CODE if code in total}
    return pd.Series(found.values(), index=pd.Index(found, dtype="str", name="code"), name="count", dtype="int64")


def _rows_in_all(rows: Sequence[Rows]) -> pd.Series[int]:
    """Return the counts of rows, by kind."""
    names = [field.name for field in fields(Rows)]
    total = [sum(getattr(one, name) for one in rows) for name in names]
    return pd.Series(total, index=pd.Index(names, dtype="str"), name="rows", dtype="int64")
