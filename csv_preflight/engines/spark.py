"""A Spark DataFrame -> its clean rows and its rejects: those of a local run, however the list is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Any

import numpy as np
import pandas as pd
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F  # noqa: N812 - as all of Spark's documentation calls it
from pyspark.sql import types as T  # noqa: N812 - likewise

from csv_preflight.applied import Applied
from csv_preflight.config.values import parse_lists
from csv_preflight.engines.deciding import LISTED, first_opt_outs, lines_of
from csv_preflight.engines.listed import OPTION, column_of, files_of, numbers_in, read_list
from csv_preflight.errors import SettingsError
from csv_preflight.lists import Lists
from csv_preflight.model.layout import REJECTS_COLUMNS
from csv_preflight.model.number_table import NO_LINE, NumberTable
from csv_preflight.model.numbers import Numbers
from csv_preflight.planning import Plan
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.wording import worded
from csv_preflight.suggest import did_you_mean

# What a row of the frame between the stages is: clean so far, rejected, or a count of lines that are no rows.
CLEAN, REJECTED, COUNTED = 0, 1, 2
_OWN = {
    "kind": T.ByteType(),
    "number": T.LongType(),
    "tie": T.LongType(),
    "line": T.LongType(),
    "mark": T.IntegerType(),
    "mentioned": T.ArrayType(T.LongType()),
    "found": T.ArrayType(T.StringType()),
    "code": T.StringType(),
    "reason": T.StringType(),
    "raw": T.StringType(),
    "count": T.LongType(),
}
# Spark gives these to pandas as floats where one is missing: 7 would be 7.0.
_WHOLE = (T.ByteType, T.ShortType, T.IntegerType, T.LongType, T.DecimalType)


@dataclass(frozen=True)
class Cleaned:
    """What ``clean`` makes of a list; each action on one of these reads the list.

    clean: the clean rows, strings, under the names that are written; rejects: the columns of the list as strings, then
    preflight_code, preflight_reason and preflight_raw; both in no order.  counts: "code" and "count", how often each
    rule was found.
    """

    clean: DataFrame
    rejects: DataFrame
    counts: DataFrame


def clean(
    sdf: DataFrame,
    plan: Plan,
    suppress: Any = None,
    existing: Any = None,
    order: str | None = None,
    *,
    only: Any = None,
) -> Cleaned:
    """Clean a list in a Spark DataFrame: the rows of a run on one machine, however it is cut.

    sdf: the columns of ``plan.header``, of any type.  plan: of ``csv_preflight.plan``.  suppress, existing, only: what
    ``preflight`` takes, or a Spark DataFrame of numbers; those of the plan hold, too.  Paths are read by workers.

    order: which of several rows of one number is the first: the name of a column, such as a line or a date, whose
    least value is kept (its greatest, where the plan has keep="last").  A Spark DataFrame has no other order.  Rows
    that have one number and the same order are told apart by a hash of their cells.

    People who opted out are looked for at once, in an action of its own; the rest is done when it is asked for.  Raises
    SettingsError where there is no order, and PreflightError for other columns.
    """
    _check_order(sdf, order)
    chosen = str(order)
    added = [] if chosen in plan.header else [chosen]
    plan.apply(pd.DataFrame(columns=[name for name in sdf.columns if name not in added]))
    given = {"D003": suppress, "D002": existing, "D006": only}
    listed = {code: one for code in LISTED if (one := _listed(sdf.sparkSession, given[code], code, plan)) is not None}
    shared = _Shared(replace(plan, lists=Lists()), chosen, tuple(added))
    kept_type = sdf.schema[chosen].dataType
    rows = sdf.select("*", F.col(_quoted(chosen)).alias("preflight_order"))
    rows = rows.withColumns(
        {
            field.name: F.col(_quoted(field.name)).cast("string")
            for field in sdf.schema
            if isinstance(field.dataType, _WHOLE)
        }
    )
    opted_out = _opted_out(rows, shared, kept_type) if plan.layout.opt_outs else None
    mention = bool(plan.layout.other_phones) and "D003" in listed
    cells = [*_clean_names(plan), *_source_names(plan)]
    schema = T.StructType(
        [T.StructField(name, kind) for name, kind in _OWN.items()]
        + [T.StructField("order", kept_type)]
        + [T.StructField(name, T.StringType()) for name in cells]
    )
    applied = rows.mapInPandas(partial(_apply, shared, opted_out, mention), schema)
    if mention:
        applied = _without_suppressed(applied, listed["D003"])
    return _cleaned(_decided(applied, listed, plan.settings.keep), plan)


@dataclass(frozen=True)
class _Shared:
    """What every task needs: the plan, the column of the order, and columns that are only there for it."""

    plan: Plan
    order: str
    added: tuple[str, ...]

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the columns of the list."""
        return frame.drop(columns=["preflight_order", *self.added])


