"""The tasks of Spark's workers: pandas in, pandas out, in the shape that is passed between the stages.

A row is clean so far, rejected, or a count of lines that are no rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from csv_preflight.applied import Applied
from csv_preflight.engines.deciding import lines_of
from csv_preflight.model.layout import REJECTS_COLUMNS
from csv_preflight.model.number_table import NO_LINE, NumberTable
from csv_preflight.model.numbers import CALLED, OTHER, OtherList
from csv_preflight.planning import Plan
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.wording import worded

CLEAN, REJECTED, COUNTED = 0, 1, 2
# The columns before those of the cells, except for the order.
OWN = ("kind", "number", "tie", "line", "mark", "mentioned", "changes", "code", "reason", "raw", "count")


@dataclass(frozen=True)
class Shared:
    """Values that every task needs: the plan, the column names, and the columns that exist only for the order."""

    plan: Plan
    names: tuple[str, ...]
    added: tuple[str, ...]

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the columns of the list; the frame's last column is the order."""
        return frame.iloc[:, :-1].set_axis(list(self.names), axis=1).drop(columns=list(self.added))


def apply_plan(
    shared: Shared, opted_out: NumberTable | None, mention: bool, frames: Iterator[pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    """Apply the plan to some rows; yield clean and rejected ones in one frame."""
    for frame in frames:
        applied = shared.plan.apply(shared.rows(frame), opted_out=opted_out, mention=mention)
        order = frame["order"].reset_index(drop=True)
        yield from _clean_rows(applied, order, mention)
        yield from _rejected_rows(applied)
        yield from _counted_lines(applied)


def _clean_rows(applied: Applied, order: pd.Series[Any], mention: bool) -> Iterator[pd.DataFrame]:
    rows = len(applied.numbers)
    changes: list[list[str]] = [[] for _ in range(rows)]
    for code, places in applied.changes:
        for place in places.tolist():
            changes[place].append(code)
    mentioned: list[list[int]] = [[] for _ in range(rows)]
    for number, place in zip(*(column.tolist() for column in applied.mentioned), strict=True) if mention else ():
        mentioned[place].append(number)
    own = order.iloc[applied.places].reset_index(drop=True)
    yield _frame(
        [applied.clean, applied.source],
        kind=CLEAN,
        number=applied.numbers,
        tie=applied.row_hashes.view(np.int64),
        line=_lines(own),
        mark=applied.identifier_marks.astype(np.int32),
        mentioned=mentioned,
        changes=changes,
        order=own,
    )


def _rejected_rows(applied: Applied) -> Iterator[pd.DataFrame]:
    source = applied.rejects.iloc[:, : -len(REJECTS_COLUMNS[1:])]
    code, reason, raw = (applied.rejects[name].array for name in REJECTS_COLUMNS[1:])
    cells = [_no_cells(applied.clean, len(source)), source]
    # Their ties only distribute them over the partitions of a later stage.
    yield _frame(cells, kind=REJECTED, tie=np.arange(len(source)), code=code, reason=reason, raw=raw)


def _counted_lines(applied: Applied) -> Iterator[pd.DataFrame]:
    counted = applied.lines_found
    cells = [_no_cells(frame, len(counted)) for frame in (applied.clean, applied.source)]
    count = np.array([*counted.values()], np.int64)
    yield _frame(cells, kind=COUNTED, tie=np.arange(len(counted)), code=[*counted], count=count)


def _no_cells(like: pd.DataFrame, rows: int) -> pd.DataFrame:
    return pd.DataFrame({place: [None] * rows for place in range(like.shape[1])}, dtype=object, index=range(rows))


def _frame(cells: Sequence[pd.DataFrame], **own: Any) -> pd.DataFrame:
    """Return rows in the shape passed between the stages.  cells: the clean columns, then those of the source."""
    rows = len(cells[0])
    columns = {name: own.get(name, [None] * rows) for name in OWN}
    columns["kind"] = np.full(rows, own["kind"], np.int8)
    columns["order"] = own.get("order", [None] * rows)
    wide = pd.DataFrame(
        {name: pd.Series(list(values) if isinstance(values, list) else values) for name, values in columns.items()}
    )
    texts = {
        f"{kind}_{place}": frame.iloc[:, place].array
        for kind, frame in zip(("clean", "source"), cells, strict=True)
        for place in range(frame.shape[1])
    }
    return pd.concat([wide, pd.DataFrame(texts)], axis=1)


def find_opt_outs(shared: Shared, frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Yield the keys of the rows that opt out."""
    for frame in frames:
        numbers, places = shared.plan.numbers_opted_out(shared.rows(frame))
        order = frame["order"].iloc[places].reset_index(drop=True)
        yield pd.DataFrame({"number": numbers, "order": order, "tie": places, "line": _lines(order)})


def _lines(order: pd.Series[Any]) -> Any:
    """Return the lines for messages, even if Spark has turned whole numbers into floats."""
    values = order.to_numpy()
    if values.dtype.kind != "f":
        return lines_of(values)
    whole = np.nan_to_num(values)  # 0 is no line
    return np.where(whole % 1 == 0, lines_of(whole.astype(np.int64)), NO_LINE)


def suppress_rows(hits: frozenset[int], frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Yield the rows, with the clean ones rejected that are in hits."""
    rule = BY_CODE[OtherList.SUPPRESS.code]
    for frame in frames:
        mentioned, numbers = frame["mentioned"].tolist(), frame["number"].tolist()
        for place in np.flatnonzero((frame["kind"] == CLEAN).to_numpy()).tolist():
            if not hits.isdisjoint(mentioned[place]):
                said = worded(rule, CALLED if numbers[place] in hits else OTHER)
                frame.loc[frame.index[place], ["code", "reason", "raw"]] = [rule.code, said, ""]
        yield frame
