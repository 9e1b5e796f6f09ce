"""Decide which rows of a partitioned list are repeats or on another list, by number, in whatever parts they are.

Each part returns the keys of its rows.  All keys of a number are in one bucket, which decides.  No row is moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from csv_preflight.applied import Applied
from csv_preflight.errors import PreflightError
from csv_preflight.model.number_table import NO_LINE, NumberTable
from csv_preflight.model.numbers import CALLED, OTHER, OtherList
from csv_preflight.model.text_column import Positions
from csv_preflight.stages.duplicates import REPEAT, repeats

if TYPE_CHECKING:
    import pandas

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """A bucket's decisions for one part: positions of rejected rows among its clean rows, the rules, and parameters.

    lines: of the row that is kept, for D001; others: whether that row has another identifier.
    """

    rows: Positions
    codes: NDArray[np.int8]
    lines: Positions
    others: NDArray[np.bool_]


# What ``Decided.codes`` are indices of; the first means none.
_CODES = ("", *(other.code for other in OtherList), REPEAT)
_SAID = {other.code: other.parameters for other in OtherList}


def bucket_of(numbers: Positions, buckets: int) -> NDArray[np.intp]:
    """Return the bucket of each number, the same on every machine."""
    mixed = numbers.astype(np.uint64) * _MULTIPLIER
    return ((mixed >> np.uint64(33)) % np.uint64(buckets)).astype(np.intp)


def split_numbers(numbers: Positions, buckets: int) -> list[Positions]:
    """Return numbers by bucket."""
    where = bucket_of(numbers, buckets)
    return [numbers[where == bucket] for bucket in range(buckets)]


def keys_of(applied: Applied, order: Any, tie: Positions, lines: Positions) -> pandas.DataFrame:
    """Return the keys of the clean rows of a part.

    order: an array that orders rows of a number; tie: decides among equals; lines: for messages.
    """
    import pandas as pd

    numbers = applied.numbers
    return pd.DataFrame(
        {
            "number": numbers,
            "order": order,
            "tie": tie,
            "row": np.arange(len(numbers)),
            "line": lines,
            "mark": applied.identifier_marks,
        }
    )


def split_keys(keys: pandas.DataFrame, buckets: int) -> list[pandas.DataFrame]:
    """Return keys by bucket."""
    where = bucket_of(keys["number"].to_numpy(), buckets)
    return [keys[where == bucket] for bucket in range(buckets)]


def decide(
    parts: Sequence[pandas.DataFrame],
    listed: Mapping[OtherList, Sequence[Positions]],
    *,
    keep: Literal["first", "last"] = "first",
) -> list[Decided]:
    """Return, for each part, which of its rows are rejected.

    parts: the keys of one bucket, by part; listed: the numbers of other lists in this bucket.
    """
    keys = _joined(parts)
    part = np.repeat(np.arange(len(parts)), [len(one) for one in parts])
    numbers = keys["number"].to_numpy()
    codes = np.zeros(len(keys), np.int8)
    for place, other in enumerate(OtherList, start=1):
        if other in listed:
            rejected = other.rejects(np.isin(numbers, np.concatenate(listed[other])))
            codes[(codes == 0) & rejected] = place
    lines, others = np.zeros(len(keys), np.int64), np.zeros(len(keys), bool)
    rest = np.flatnonzero(codes == 0)
    again = rest[keys["number"].iloc[rest].duplicated(keep=False).to_numpy()]
    if len(again):
        nowhere: Literal["first", "last"] = "last" if keep == "first" else "first"  # rows without an order come last
        try:
            ordered = keys.iloc[again].sort_values(["number", "order", "tie"], na_position=nowhere)
        except TypeError as error:  # numbers beside texts
            raise PreflightError(f"order: its values cannot be compared with each other: {error}") from error
        kept = ordered.drop_duplicates("number", keep=keep).set_index("number")
        repeated = ordered[ordered.duplicated("number", keep=keep)]
        at, places = kept.index.get_indexer(repeated.set_index("number").index), repeated.index.to_numpy()
        codes[places] = _CODES.index(REPEAT)
        lines[places] = kept["line"].to_numpy()[at]
        others[places] = kept["mark"].to_numpy()[at] != repeated["mark"].to_numpy()
    found = np.flatnonzero(codes)
    rows = keys["row"].to_numpy()
    by_part = [found[part[found] == place] for place in range(len(parts))]
    return [Decided(rows[own], codes[own], lines[own], others[own]) for own in by_part]


def reject_decided(applied: Applied, decided: Sequence[Decided]) -> Applied:
    """Reject the rows of a part that its buckets have decided to."""
    codes = np.zeros(len(applied.numbers), np.int8)
    lines, others = np.zeros(len(codes), np.int64), np.zeros(len(codes), bool)
    for one in decided:
        codes[one.rows], lines[one.rows], others[one.rows] = one.codes, one.lines, one.others
    for place, code in enumerate(_CODES):
        mask = codes == place
        if not code or not mask.any():
            continue
        again = repeats(lines[mask].tolist(), others[mask].tolist()) if code == REPEAT else None
        applied = applied.reject(code, mask, again or _SAID.get(code))
        codes, lines, others = codes[~mask], lines[~mask], others[~mask]
    return applied


def split_mentioned(applied: Applied, buckets: int) -> list[pandas.DataFrame]:
    """Return all numbers of a part's clean rows by bucket, including those that are not called."""
    import pandas as pd

    numbers, rows = applied.mentioned
    called = np.arange(len(numbers)) < len(applied.numbers)
    return split_keys(pd.DataFrame({"number": numbers, "row": rows, "called": called}), buckets)


def find_suppressed(parts: Sequence[pandas.DataFrame], listed: Sequence[Positions]) -> list[pandas.DataFrame]:
    """Return, for each part, which numbers of a bucket are on a suppression list."""
    suppressed = np.concatenate(listed)
    return [part[np.isin(part["number"].to_numpy(), suppressed)] for part in parts]


def drop_suppressed(applied: Applied, suppressed: Sequence[pandas.DataFrame]) -> Applied:
    """Reject the rows of a part that have a number on a suppression list, in any bucket."""
    inside, called = np.zeros(len(applied.numbers), bool), np.zeros(len(applied.numbers), bool)
    for one in suppressed:
        inside[one["row"]] = True
        called[one["row"][one["called"]]] = True
    return applied.reject(
        OtherList.SUPPRESS.code, inside, [CALLED if this else OTHER for this in called[inside].tolist()]
    )


def first_opt_outs(parts: Sequence[pandas.DataFrame]) -> NumberTable:
    """Return the numbers that have opted out in any part, each with the first line that says so."""
    keys = _joined(parts).sort_values(["number", "order", "tie"])
    first = keys.drop_duplicates("number")
    lines = first["line"].to_numpy()
    return NumberTable.of(first["number"].to_numpy(), lines, np.zeros(len(first), np.uint16))


def _joined(parts: Sequence[pandas.DataFrame]) -> pandas.DataFrame:
    """Concatenate the keys of several parts; empty ones are left out, since they might change the types."""
    import pandas as pd

    return pd.concat([part for part in parts if len(part)] or list(parts[:1]), ignore_index=True)


def lines_of(labels: Any) -> Positions:
    """Return the line numbers for messages from rows' labels, NO_LINE for labels that are no line."""
    values = np.asarray(labels)
    if values.dtype.kind not in "iu":
        return np.full(len(values), NO_LINE, np.int64)
    whole: Positions = values.astype(np.int64)
    return np.where((whole > 0) & (whole < NO_LINE), whole, NO_LINE)