def _check_order(sdf: DataFrame, order: str | None) -> None:
    if order is None:
        raise SettingsError(
            "order: which of several rows of one number is the first? A Spark DataFrame has no order of its own: give "
            "order= the name of a column, such as a line or a date"
        )
    if order not in sdf.columns:
        raise SettingsError(f"order: there is no column {order!r}{did_you_mean(order, sdf.columns)}")


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _clean_names(plan: Plan) -> list[str]:
    return [f"clean_{place}" for place in range(len(plan.columns))]


def _source_names(plan: Plan) -> list[str]:
    return [f"source_{place}" for place in range(len(plan.layout.shown))]


def _opted_out(rows: DataFrame, shared: _Shared, kept_type: Any) -> NumberTable:
    """Return the numbers that have opted out in any row, each with the line of the first row that says so."""
    schema = T.StructType(
        [T.StructField(name, kind) for name, kind in (("number", T.LongType()), ("order", kept_type))]
        + [T.StructField(name, T.LongType()) for name in ("tie", "line")]
    )
    return first_opt_outs([rows.mapInPandas(partial(_opt_outs, shared), schema).toPandas()])


def _opt_outs(shared: _Shared, frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    for frame in frames:
        numbers, places = shared.plan.rows_opted_out(shared.rows(frame))
        order = frame["preflight_order"].iloc[places].reset_index(drop=True)
        yield pd.DataFrame({"number": numbers, "order": order, "tie": places, "line": _lines(order)})


def _lines(order: pd.Series[Any]) -> Any:
    """Return the lines that messages tell, also where Spark has made floats of whole numbers."""
    values = order.to_numpy()
    if values.dtype.kind != "f":
        return lines_of(values)
    whole = np.nan_to_num(values, nan=-1.0)
    return np.where(whole % 1 == 0, lines_of(whole.astype(np.int64)), NO_LINE)


def _apply(
    shared: _Shared, opted_out: NumberTable | None, mention: bool, frames: Iterator[pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    """Yield what the plan makes of some rows: clean and rejected ones in one frame."""
    for frame in frames:
        applied = shared.plan.apply(shared.rows(frame), opted_out=opted_out, mention=mention)
        order = frame["preflight_order"].reset_index(drop=True)
        yield from _clean_rows(applied, order, mention)
        yield from _rejected_rows(applied)
        yield from _counted_lines(applied)


def _clean_rows(applied: Applied, order: pd.Series[Any], mention: bool) -> Iterator[pd.DataFrame]:
    rows = len(applied.numbers)
    found: list[list[str]] = [[] for _ in range(rows)]
    for code, places in applied.changes:
        for place in places.tolist():
            found[place].append(code)
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
        found=found,
        order=own,
    )


def _rejected_rows(applied: Applied) -> Iterator[pd.DataFrame]:
    source = applied.rejects.iloc[:, : -len(REJECTS_COLUMNS[1:])]
    code, reason, raw = (applied.rejects[name].array for name in REJECTS_COLUMNS[1:])
    cells = [_no_cells(applied.clean, len(source)), source]
    # Their ties only spread them over the partitions of a later stage.
    yield _frame(cells, kind=REJECTED, tie=np.arange(len(source)), code=code, reason=reason, raw=raw)


def _counted_lines(applied: Applied) -> Iterator[pd.DataFrame]:
    counted = applied.lines_found
    cells = [_no_cells(frame, len(counted)) for frame in (applied.clean, applied.source)]
    count = np.array([*counted.values()], np.int64)
    yield _frame(cells, kind=COUNTED, tie=np.arange(len(counted)), code=[*counted], count=count)


def _no_cells(like: pd.DataFrame, rows: int) -> pd.DataFrame:
    return pd.DataFrame({place: [None] * rows for place in range(like.shape[1])}, dtype=object, index=range(rows))


def _frame(cells: Sequence[pd.DataFrame], **own: Any) -> pd.DataFrame:
    """Return rows in the shape that goes between the stages; cells: the clean columns, then those of the source."""
    rows = len(cells[0])
    columns = {name: own.get(name, [None] * rows) for name in _OWN}
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


def _listed(session: SparkSession, given: Any, code: str, plan: Plan) -> DataFrame | None:
    """Return the numbers of one kind of list as a column "number"; None for no such list."""
    found = []
    schema = "number long"
    own = {"D003": plan.lists.suppress, "D002": plan.lists.existing, "D006": plan.lists.only}[code]
    if own is not None and (len(own) or code == "D006"):
        found.append(session.createDataFrame(pd.DataFrame({"number": own.numbers}), schema))
    if isinstance(given, DataFrame):
        column = column_of(given.columns, OPTION[code], plan.phone_column)
        read = partial(_read_column, code, plan)
        found.append(given.select(_quoted(column)).mapInPandas(read, schema))
    elif given is not None:
        entries = [file for entry in parse_lists(given, OPTION[code]) for file in files_of(entry)]
        places = session.createDataFrame([(place,) for place in range(len(entries))], "place int")
        found.append(places.repartition(len(entries)).mapInPandas(partial(_read_entries, entries, code, plan), schema))
    return reduce(DataFrame.unionByName, found).distinct() if found else None


def _read_column(code: str, plan: Plan, frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    for frame in frames:
        yield pd.DataFrame({"number": np.concatenate(numbers_in(frame.iloc[:, 0], code, plan.settings, 1))})


def _read_entries(
    entries: Sequence[str | Numbers], code: str, plan: Plan, frames: Iterator[pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    for frame in frames:
        for place in frame["place"].tolist():
            yield pd.DataFrame({"number": np.concatenate(read_list(entries[place], code, plan.settings, 1))})


def _without_suppressed(rows: DataFrame, suppressed: DataFrame) -> DataFrame:
    """Reject the clean rows one of whose numbers is on a list of people who must not be called.

    Which numbers these are is looked for at once.
    """
    mentioned = rows.where(F.col("kind") == CLEAN).select(F.explode("mentioned").alias("number"))
    hits = frozenset(mentioned.join(suppressed, "number").distinct().toPandas()["number"].tolist())
    return rows.mapInPandas(partial(_suppress, hits), rows.schema)


def _suppress(hits: frozenset[int], frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    rule = BY_CODE["D003"]
    for frame in frames:
        mentioned, numbers = frame["mentioned"].tolist(), frame["number"].tolist()
        for place in np.flatnonzero((frame["kind"] == CLEAN).to_numpy()).tolist():
            if not hits.isdisjoint(mentioned[place]):
                which = "called" if numbers[place] in hits else "other"
                frame.loc[frame.index[place], ["code", "reason", "raw"]] = ["D003", worded(rule, {"which": which}), ""]
        yield frame


def _decided(rows: DataFrame, listed: dict[str, DataFrame], keep: str) -> DataFrame:
    """Reject the clean rows whose numbers are in a list, and those of a number that is kept in another row."""
    is_open = (F.col("kind") == CLEAN) & F.col("code").isNull()

    def reject(where: Column, code: str, reason: Column) -> DataFrame:
        return rows.withColumns(
            {
                "reason": F.when(where, reason).otherwise(F.col("reason")),
                "raw": F.when(where, F.lit("")).otherwise(F.col("raw")),
                "code": F.when(where, F.lit(code)).otherwise(F.col("code")),
            }
        )

    for code, numbers in listed.items():
        rows = rows.join(numbers.withColumn("listed", F.lit(True)), "number", "left")
        inside = F.col("listed").isNotNull()
        said = worded(BY_CODE[code], {"which": "called"} if code == "D003" else {})
        rows = reject(is_open & (~inside if code == "D006" else inside), code, F.lit(said)).drop("listed")
    by = [F.col("order").asc_nulls_last(), F.col("tie").asc()]
    if keep == "last":
        by = [F.col("order").desc_nulls_last(), F.col("tie").desc()]
    # Rejected rows are of no number: they only have to lie somewhere.
    window = Window.partitionBy(is_open, F.when(is_open, F.col("number")).otherwise(F.col("tie"))).orderBy(*by)
    kept = {"place": F.row_number(), "kept_line": F.first("line"), "kept_mark": F.first("mark")}
    rows = rows.withColumns({name: column.over(window) for name, column in kept.items()})
    rows = reject(is_open & (F.col("place") > 1), "D001", _repeated())
    return rows.drop(*kept)


def _repeated() -> Column:
    """Return the reason of a repeat, by the line and the identifier of the row that is kept."""
    rule = BY_CODE["D001"]

    def said(where: str, identifier: str) -> Column:
        given = {"where": where, "line": 0, "identifier": identifier}
        before, _, behind = worded(rule, given).partition("0")
        return F.concat(F.lit(before), F.col("kept_line").cast("string"), F.lit(behind)) if behind else F.lit(before)

    def either(where: str) -> Column:
        return F.when(F.col("kept_mark") == F.col("mark"), said(where, "same")).otherwise(said(where, "other"))

    return F.when(F.col("kept_line") == NO_LINE, either("row")).otherwise(either("line"))


def _cleaned(rows: DataFrame, plan: Plan) -> Cleaned:
    """Return the frames of a result."""
    is_clean = (F.col("kind") == CLEAN) & F.col("code").isNull()
    clean = rows.where(is_clean).select(
        *(F.col(name).alias(new) for name, new in zip(_clean_names(plan), plan.columns, strict=True))
    )
    rejected = rows.where((F.col("kind") != COUNTED) & F.col("code").isNotNull())
    shown = [plan.header[place] for place in plan.layout.shown]
    rejects = rejected.select(
        *(F.col(name).alias(old) for name, old in zip(_source_names(plan), shown, strict=True)),
        *(F.col(name).alias(f"preflight_{name}") for name in ("code", "reason", "raw")),
    )
    counted = [
        rejected.select("code", F.lit(1).cast("long").alias("count")),
        rows.where(is_clean).select(F.explode("found").alias("code"), F.lit(1).cast("long").alias("count")),
        rows.where(F.col("kind") == COUNTED).select("code", "count"),
    ]
    counts = reduce(DataFrame.unionByName, counted).groupBy("code").agg(F.sum("count").alias("count"))
    return Cleaned(clean, rejects, counts)
